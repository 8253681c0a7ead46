"""One row of answers over time as notes on a single staff."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoint.content import load_content
from counterpoint.domain.dyad import Member
from counterpoint.pictures.canvas import SMALL, Canvas, number
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.wording import span

WIDTH = 340.0
HEIGHT = 132.0
_LEFT, _RIGHT, _TOP, _STAFF = 14.0, 326.0, 22.0, 80.0
_WIDEST_STEP = 24.0
_RADIUS = 4.0
_TOP_TAP = 10


def one_line(
    taps: Sequence[tuple[str, int | None]],
    *,
    title: str,
    ends: tuple[str, str],
    key: str,
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw answers 0-10 in order of time.

    Parameters
    ----------
    taps
        Label and answer of each day or week, the oldest first; ``None`` where there is none.
    title
        What was asked.
    ends
        Words at 0 and at 10.
    key, theme, language
        As in :func:`counterpoint.pictures.plane.plane`.
    """
    said = load_content(language)
    canvas = Canvas(WIDTH, HEIGHT, key=key, theme=theme)
    canvas.text(
        _LEFT, _TOP - 8, said.phrase("picture.line.high", word=ends[1]), size=SMALL, soft=True
    )
    for line in range(5):
        y = _TOP + _STAFF * line / 4
        canvas.line(_LEFT, y, _RIGHT, y)
    step = min((_RIGHT - _LEFT - 16) / max(len(taps) - 1, 1), _WIDEST_STEP)
    bar = f" {number(_TOP + _STAFF / 2 - 1)}h4v2.4h-4z"
    bars = []
    for at, (_, tap) in enumerate(taps):
        x = _LEFT + 8 + step * at
        if tap is None:
            bars.append(f"M{number(x - 2)}{bar}")
        else:
            y = _TOP + _STAFF * (1 - tap / _TOP_TAP)
            canvas.note(x, y, Member.A, radius=_RADIUS)
    if bars:
        canvas.element("path", d="".join(bars), fill=canvas.paint.ink_soft, fill_opacity=0.55)
    canvas.text(
        _LEFT, HEIGHT - 16, said.phrase("picture.line.low", word=ends[0]), size=SMALL, soft=True
    )
    if taps:
        whole = span(taps[0][0], taps[-1][0], said) if len(taps) > 1 else taps[0][0]
        canvas.text(_RIGHT, HEIGHT - 16, whole, size=SMALL, anchor="end", soft=True)
    known = sum(tap is not None for _, tap in taps)
    sentence = said.phrase("picture.line.said", n=known, low=ends[0], high=ends[1])
    nothing = said.phrase("picture.line.no_answer")
    table = Table(
        (said.phrase("picture.line.column.when"), said.phrase("picture.line.column.answer")),
        tuple((label, nothing if tap is None else str(tap)) for label, tap in taps),
    )
    return Picture(canvas.finish(title=title, sentence=sentence), sentence, table, title)
