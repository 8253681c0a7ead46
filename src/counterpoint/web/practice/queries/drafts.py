"""Reading the writing desk: what somebody kept, opened for them alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counterpoint.web.accounts.keys import Place, open_if_readable
from counterpoint.web.accounts.models import User
from counterpoint.web.core.language import current_content
from counterpoint.web.practice.models import Draft
from counterpoint.web.practice.readings import FIELDS, MESSAGE, Words

PAGE_OF_DRAFTS = 20


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A kept draft in the list.

    Parameters
    ----------
    draft_id, changed_at
        Which one, and when it was last changed.
    told
        The wish put together and what was written in one piece; ``None`` where the seal cannot
        be opened.
    """

    draft_id: UUID
    changed_at: datetime
    told: str | None


def draft_place(draft_id: UUID) -> Place:
    """Return what the seal of a draft is bound to."""
    return Place("practice.Draft", draft_id, "words")


def draft_words(owner: User, draft: Draft) -> Words | None:
    """Return what a draft of the owner's holds, ``None`` where it cannot be read."""
    opened = open_if_readable(owner, draft_place(draft.pk), bytes(draft.words_sealed))
    if opened is None:
        return None
    try:
        stored = json.loads(opened)
    except ValueError:
        stored = None
    if not isinstance(stored, dict):  # whatever its form, it is somebody's words
        stored = {MESSAGE: opened}
    return {field: str(stored.get(field, "")) for field in FIELDS}


def kept_drafts(owner: User, page: int) -> tuple[list[KeptDraft], bool]:
    """Return one page of what the owner kept, newest first, and whether there is more.

    Parameters
    ----------
    owner
        Whose desk.
    page
        Counted from one.
    """
    start = (page - 1) * PAGE_OF_DRAFTS
    rows = Draft.objects.filter(owner=owner).order_by("-changed_at", "pk")
    found = list(rows[start : start + PAGE_OF_DRAFTS + 1])
    kept = [
        KeptDraft(row.pk, row.changed_at, _told(draft_words(owner, row)))
        for row in found[:PAGE_OF_DRAFTS]
    ]
    return kept, len(found) > PAGE_OF_DRAFTS


def _told(words: Words | None) -> str | None:
    if words is None:
        return None
    builder = current_content().needs
    wish = builder.sentence(**{part: words[part] for part in builder.parts})
    return " ".join(text for text in (wish, words[MESSAGE]) if text)
