"""Reading letters: which are there, which wait unopened, and what one holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from counterpoint.domain.movements import Movement, movements_over
from counterpoint.web.accounts.keys import Place, open_if_readable
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.diary import offer_queries
from counterpoint.web.diary.beginnings import began_on
from counterpoint.web.dynamics import queries as dynamics
from counterpoint.web.practice.letter_form import LetterText, read_letter
from counterpoint.web.practice.models import Letter
from counterpoint.web.safety import queries as safety

WAITS_DAYS = 3
"""So long a letter waits for then and now and for looks; after that it comes without."""


@dataclass(frozen=True, slots=True)
class LetterState:
    """One of the three letters.

    Parameters
    ----------
    movement
        Which movement it closes.
    is_there
        Whether it can be opened or read.
    opened_at
        When it was opened, ``None`` while it was not.
    """

    movement: Movement
    is_there: bool
    opened_at: datetime | None


def letter_states(owner: User) -> tuple[LetterState, ...]:
    """Return the three letters, in order."""
    opened = dict(Letter.objects.filter(owner=owner).values_list("movement", "opened_at"))
    there = letters_there(owner)
    return tuple(
        LetterState(one, one in there or one.value in opened, opened.get(one.value))
        for one in Movement
    )


def letters_there(owner: User) -> dict[Movement, date]:
    """Return each movement whose letter can be opened, with the owner's first day."""
    began = began_on(owner)
    today = clock.today(owner.zone)
    over = movements_over(began, today)
    if began is None or not over:
        return {}
    compared = {one.movement for one in dynamics.compared_movements(owner)}
    looking = _looks_under_way(owner, today)
    return {
        one: began
        for one in over
        if today > one.ends_on(began) + timedelta(days=WAITS_DAYS)
        or (
            (one is Movement.FIRST or one in compared)
            and not any(last <= one.ends_on(began) for last in looking)
        )
    }


def _looks_under_way(owner: User, today: date) -> tuple[date, ...]:
    """Return the last day of each planned look that is due and was not made yet."""
    series = offer_queries.current_series(owner)
    if series is None:
        return ()
    made = [look.week for look in dynamics.looks_of(owner, series.id)]
    return tuple(series.look_ends(week) for week in series.looks_due(today, made))


def unopened(owner: User) -> Movement | None:
    """Return the newest movement whose letter lies there unopened, ``None`` where none does."""
    there = letters_there(owner)
    if not there:
        return None
    newest = tuple(there)[-1]
    opened = Letter.objects.filter(owner=owner, movement=newest.value).exists()
    return None if opened else newest


def kept_letter(owner: User, movement: Movement) -> Letter | None:
    """Return a letter the owner opened, ``None`` while it was not."""
    return Letter.objects.filter(owner=owner, movement=movement.value).first()


def kept_letters(owner: User) -> tuple[Letter, ...]:
    """Return every letter the owner opened, oldest first."""
    return tuple(Letter.objects.filter(owner=owner).order_by("opened_at"))


def letter_place(letter_id: UUID) -> Place:
    """Return what the seal of a letter is bound to."""
    return Place("practice.Letter", letter_id, "text")


def opened_letter(owner: User, letter: Letter) -> LetterText | None:
    """Return an opened letter of the owner's as it was told, ``None`` if it cannot be read."""
    stored = _unsealed(owner, letter)
    return None if stored is None else read_letter(stored)


def letter_to_take_along(owner: User, letter: Letter) -> str | None:
    """Return a letter as plain text, ``None`` if its seal cannot be opened.

    One in a form that is not known is given as it lies there: whatever its form, it is theirs.
    """
    stored = _unsealed(owner, letter)
    text = None if stored is None else read_letter(stored)
    return stored if text is None else text.plain()


def _unsealed(owner: User, letter: Letter) -> str | None:
    return open_if_readable(owner, letter_place(letter.pk), bytes(letter.text_sealed))


def read_now(owner: User, letter: Letter) -> LetterText | None:
    """Return an opened letter as the owner reads it today.

    Where the owner's quiet line asks for it, what was worked out from days is left out, and the
    letter reads like one of days that could not tell.
    """
    text = opened_letter(owner, letter)
    if text is None or not safety.is_individual(owner):
        return text
    return text.without_inferred()
