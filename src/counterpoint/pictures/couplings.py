"""Sixteen couplings: what one day of two people does to their next, each as a range."""

from __future__ import annotations

from collections.abc import Mapping

from counterpoint.content import Content, load_content
from counterpoint.domain.couplings import STATES, State
from counterpoint.domain.plane import Axis
from counterpoint.pictures.canvas import SMALL, Canvas, wrap
from counterpoint.pictures.intervals import Interval, draw_interval, interval_table
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture

WIDTH = 340.0
_LEFT, _TOP = 82.0, 66.0
_CELL_WIDTH, _CELL_HEIGHT = 63.0, 46.0
_NAME_WIDTH = 62.0
"""Room for a name above a column and beside a row: nine letters."""


def coupling_matrix(
    cells: Mapping[tuple[State, State], Interval],
    *,
    names: tuple[str, str] = ("A", "B"),
    reach: float = 0.6,
    title: str | None = None,
    sentence: str | None = None,
    days: int | None = None,
    key: str = "couplings",
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw the couplings as a table of ranges: a row is what moves, a column what moves it.

    Parameters
    ----------
    cells
        Ranges by ``(effect, cause)``; a pair left out stays an empty cell.
    names
        Short names of partner ``a`` and partner ``b``.
    reach
        Where the line of a cell ends on both sides.
    days
        Number of days behind it (the smaller of the two), for the default caption.
    title, sentence, key, theme, language
        As in :func:`counterpoint.pictures.plane.plane`.
    """
    said = load_content(language)
    title = title or said.phrase("picture.ranges.title.next_day")
    height = _TOP + 4 * _CELL_HEIGHT + 30
    canvas = Canvas(WIDTH, height, key=key, theme=theme)
    canvas.text(
        _LEFT, 14, said.phrase("picture.couplings.this_day"), size=SMALL, soft=True, italic=True
    )
    canvas.text(
        4, _TOP - 8, said.phrase("picture.couplings.next_day"), size=SMALL, soft=True, italic=True
    )
    right, bottom = _LEFT + 4 * _CELL_WIDTH, _TOP + 4 * _CELL_HEIGHT
    for index, state in enumerate(STATES):
        middle_x = _LEFT + _CELL_WIDTH * (index + 0.5)
        middle_y = _TOP + _CELL_HEIGHT * (index + 0.5)
        name, what = _words(state, names, said)
        who = wrap(name, _NAME_WIDTH, SMALL)[0] if name.strip() else name
        canvas.note(middle_x, 25, state.member, radius=4.2)
        canvas.text(middle_x, 42, who, size=SMALL, anchor="middle")
        canvas.text(middle_x, 56, what, size=SMALL, anchor="middle", soft=True)
        canvas.note(7, middle_y - 6, state.member, radius=4.2)
        canvas.text(15, middle_y - 2, who, size=SMALL)
        canvas.text(15, middle_y + 12, what, size=SMALL, soft=True)
        canvas.line(_LEFT, _TOP + _CELL_HEIGHT * index, right, _TOP + _CELL_HEIGHT * index)
        canvas.line(_LEFT + _CELL_WIDTH * index, _TOP, _LEFT + _CELL_WIDTH * index, bottom)
    canvas.line(_LEFT, bottom, right, bottom)
    canvas.line(right, _TOP, right, bottom)
    for row, effect in enumerate(STATES):
        for column, cause in enumerate(STATES):
            interval = cells.get((effect, cause))
            if interval is None:
                continue
            x, y = _LEFT + _CELL_WIDTH * column, _TOP + _CELL_HEIGHT * (row + 0.5)
            middle = x + _CELL_WIDTH / 2
            canvas.line(middle, y - 15, middle, y + 15, stroke=canvas.paint.ink_soft, opacity=0.7)
            draw_interval(
                canvas,
                interval,
                left=x + 5,
                right=x + _CELL_WIDTH - 5,
                y=y,
                reach=reach,
                thickness=10,
                head=0.3,
            )
    left_words, right_words = (said.phrase(f"picture.couplings.{one}") for one in ("left", "right"))
    canvas.text(_LEFT, bottom + 18, left_words, size=SMALL, soft=True, italic=True)
    canvas.text(right, bottom + 18, right_words, size=SMALL, anchor="end", soft=True, italic=True)
    words = sentence or _tell(cells, days, said)
    rows = [cells[pair] for pair in _in_order(cells)]
    return Picture(
        canvas.finish(title=title, sentence=words), words, interval_table(rows, language), title
    )


def coupling_label(
    effect: State, cause: State, names: tuple[str, str] = ("A", "B"), *, language: str = "en"
) -> str:
    """Return a coupling in words: what moves after what."""
    said = load_content(language)
    effect_who, effect_what = _words(effect, names, said)
    cause_who, cause_what = _words(cause, names, said)
    return said.phrase(
        "picture.couplings.label",
        effect_who=effect_who,
        effect=effect_what,
        cause_who=cause_who,
        cause=cause_what,
    )


def _in_order(cells: Mapping[tuple[State, State], Interval]) -> list[tuple[State, State]]:
    return [(effect, cause) for effect in STATES for cause in STATES if (effect, cause) in cells]


def _words(state: State, names: tuple[str, str], said: Content) -> tuple[str, str]:
    name = names[0] if state.member.value == "a" else names[1]
    what = "picture.nearness" if state.axis is Axis.CONNECTION else "picture.oneself"
    return name, said.phrase(what)


def _tell(cells: Mapping[tuple[State, State], Interval], days: int | None, said: Content) -> str:
    pale = sum(1 for interval in cells.values() if interval.mostly_prior)
    kind = "said" if days is None else "said.after"
    told = [said.phrase(f"picture.couplings.{kind}", n=len(cells), days=days or 0)]
    if pale:
        told.append(said.phrase("picture.couplings.pale", n=pale))
    return " ".join([*told, said.phrase("picture.couplings.across")])
