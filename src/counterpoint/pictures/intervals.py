"""Ranges on a line: what goes together on the same day, and what one day does to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterpoint.content import Content, load_content
from counterpoint.domain.dyad import Member
from counterpoint.errors import DataError
from counterpoint.pictures.canvas import SMALL, TEXT, Canvas, wrap
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.wording import signed, span

WIDTH = 340.0
_LEFT, _RIGHT = 14.0, 326.0
COLUMNS = ("what", "middle", "range", "rests_on")

PALE = 0.38
"""Opacity of a range that rests mostly on the prior."""


@dataclass(frozen=True)
class Interval:
    """A quantity known within a range.

    Parameters
    ----------
    label
        What it is, in words.
    low, middle, high
        5 %, 50 % and 95 % points of the posterior.
    said
        Whether its direction may be said in a sentence.
    mostly_prior
        Whether the days have narrowed it by less than a fifth (posterior sd > .8 prior sd).
    voice
        Whose it is; ``None`` when it belongs to both.
    """

    label: str
    low: float
    middle: float
    high: float
    said: bool = False
    mostly_prior: bool = False
    voice: Member | None = None

    def __post_init__(self) -> None:
        if not self.low <= self.middle <= self.high:
            raise DataError(f"the range of {self.label!r} is not in order: low, middle, high")


def same_day(
    rows: Sequence[Interval],
    *,
    ends: tuple[str, str] | None = None,
    title: str | None = None,
    sentence: str | None = None,
    days: int | None = None,
    key: str = "same-day",
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw same-day associations as ranges between -1 and 1.

    Parameters
    ----------
    rows
        One range a row, in the order given.
    ends
        Words at -1 and at 1; by default whether it takes turns or goes together.
    days
        Number of days behind it, for the default caption.
    title, sentence, key, theme, language
        As in :func:`counterpoint.pictures.plane.plane`.
    """
    said = load_content(language)
    ends = ends or (said.phrase("picture.ranges.turns"), said.phrase("picture.ranges.together"))
    title = title or said.phrase("picture.ranges.title.same_day")
    words = sentence or _tell(rows, ends, days, "same_day", said)
    canvas = _ladder(rows, ends, 1.0, key=key, theme=theme)
    drawing = canvas.finish(title=title, sentence=words)
    return Picture(drawing, words, interval_table(rows, language), title)


def interval_ladder(
    rows: Sequence[Interval],
    *,
    ends: tuple[str, str] | None = None,
    reach: float = 0.8,
    title: str | None = None,
    sentence: str | None = None,
    days: int | None = None,
    key: str = "next-day",
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw day-to-day couplings as ranges around zero, cut at plus and minus ``reach``.

    Parameters
    ----------
    rows, ends, days
        As in :func:`same_day`.
    reach
        Where the line ends on both sides; the table keeps the whole range.
    title, sentence, key, theme, language
        As in :func:`counterpoint.pictures.plane.plane`.
    """
    said = load_content(language)
    ends = ends or (said.phrase("picture.ranges.other_way"), said.phrase("picture.ranges.same_way"))
    title = title or said.phrase("picture.ranges.title.next_day")
    words = sentence or _tell(rows, ends, days, "next_day", said)
    canvas = _ladder(rows, ends, reach, key=key, theme=theme)
    drawing = canvas.finish(title=title, sentence=words)
    return Picture(drawing, words, interval_table(rows, language), title)


def interval_table(rows: Sequence[Interval], language: str = "en") -> Table:
    """Return the table twin of a list of ranges."""
    said = load_content(language)
    rests_on = {
        True: said.phrase("picture.ranges.rests_on.couples"),
        False: said.phrase("picture.ranges.rests_on.days"),
    }
    return Table(
        tuple(said.phrase(f"picture.ranges.column.{one}") for one in COLUMNS),
        tuple(
            (
                row.label,
                signed(row.middle, language),
                span(signed(row.low, language), signed(row.high, language), said),
                rests_on[row.mostly_prior],
            )
            for row in rows
        ),
    )


def draw_interval(
    canvas: Canvas,
    row: Interval,
    *,
    left: float,
    right: float,
    y: float,
    reach: float,
    thickness: float = 9.0,
    head: float = 0.45,
) -> None:
    """Draw one range: a bar from 5 % to 95 %, a note head at the middle, pale if mostly prior."""

    def across(value: float) -> float:
        share = (min(max(value, -reach), reach) + reach) / (2 * reach)
        return left + (right - left) * share

    colour = canvas.paint.ink if row.voice is None else canvas.paint.voice(row.voice)
    strength = PALE if row.mostly_prior else 1.0
    start, end = across(row.low), across(row.high)
    canvas.element(
        "rect", x=start, y=y - thickness / 2, width=max(end - start, 1.5), height=thickness,
        rx=thickness / 2, fill=colour, fill_opacity=0.25 * strength, stroke=colour,
        stroke_opacity=0.9 * strength, stroke_width=1.2,
        stroke_dasharray="4 3" if row.mostly_prior else None,
    )  # fmt: skip
    middle = across(row.middle)
    if row.voice is None:
        canvas.element(
            "circle",
            cx=middle,
            cy=y,
            r=thickness * head * 0.95,
            fill=colour,
            opacity=max(strength, 0.6),
        )
    else:
        canvas.note(middle, y, row.voice, radius=thickness * head, opacity=max(strength, 0.6))


def _ladder(
    rows: Sequence[Interval],
    ends: tuple[str, str],
    reach: float,
    *,
    key: str,
    theme: Theme,
) -> Canvas:
    labels = [wrap(row.label, WIDTH - 28) for row in rows]
    height = 40.0 + sum(17 * max(1, len(lines)) + 27 for lines in labels)
    canvas = Canvas(WIDTH, height, key=key, theme=theme)
    canvas.text(_LEFT, 15, ends[0], size=SMALL, soft=True, italic=True)
    canvas.text(_RIGHT, 15, ends[1], size=SMALL, anchor="end", soft=True, italic=True)
    y = 34.0
    for row, lines in zip(rows, labels, strict=True):
        for line in lines or [""]:
            y += 15
            canvas.text(_LEFT, y, line, size=TEXT)
            y += 2
        middle = (_LEFT + _RIGHT) / 2
        canvas.line(_LEFT, y + 12, _RIGHT, y + 12)
        canvas.line(middle, y + 4, middle, y + 20, stroke=canvas.paint.ink_soft)
        draw_interval(canvas, row, left=_LEFT, right=_RIGHT, y=y + 12, reach=reach)
        y += 27
    return canvas


def _tell(
    rows: Sequence[Interval], ends: tuple[str, str], days: int | None, when: str, said: Content
) -> str:
    if not rows:
        return said.phrase(f"picture.ranges.{when}.none")
    low, high = ends
    kind = "said" if days is None else "after"
    told = [said.phrase(f"picture.ranges.{when}.{kind}", low=low, high=high, days=days or 0)]
    parts = [
        said.phrase("picture.ranges.one", label=row.label, end=high if row.middle > 0 else low)
        for row in rows
        if row.said
    ]
    if parts:
        told.append("; ".join(parts) + ".")
    if len(parts) < len(rows):
        told.append(said.phrase(f"picture.ranges.open{'.others' if parts else ''}"))
    return " ".join(told)
