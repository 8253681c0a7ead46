"""Writing the look of a week; each function is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from counterpoint.errors import DataError
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.diary import looks, weeks
from counterpoint.web.diary.models import LOOK_LINES, LOOK_TAPS, LOOK_WORDS, WeekLook
from counterpoint.web.diary.services import receive_once
from counterpoint.web.reminders.kinds import Kind
from counterpoint.web.reminders.services import call_off


class ClosedWeekError(DataError):
    """A look at this week can no longer, or not yet, be written."""


@dataclass(frozen=True, slots=True)
class LookAnswers:
    """What was said about a week; what was left open is absent.

    Parameters
    ----------
    taps
        0 to 10 by item.
    words
        How often, by item.
    lines
        Own words by `LOOK_LINES`; sealed when written.
    """

    taps: Mapping[str, int]
    words: Mapping[str, str]
    lines: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.taps or self.words or any(self.lines.values()))


@transaction.atomic
def keep_look(
    owner: User, week_ends_on: date, answers: LookAnswers, *, key: uuid.UUID
) -> WeekLook | None:
    """Keep the look at a week that is open.

    The row of the week is made once and changed from then on; content that arrives again under
    its key is not written again. Words that cannot be read now stay as they are while their box
    is left empty.

    Parameters
    ----------
    owner
        Whose week it is.
    week_ends_on
        Its Sunday.
    answers
        What was said.
    key
        Idempotency key of the form.

    Returns
    -------
    WeekLook or None
        The row as it is now; ``None`` where nothing was said and there is no row.

    Raises
    ------
    ClosedWeekError
        When this week cannot be looked at today.
    """
    if week_ends_on != weeks.week_open(clock.today(owner.zone)):
        raise ClosedWeekError("a week can be looked at from its Sunday to the Wednesday after")
    User.objects.select_for_update().get(pk=owner.pk)
    row = looks.look_row(owner, week_ends_on)
    if row is None and answers.is_empty:
        return None
    content: list[object] = [
        "look", str(week_ends_on), dict(answers.taps), dict(answers.words), dict(answers.lines)
    ]  # fmt: skip
    if not receive_once(owner, key, content):
        return looks.look_row(owner, week_ends_on)
    call_off(owner, Kind.SUNDAY, week_ends_on)
    return _write(owner, row, week_ends_on, answers, clock.now())


@transaction.atomic
def seed_past_look(owner: User, week_ends_on: date, answers: LookAnswers, moment: datetime) -> None:
    """Write the look at an earlier week for a simulated person.

    Raises
    ------
    DataError
        When the owner is a real person: real diaries are never filled in afterwards.
    """
    if not owner.simulated:
        raise DataError("only a simulated person's past can be seeded")
    _write(owner, looks.look_row(owner, week_ends_on), week_ends_on, answers, moment)


def _write(
    owner: User, row: WeekLook | None, week_ends_on: date, answers: LookAnswers, moment: datetime
) -> WeekLook:
    if row is None:
        row = WeekLook(
            owner=owner,
            week_ends_on=week_ends_on,
            recorded_at=moment,
        )
    row.look_version, row.language = current_content().sunday.version, current_language()
    for name in LOOK_TAPS:
        setattr(row, name, answers.taps.get(name))
    for name in LOOK_WORDS:
        setattr(row, name, answers.words.get(name, ""))
    for name in LOOK_LINES:
        words = answers.lines.get(name, "")
        if words:
            sealed = keys.seal(owner, looks.line_place(row, name), words)
            setattr(row, f"{name}_sealed", sealed)
        elif looks.own_line(owner, row, name) is not None:
            setattr(row, f"{name}_sealed", None)
    row.changed_at = moment
    row.save()
    return row
