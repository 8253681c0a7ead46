"""Reading the diary. Every function takes the owner and returns that person's rows only."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Max, QuerySet

from counterpoint.domain.diary import SLOTS, Friction, Together, days_open
from counterpoint.domain.plane import Corner, Place, corner_of
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import rules
from counterpoint.web.diary.models import STATE_ITEMS, Checkin

DAYS_A_PAGE = 28
POINTS_A_TAP = 10.0
ENGINE_ITEMS = ("g", *STATE_ITEMS)


@dataclass(frozen=True, slots=True)
class EngineDay:
    """One calendar day as the model needs it; two check-ins of a day are averaged.

    Parameters
    ----------
    day
        Local day the answers are about.
    values
        Taps 0-10 by item id (g, c1-c3, s1-s3); an item nobody answered is absent.
    together
        Weight of the time together (0.5, 1 or 1.5), or ``None`` where not said.
    friction
        Size of the friction (0, 0.5 or 1), the larger of two check-ins, or ``None``.
    """

    day: date
    values: dict[str, float]
    together: float | None
    friction: float | None

    @property
    def is_answered(self) -> bool:
        """Whether both marker items (c1 and s1) were answered."""
        return "c1" in self.values and "s1" in self.values


@dataclass(frozen=True, slots=True)
class CornerCounts:
    """How many answered days lie in each corner.

    Parameters
    ----------
    counts
        Days by corner, every corner present.
    days
        Answered days in all.
    """

    counts: dict[Corner, int]
    days: int


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day that can be written, and whether it is."""

    day: date
    is_written: bool


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One day of the diary as its owner sees it.

    Parameters
    ----------
    day
        Local day.
    checkins
        The rows of the day, slot 1 first.
    lines
        Own words by slot; ``None`` stands for words that cannot be read.
    near, myself
        Taps 0-10 of the two marker items (the mean of two check-ins), or ``None``.
    is_open
        Whether the day may still be written.
    """

    day: date
    checkins: tuple[Checkin, ...]
    lines: dict[int, str | None]
    near: float | None
    myself: float | None
    is_open: bool

    @property
    def corner(self) -> Corner | None:
        """Corner of the day, or ``None`` where a marker item is missing."""
        return _corner(self.near, self.myself)

    @property
    def corner_words(self) -> str:
        """The corner in words, or the empty string."""
        return (
            "" if self.corner is None else current_content().phrase(f"corner.{self.corner.value}")
        )


def checkin_on(owner: User, day: date, slot: int) -> Checkin | None:
    """Return the owner's check-in about a day and slot."""
    return Checkin.objects.filter(owner=owner, about_on=day, slot=slot).first()


def open_days(owner: User) -> tuple[OpenDay, ...]:
    """Return today and yesterday, each with whether it is written already."""
    days = days_open(clock.now(), owner.zone)
    written = set(
        Checkin.objects.filter(owner=owner, about_on__in=days, slot=SLOTS[0]).values_list(
            "about_on", flat=True
        )
    )
    return tuple(OpenDay(day, day in written) for day in days)


def has_days_before(owner: User, day: date) -> bool:
    """Tell whether the owner wrote about any day before `day`."""
    return Checkin.objects.filter(owner=owner, about_on__lt=day).exists()


def friction_before(owner: User, day: date) -> Checkin | None:
    """Return the check-in of the day before `day` on which there was friction, if there is one."""
    before = Checkin.objects.filter(owner=owner, about_on=day - timedelta(days=1)).order_by("-slot")
    return next((row for row in before if rules.is_friction(row.e1)), None)


def friction_counts(owner: User) -> tuple[int, dict[str, int]]:
    """Return on how many days there was friction, and on how many of them each answer to E3."""
    days: set[date] = set()
    of_answer: dict[str, set[date]] = {}
    rows = Checkin.objects.filter(owner=owner, e1__in=(Friction.A_LITTLE, Friction.A_LOT))
    for day, answers in rows.values_list("about_on", "e3"):
        days.add(day)
        for answer in answers:
            of_answer.setdefault(answer, set()).add(day)
    return len(days), {answer: len(on) for answer, on in of_answer.items()}


def earlier_answers(owner: User, day: date, item: str) -> list[int]:
    """Return the owner's answers to one tap item on days before `day`."""
    rows = Checkin.objects.filter(owner=owner, about_on__lt=day).exclude(**{item: None})
    return list(rows.values_list(item, flat=True))


def line_place(checkin: Checkin) -> keys.Place:
    """Return where the line of a check-in lives, for its seal."""
    return keys.Place("diary.Checkin", checkin.pk, "line")


def own_words(owner: User, checkin: Checkin) -> str | None:
    """Return the line of a check-in: empty where there is none, ``None`` if it cannot be read."""
    if checkin.line_sealed is None:
        return ""
    return keys.open_if_readable(owner, line_place(checkin), bytes(checkin.line_sealed))


def rows_for_engine(owner: User) -> tuple[EngineDay, ...]:
    """Return the owner's days for the model, oldest first; days without a row are absent."""
    rows = (
        Checkin.objects.filter(owner=owner)
        .order_by("about_on", "slot")
        .values_list("about_on", "n", "e1", *ENGINE_ITEMS)
    )
    return tuple(
        _engine_day(day, list(of_day)) for day, of_day in groupby(rows, lambda row: row[0])
    )


def answered_days(owner: User) -> int:
    """Return on how many days the owner answered both marker items."""
    return corner_counts(owner).days


def corner_counts(owner: User) -> CornerCounts:
    """Return how many of the owner's answered days lie in each corner of the plane."""
    counts = dict.fromkeys(Corner, 0)
    for corner in corners_by_day(owner).values():
        counts[corner] += 1
    return CornerCounts(counts=counts, days=sum(counts.values()))


def corners_by_day(owner: User) -> dict[date, Corner]:
    """Return the corner of each of the owner's answered days, oldest first."""
    markers = (
        Checkin.objects.filter(owner=owner)
        .order_by("about_on", "slot")
        .values_list("about_on", "c1", "s1")
    )
    corners: dict[date, Corner] = {}
    for day, of_day in groupby(markers, lambda row: row[0]):
        rows = list(of_day)
        corner = _corner(_mean([row[1] for row in rows]), _mean([row[2] for row in rows]))
        if corner is not None:
            corners[day] = corner
    return corners


def newest_change(owner: User) -> datetime | None:
    """Return when the owner's diary last changed."""
    newest: datetime | None = Checkin.objects.filter(owner=owner).aggregate(
        newest=Max("changed_at")
    )["newest"]
    return newest


def newest_changes() -> list[tuple[uuid.UUID, datetime]]:
    """Return for each person with a diary when it last changed; for the scheduler of fits only."""
    rows = Checkin.objects.values("owner_id").annotate(newest=Max("changed_at"))
    return [(row["owner_id"], row["newest"]) for row in rows.order_by("newest")]


def days_on_page(owner: User, page: int) -> tuple[tuple[DayEntry, ...], bool]:
    """Return one page of the owner's days, newest first, and whether older ones follow."""
    start = (page - 1) * DAYS_A_PAGE
    days = list(
        Checkin.objects.filter(owner=owner)
        .order_by("-about_on")
        .values_list("about_on", flat=True)
        .distinct()[start : start + DAYS_A_PAGE + 1]
    )
    rows = Checkin.objects.filter(owner=owner, about_on__in=days[:DAYS_A_PAGE])
    return _entries(owner, rows), len(days) > DAYS_A_PAGE


def days_about(owner: User, days: Sequence[date]) -> tuple[DayEntry, ...]:
    """Return some of the owner's days, the newest first."""
    return _entries(owner, Checkin.objects.filter(owner=owner, about_on__in=days))


def day_entry(owner: User, day: date) -> DayEntry | None:
    """Return one day of the owner's diary."""
    entries = _entries(owner, Checkin.objects.filter(owner=owner, about_on=day))
    return entries[0] if entries else None


def _entries(owner: User, rows: QuerySet[Checkin]) -> tuple[DayEntry, ...]:
    moment = clock.now()
    ordered = rows.order_by("-about_on", "slot")
    entries = []
    for day, group in groupby(ordered, lambda row: row.about_on):
        of_day = tuple(group)
        entries.append(
            DayEntry(
                day=day,
                checkins=of_day,
                lines={row.slot: own_words(owner, row) for row in of_day},
                near=_mean([row.c1 for row in of_day]),
                myself=_mean([row.s1 for row in of_day]),
                is_open=rules.is_open(day, moment, owner.zone),
            )
        )
    return tuple(entries)


def _engine_day(day: date, rows: list[tuple[Any, ...]]) -> EngineDay:
    means = {
        item: _mean([row[at] for row in rows]) for at, item in enumerate(ENGINE_ITEMS, start=3)
    }
    return EngineDay(
        day=day,
        values={item: mean for item, mean in means.items() if mean is not None},
        together=_mean([Together(row[1]).weight for row in rows if row[1]]),
        friction=max((Friction(row[2]).weight for row in rows if row[2]), default=None),
    )


def _corner(near: float | None, myself: float | None) -> Corner | None:
    if near is None or myself is None:
        return None
    return corner_of(Place(near * POINTS_A_TAP, myself * POINTS_A_TAP))


def _mean(answers: Iterable[float | None]) -> float | None:
    known = [answer for answer in answers if answer is not None]
    return sum(known) / len(known) if known else None
