"""Reading the looks of a week. Every function takes the owner and returns that person's rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from counterpoint.content import LookItem
from counterpoint.domain.plane import Corner
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import queries, weeks
from counterpoint.web.diary.models import LOOK_LINES, LOOK_TAPS, LOOK_WORDS, WeekLook
from counterpoint.web.diary.queries import CornerCounts

HALVES = ("h1", "h2")
"""The two halves of the healthier question, in their fixed order; they end the look."""


@dataclass(frozen=True, slots=True)
class Half:
    """One answer to one half of the healthier question.

    Parameters
    ----------
    week_ends_on
        Sunday of the week it is about.
    tap
        0 to 10, ``None`` where only a line was written.
    line
        Own words; empty where there are none, ``None`` where they cannot be read.
    """

    week_ends_on: date
    tap: int | None
    line: str | None


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a week, opened for its owner.

    Parameters
    ----------
    week_ends_on
        Sunday of the week it is about.
    taps
        0 to 10 by item; what was left open is absent.
    words
        How often, by item; what was left open is absent.
    lines
        Own words by `LOOK_LINES`; empty where there are none, ``None`` if they cannot be read.
    """

    week_ends_on: date
    taps: Mapping[str, int]
    words: Mapping[str, str]
    lines: Mapping[str, str | None]

    @property
    def first_day(self) -> date:
        """Monday of the week."""
        return weeks.first_day(self.week_ends_on)

    @property
    def answers(self) -> tuple[tuple[LookItem, int | None, str], ...]:
        """What was answered: the item, its tap, and its answer in words."""
        sunday = current_content().sunday
        label = {one.value: one.label for one in sunday.often}
        return tuple(
            (item, self.taps.get(name), label.get(self.words.get(name, ""), ""))
            for name, item in in_order()
            if name in self.taps or name in self.words
        )

    def line_of(self, name: str) -> str | None:
        """Own words beside an item, or the moment itself."""
        return self.lines.get(name if name == "moment" else f"{name}_line", "")


@dataclass(frozen=True, slots=True)
class OpenWeek:
    """The week that can be looked at now.

    Parameters
    ----------
    ends_on
        Its Sunday.
    is_looked_at
        Whether there is a look at it.
    counts
        Own answered days of this week by corner.
    """

    ends_on: date
    is_looked_at: bool
    counts: CornerCounts

    @property
    def first_day(self) -> date:
        """Its Monday."""
        return weeks.first_day(self.ends_on)


def in_order() -> tuple[tuple[str, LookItem], ...]:
    """Return the items as they are asked: the week, then the two halves, then a moment."""
    items = current_content().sunday.items
    last = (*HALVES, "moment")
    return tuple((name, items[name]) for name in (*(n for n in items if n not in last), *last))


def waits_for_a_look(owner: User) -> bool:
    """Tell whether a week of the owner's can be looked at now and was not yet."""
    ends_on = weeks.week_open(clock.today(owner.zone))
    return (
        ends_on is not None
        and not WeekLook.objects.filter(owner=owner, week_ends_on=ends_on).exists()
        and queries.has_days_before(owner, ends_on)
    )


def open_week(owner: User) -> OpenWeek | None:
    """Return the week the owner can look at now; ``None`` from Thursday to Saturday.

    A week without any earlier day of the owner's is not asked about.
    """
    ends_on = weeks.week_open(clock.today(owner.zone))
    if ends_on is None or not queries.has_days_before(owner, ends_on):
        return None
    return OpenWeek(
        ends_on=ends_on,
        is_looked_at=look_row(owner, ends_on) is not None,
        counts=_counts_of_week(owner, ends_on),
    )


def _counts_of_week(owner: User, ends_on: date) -> CornerCounts:
    counts = dict.fromkeys(Corner, 0)
    for day, corner in queries.corners_by_day(owner).items():
        if weeks.first_day(ends_on) <= day <= ends_on:
            counts[corner] += 1
    return CornerCounts(counts=counts, days=sum(counts.values()))


def look_row(owner: User, week_ends_on: date) -> WeekLook | None:
    """Return the owner's row of a week."""
    return WeekLook.objects.filter(owner=owner, week_ends_on=week_ends_on).first()


def has_looks(owner: User) -> bool:
    """Tell whether the owner ever looked at a week; no line is opened for it."""
    return WeekLook.objects.filter(owner=owner).exists()


def looks(owner: User) -> tuple[Look, ...]:
    """Return the owner's looks, the newest first."""
    return tuple(
        opened(owner, row) for row in WeekLook.objects.filter(owner=owner).order_by("-week_ends_on")
    )


def halves(owner: User) -> dict[str, tuple[Half, ...]]:
    """Return the owner's answers to each half of the healthier question, oldest first.

    A week in which neither a tap nor a line was given to a half is absent from its series.
    """
    rows = [
        opened(owner, row) for row in WeekLook.objects.filter(owner=owner).order_by("week_ends_on")
    ]
    return {
        name: tuple(
            Half(row.week_ends_on, row.taps.get(name), row.line_of(name))
            for row in rows
            if name in row.taps or row.line_of(name) != ""
        )
        for name in HALVES
    }


def opened(owner: User, row: WeekLook) -> Look:
    """Return a row with its lines opened."""
    return Look(
        week_ends_on=row.week_ends_on,
        taps={name: tap for name in LOOK_TAPS if (tap := getattr(row, name)) is not None},
        words={name: said for name in LOOK_WORDS if (said := getattr(row, name))},
        lines={name: own_line(owner, row, name) for name in LOOK_LINES},
    )


def line_place(row: WeekLook, name: str) -> keys.Place:
    """Return where a line of a look lives, for its seal."""
    return keys.Place("diary.WeekLook", row.pk, name)


def own_line(owner: User, row: WeekLook, name: str) -> str | None:
    """Return a line of a look: empty where there is none, ``None`` if it cannot be read."""
    sealed = getattr(row, f"{name}_sealed")
    if sealed is None:
        return ""
    return keys.open_if_readable(owner, line_place(row, name), bytes(sealed))
