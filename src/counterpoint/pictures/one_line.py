"""One row of answers over time as notes on a single staff."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoint.domain.dyad import Member
from counterpoint.pictures.canvas import SMALL, Canvas
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table

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
    key, theme
        As in :func:`counterpoint.pictures.plane.plane`.
    """
    canvas = Canvas(WIDTH, HEIGHT, key=key, theme=theme)
    canvas.text(_LEFT, _TOP - 8, f"10: {ends[1]}", size=SMALL, soft=True)
    for line in range(5):
        y = _TOP + _STAFF * line / 4
        canvas.line(_LEFT, y, _RIGHT, y)
    step = min((_RIGHT - _LEFT - 16) / max(len(taps) - 1, 1), _WIDEST_STEP)
    for at, (_, tap) in enumerate(taps):
        x = _LEFT + 8 + step * at
        if tap is None:
            canvas.element(
                "rect", x=x - 2, y=_TOP + _STAFF / 2 - 1, width=4, height=2.4,
                fill=canvas.paint.ink_soft, opacity=0.55,
            )  # fmt: skip
        else:
            y = _TOP + _STAFF * (1 - tap / _TOP_TAP)
            canvas.note(x, y, Member.A, radius=_RADIUS)
    canvas.text(_LEFT, HEIGHT - 16, f"0: {ends[0]}", size=SMALL, soft=True)
    if taps:
        span = f"{taps[0][0]} to {taps[-1][0]}" if len(taps) > 1 else taps[0][0]
        canvas.text(_RIGHT, HEIGHT - 16, span, size=SMALL, anchor="end", soft=True)
    known = sum(tap is not None for _, tap in taps)
    times = "1 answer" if known == 1 else f"{known} answers"
    sentence = (
        f"{times} from 0, {ends[0]}, to 10, {ends[1]}; small rests stand where there is none."
    )
    table = Table(
        ("When", "0 to 10"),
        tuple((label, "no answer" if tap is None else str(tap)) for label, tap in taps),
    )
    return Picture(canvas.finish(title=title, sentence=sentence), sentence, table, title)
