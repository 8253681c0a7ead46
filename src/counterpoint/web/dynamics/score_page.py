"""Days as music: the score of one's own weeks, and in the open diary of both people's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counterpoint.domain.dyad import Member
from counterpoint.pictures import DayNotes, Picture, score, score_sound
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import kinds
from counterpoint.web.assessment import queries as assessment_queries
from counterpoint.web.core.day_words import day_and_month
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.dynamics.own_days import day_notes, days_with_a_mark
from counterpoint.web.dynamics.release_content import Numbers

WEEKS = 10
BARS_ON_A_SHEET = 3


@dataclass(frozen=True)
class Piece:
    """Consecutive days to be written as music.

    Parameters
    ----------
    first_on
        The first day.
    days
        The first voice.
    partner
        The second voice, ``None`` for one person alone.
    wish
        Own wish (connection, self) in points; only for one person alone.
    names
        What the two voices are called; ``None`` for the reader and the reader's partner.
    """

    first_on: date
    days: Sequence[DayNotes]
    partner: Sequence[DayNotes] | None = None
    wish: tuple[float, float] | None = None
    names: tuple[str, str] | None = None

    @property
    def title(self) -> str:
        """What the picture is called."""
        whose = "yours" if self.partner is None else ("both" if self.names is None else "theirs")
        return current_content().phrase(f"picture.score.title.{whose}")

    @property
    def span(self) -> str:
        """The first and the last day in words; one day is named once."""
        last = self.first_on + timedelta(days=len(self.days) - 1)
        if last == self.first_on:
            return date_format(last, _("j F Y"))
        return _("%(first)s to %(last)s") % {
            "first": day_and_month(self.first_on),
            "last": date_format(last, _("j F Y")),
        }

    @property
    def phone(self) -> Picture:
        """The score with one week on each line."""
        return self._draw(1, "music")

    @property
    def sheet(self) -> Picture:
        """The score with three weeks on each line, for wide screens and for paper."""
        return self._draw(BARS_ON_A_SHEET, "music-sheet")

    def sound(self) -> bytes:
        """Return the same days as a WAV file."""
        return score_sound(
            self.days, partner=self.partner, wish=None if self.wish is None else self.wish[1]
        )

    def _draw(self, bars: int, key: str) -> Picture:
        return score(
            self.days,
            first_on=self.first_on,
            partner=self.partner,
            names=self.names,
            wish=self.wish,
            bars=bars,
            title=self.title,
            key=key,
            language=current_language(),
        )


def own_piece(owner: User) -> Piece | None:
    """Return the owner's newest ten weeks, ``None`` before the first known day."""
    known = days_with_a_mark(diary_queries.rows_for_engine(owner))
    if not known:
        return None
    last = known[-1].day
    first = max(known[0].day, first_of_weeks(last))
    wish = assessment_queries.newest_marks(owner).get(kinds.MarkKind.WISH)
    return Piece(
        first_on=first,
        days=day_notes(known, first, last),
        wish=None if wish is None else (wish.place.connection, wish.place.self),
    )


def joint_piece(numbers: Numbers) -> Piece:
    """Return both people's weeks as an open diary holds them; the viewer is the first voice."""
    count = len(numbers.notes[Member.A])
    last = numbers.first_on + timedelta(days=count - 1)
    first = max(numbers.first_on, first_of_weeks(last))
    skipped = (first - numbers.first_on).days
    one, two = (
        [
            DayNotes(day_and_month(first + timedelta(days=at)), *(note or (None, None)))
            for at, note in enumerate(numbers.notes[member][skipped:])
        ]
        for member in (Member.A, Member.B)
    )
    return Piece(first_on=first, days=one, partner=two)


def first_of_weeks(last: date) -> date:
    """Return the Monday that begins ten weeks of which the last holds ``last``."""
    return last - timedelta(days=last.weekday() + 7 * (WEEKS - 1))
