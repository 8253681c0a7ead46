"""Keeping, changing and throwing away a sheet of the writing desk."""

from __future__ import annotations

import json
import uuid

from django.db import transaction

from counterpoint.web.accounts.keys import seal
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.practice import queries
from counterpoint.web.practice.models import Draft
from counterpoint.web.practice.readings import FIELDS, Words


@transaction.atomic
def keep_draft(owner: User, words: Words, *, key: uuid.UUID) -> Draft:
    """Seal and keep a sheet; the same submission sent again keeps one, with its newest words.

    Parameters
    ----------
    owner
        Whose words they are.
    words
        What was written, by field.
    key
        Idempotency key of the form.
    """
    draft_id = uuid.uuid4()
    draft, is_new = Draft.objects.get_or_create(
        owner=owner,
        submission_key=key,
        defaults={
            "id": draft_id,
            "made_at": clock.now(),
            "changed_at": clock.now(),
            "words_sealed": _sealed(owner, draft_id, words),
        },
    )
    if is_new or queries.draft_words(owner, draft) == _whole(words):
        return draft
    return change_draft(owner, draft, words)


@transaction.atomic
def change_draft(owner: User, draft: Draft, words: Words) -> Draft:
    """Seal other words in the place of those a draft of the owner's held."""
    draft.words_sealed = _sealed(owner, draft.pk, words)
    draft.changed_at = clock.now()
    draft.save(update_fields=["words_sealed", "changed_at"])
    return draft


@transaction.atomic
def throw_away(draft: Draft) -> None:
    """Delete a draft for good."""
    Draft.objects.filter(pk=draft.pk).delete()


def _whole(words: Words) -> Words:
    return {field: words.get(field, "") for field in FIELDS}


def _sealed(owner: User, draft_id: uuid.UUID, words: Words) -> bytes:
    return seal(owner, queries.draft_place(draft_id), json.dumps(_whole(words)))
