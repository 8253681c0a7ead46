"""Ranges on a line: what goes together on the same day, and what one day does to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterpoint.domain.dyad import Member
from counterpoint.errors import DataError
from counterpoint.pictures.canvas import SMALL, TEXT, Canvas, wrap
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table

WIDTH = 340.0
_LEFT, _RIGHT = 14.0, 326.0

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
    ends: tuple[str, str] = ("take turns", "go together"),
    title: str = "On the same day",
    sentence: str | None = None,
    days: int | None = None,
    key: str = "same-day",
    theme: Theme = "page",
) -> Picture:
    """Draw same-day associations as ranges between -1 and 1.

    Parameters
    ----------
    rows
        One range a row, in the order given.
    ends
        Words at -1 and at 1.
    days
        Number of days behind it, for the default caption.
    title, sentence, key, theme
        As in :func:`counterpoint.pictures.plane.plane`.
    """
    words = sentence or _tell(rows, ends, days, "on the same day")
    return _ladder(rows, ends, 1.0, title=title, words=words, key=key, theme=theme)


def interval_ladder(
    rows: Sequence[Interval],
    *,
    ends: tuple[str, str] = ("moves the other way", "moves the same way"),
    reach: float = 0.8,
    title: str = "From one day to the next",
    sentence: str | None = None,
    days: int | None = None,
    key: str = "next-day",
    theme: Theme = "page",
) -> Picture:
    """Draw day-to-day couplings as ranges around zero, cut at plus and minus ``reach``.

    Parameters
    ----------
    rows, ends, days
        As in :func:`same_day`.
    reach
        Where the line ends on both sides; the table keeps the whole range.
    title, sentence, key, theme
        As in :func:`counterpoint.pictures.plane.plane`.
    """
    words = sentence or _tell(rows, ends, days, "from one day to the next")
    return _ladder(rows, ends, reach, title=title, words=words, key=key, theme=theme)


def interval_table(rows: Sequence[Interval]) -> Table:
    """Return the table twin of a list of ranges."""
    return Table(
        ("What", "Middle", "Range, 9 in 10", "Rests on"),
        tuple(
            (
                row.label,
                f"{row.middle:+.2f}",
                f"{row.low:+.2f} to {row.high:+.2f}",
                "mostly what is known of couples in general" if row.mostly_prior else "these days",
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
    title: str,
    words: str,
    key: str,
    theme: Theme,
) -> Picture:
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
    return Picture(canvas.finish(title=title, sentence=words), words, interval_table(rows), title)


def _tell(rows: Sequence[Interval], ends: tuple[str, str], days: int | None, when: str) -> str:
    if not rows:
        return f"Nothing to show {when} yet."
    ground = f" after {days} {'day' if days == 1 else 'days'}" if days is not None else ""
    low, high = ends
    said = [f"{row.label}: {high if row.middle > 0 else low}" for row in rows if row.said]
    open_count = len(rows) - len(said)
    text = f"Ranges {when}{ground}, from “{low}” to “{high}”. "
    if said:
        text += "; ".join(said) + ". "
    if open_count:
        text += (
            "The days cannot tell the direction yet."
            if not said
            else "For the others the days cannot tell the direction yet."
        )
    return text.strip()
