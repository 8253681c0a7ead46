"""The pictures of a cohort's fit, as files with a table of their captions."""

from __future__ import annotations

import re
from pathlib import Path

from defusedcsv import csv

from counterpoint.cohort.fit import CoupleResult
from counterpoint.domain.couplings import State
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.engine import Answer
from counterpoint.pictures.cohort import cohort_plane
from counterpoint.pictures.couplings import coupling_label, coupling_matrix
from counterpoint.pictures.days import DayNotes, days_strip
from counterpoint.pictures.intervals import Interval
from counterpoint.pictures.picture import Picture
from counterpoint.pictures.plane import Mark, MarkKind, plane

PRIOR_SHARE = 0.8
"""A coupling whose posterior sd is more than this share of its prior sd is drawn pale."""

_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")


class Gallery:
    """Draws couples as they come and the cohort at the end.

    Parameters
    ----------
    folder
        Folder of the pictures; made when the first is drawn.
    pictured
        How many couples get pictures of their own: a plane, the days, the couplings.
    """

    def __init__(self, folder: Path, pictured: int) -> None:
        self._folder = folder
        self._pictured = pictured
        self._places: list[tuple[Place, Place]] = []
        self._names: set[tuple[str, str]] = set()
        self._captions: list[tuple[str, str, str]] = []

    def add(self, result: CoupleResult) -> None:
        """Remember where a couple is and, for the first few, draw it."""
        self._places.append((result.places[0].place, result.places[1].place))
        self._names.add(result.names)
        number = len(self._places)
        if number > self._pictured:
            return
        stem = f"{number:03d}-{_UNSAFE.sub('-', result.couple).strip('-')[:40] or 'couple'}"
        for kind, picture in draw_couple(result).items():
            self._write(f"{stem}-{kind}.svg", picture)

    def finish(self) -> None:
        """Draw the cohort and write the captions."""
        names = next(iter(self._names)) if len(self._names) == 1 else ("a", "b")
        self._write("cohort-plane.svg", cohort_plane(self._places, names=names, theme="file"))
        with (self._folder / "captions.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("file", "title", "sentence"))
            writer.writerows(sorted(self._captions))

    def _write(self, name: str, picture: Picture) -> None:
        self._folder.mkdir(exist_ok=True)
        (self._folder / name).write_text(picture.svg, encoding="utf-8")
        self._captions.append((name, picture.title, picture.sentence))


def draw_couple(result: CoupleResult) -> dict[str, Picture]:
    """Return the pictures of one couple by kind: ``plane``, ``days``, ``couplings``.

    Parameters
    ----------
    result
        The couple's fit.
    """
    names = result.names
    days = min(result.answered_days)
    marks = [
        Mark(place=known.place, kind=MarkKind.PLACE, label=name, voice=member, spread=known.spread)
        for known, name, member in zip(result.places, names, Member, strict=True)
    ]
    couplings = {
        (State(answer.effect), State(answer.cause)): _interval(answer, result)
        for answer in result.answers
        if answer.quantity == "coupling"
    }
    return {
        "plane": plane(marks, title=f"{result.couple}: the plane", days=days, theme="file"),
        "days": days_strip(
            _notes(result, 0),
            partner=_notes(result, 2),
            names=names,
            title=f"{result.couple}: the days",
            theme="file",
        ),
        "couplings": coupling_matrix(
            couplings,
            names=names,
            title=f"{result.couple}: from one day to the next",
            days=days,
            theme="file",
        ),
    }


def _interval(answer: Answer, result: CoupleResult) -> Interval:
    effect, cause = State(answer.effect), State(answer.cause)
    ratio = result.diagnostics.prior_ratio[effect.position, cause.position]
    return Interval(
        label=coupling_label(effect, cause, result.names),
        low=answer.q05,
        middle=answer.q50,
        high=answer.q95,
        said=answer.said,
        mostly_prior=bool(ratio > PRIOR_SHARE),
        voice=effect.member,
    )


def _notes(result: CoupleResult, first: int) -> list[DayNotes]:
    """Return the days of the member whose states start at ``first``; unanswered days as rests."""
    low, high = result.band
    notes: list[DayNotes] = []
    for day, label in enumerate(result.days):
        known = result.answered[day, first : first + 2]
        notes.append(
            DayNotes(
                label=label,
                connection=float(result.mean[day, first]) if known[0] else None,
                self=float(result.mean[day, first + 1]) if known[1] else None,
                connection_band=(float(low[day, first]), float(high[day, first])),
                self_band=(float(low[day, first + 1]), float(high[day, first + 1])),
            )
        )
    return notes
