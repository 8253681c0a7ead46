"""Writing questions of one's own and their answers; each function is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from django.db import transaction

from counterpoint.errors import DataError
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import own
from counterpoint.web.diary.own import MOST, Rhythm
from counterpoint.web.diary.own_models import OwnAnswer, OwnQuestion
from counterpoint.web.diary.services import receive_once


class TooManyError(DataError):
    """Two questions go on already."""


@transaction.atomic
def add_question(
    owner: User, rhythm: Rhythm, *, item_id: str = "", words: str = "", key: uuid.UUID
) -> None:
    """Begin to ask a question of the list, or one in own words, sealed.

    Raises
    ------
    TooManyError
        When two go on already.
    DataError
        When it is neither one of the list nor in own words.
    """
    User.objects.select_for_update().get(pk=owner.pk)
    if OwnQuestion.objects.filter(owner=owner, submission_key=key).exists():
        return
    item = current_content().sunday.own.get(item_id)
    if item is None and not words:
        raise DataError("a question is one of the list, or has words of its own")
    if OwnQuestion.objects.filter(owner=owner, ended_at__isnull=True).count() >= MOST:
        raise TooManyError("two questions go on already")
    row = OwnQuestion(owner=owner, rhythm=rhythm, added_at=clock.now(), submission_key=key)
    if item is not None:
        row.item_id, row.item_version = item.item_id, item.version
    else:
        row.question_sealed = keys.seal(owner, own.words_place(row), words)
    row.save()


@transaction.atomic
def end_question(owner: User, question_id: uuid.UUID) -> None:
    """Stop asking a question; its answers stay. Once ended, ending it again changes nothing."""
    OwnQuestion.objects.filter(owner=owner, pk=question_id, ended_at__isnull=True).update(
        ended_at=clock.now()
    )


@transaction.atomic
def keep_answers(
    owner: User,
    about_on: date,
    rhythm: Rhythm,
    taps: Mapping[str, int | None],
    *,
    key: uuid.UUID | None = None,
) -> None:
    """Keep answers about a day or week, by field name; an answer taken back is deleted.

    Questions of somebody else, of another rhythm, or no longer asked are passed over.

    Parameters
    ----------
    owner
        Whose answers.
    about_on
        The day, or the Sunday of the week.
    rhythm
        Which questions were asked.
    taps
        What was said, ``None`` for no answer.
    key
        Idempotency key of the form: answers that arrive again under it are not written again.
    """
    content: list[object] = ["own", str(about_on), rhythm.value, dict(taps)]
    if key is not None and not receive_once(owner, key, content):
        return
    for question in own.current(owner, rhythm):
        if question.field not in taps:
            continue
        tap = taps[question.field]
        asked = OwnAnswer.objects.filter(owner=owner, question_id=question.id, about_on=about_on)
        if tap is None:
            asked.delete()
        else:
            OwnAnswer.objects.update_or_create(
                owner=owner,
                question_id=question.id,
                about_on=about_on,
                defaults={"tap": tap, "answered_at": clock.now()},
            )
