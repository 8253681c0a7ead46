"""The score: weeks as two-part notation, to be read as music is read.

A bar is a week and a step of the staff is one tap. How high a note stands is how much somebody was
themselves. Each day has a fine line; a note that stands on it felt near, and the further from it a
note stands, the further apart that person felt. So two people who felt near share one stem, as two
notes of one chord do, and two who felt apart stand one after the other. Days not known are rests.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from counterpoint.content import Content, load_content
from counterpoint.domain.dyad import Member
from counterpoint.errors import DataError
from counterpoint.pictures import notation
from counterpoint.pictures.canvas import SMALL, Canvas, number
from counterpoint.pictures.days import DayNotes, known_days
from counterpoint.pictures.motion import Motion, motions, tell_motions
from counterpoint.pictures.palette import Theme
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.score_key import draw_key, key_entries, key_height
from counterpoint.pictures.wording import both, capital

PHONE_WIDTH = 340.0
BAR = 308.0
_EDGE, _CLEF, _WISH = 4.0, 27.0, 30.0
_PAD = 4.0
_LABEL = 92.0
"""Room for the day a week begins with."""
_ABOVE = 44.0
_BELOW = {1: 18.0, 2: 34.0}
_WEEK = 7

Voices = tuple[tuple[Member, Sequence[DayNotes]], ...]


@dataclass(frozen=True)
class _Page:
    """Where the days of a score lie."""

    bars: int
    left: float
    bar: float
    offset: int
    count: int
    system: float

    @cached_property
    def weeks(self) -> int:
        return -(-(self.offset + self.count) // _WEEK)

    @property
    def systems(self) -> int:
        return -(-self.weeks // self.bars)

    @cached_property
    def slot(self) -> float:
        return (self.bar - 2 * _PAD) / _WEEK

    @cached_property
    def tops(self) -> list[float]:
        """Where the staff of each line begins."""
        return [system * self.system + _ABOVE for system in range(self.systems)]

    def weeks_of(self, system: int) -> range:
        """Return the weeks on one line."""
        return range(system * self.bars, min((system + 1) * self.bars, self.weeks))

    def right_of(self, system: int) -> float:
        """Return where a line ends."""
        return self.bar_left(self.weeks_of(system)[-1]) + self.bar

    def bar_left(self, week: int) -> float:
        return self.left + week % self.bars * self.bar

    @cached_property
    def beats(self) -> list[tuple[int, float]]:
        """The system of each day, and where its fine line stands."""
        places = (divmod(at, _WEEK) for at in range(self.offset, self.offset + self.count))
        return [
            (week // self.bars, self.bar_left(week) + _PAD + (day + 0.5) * self.slot)
            for week, day in places
        ]


def score(
    days: Sequence[DayNotes],
    *,
    first_on: date,
    partner: Sequence[DayNotes] | None = None,
    names: tuple[str, str] | None = None,
    wish: tuple[float, float] | None = None,
    bars: int = 1,
    title: str | None = None,
    sentence: str | None = None,
    key: str = "score",
    theme: Theme = "page",
    language: str = "en",
) -> Picture:
    """Draw consecutive days as a piece for one voice or two.

    Parameters
    ----------
    days
        One entry per calendar day, in order, at least one; days not known have ``None``.
    first_on
        The first of them; bars run from Monday to Sunday and bear the label of their first day.
    partner
        The same days of the second voice, as long as ``days``.
    names
        Names of the two voices, by default the reader and the reader's partner; only used when
        there are two.
    wish
        Own wish (connection, self) in points, for one voice alone: a dotted line at its height,
        and an open note where each line begins.
    bars
        Weeks on one line: 1 for a phone, 3 for a wide screen or a sheet of paper.
    title, sentence, key, theme, language
        As in `counterpoint.pictures.plane.plane`.

    Raises
    ------
    DataError
        If there is no day, if ``partner`` has another number of days, or if ``bars`` is not 1 to 8.
    """
    if not days:
        raise DataError("a score needs at least one day")
    if partner is not None and len(partner) != len(days):
        raise DataError(f"the second voice has {len(partner)} days, the first {len(days)}")
    if not 1 <= bars <= 8:
        raise DataError(f"1 to 8 weeks fit on one line, not {bars}")
    said = load_content(language)
    names = names or both(said)
    title = title or said.phrase("picture.score.title")
    wish = wish if partner is None else None
    left = _EDGE + _CLEF + (_WISH if wish else 0)
    width = PHONE_WIDTH if bars == 1 else left + bars * BAR + _EDGE
    voices: Voices = ((Member.A, days),)
    if partner is not None:
        voices = (*voices, (Member.B, partner))
    page = _Page(
        bars=bars,
        left=left,
        bar=(width - left - _EDGE) / bars,
        offset=first_on.weekday(),
        count=len(days),
        system=_ABOVE + notation.STAFF + _BELOW[len(voices)],
    )
    entries = key_entries(None if partner is None else names, said, has_wish=wish is not None)
    columns = 1 if bars == 1 else min(bars, 3)
    key_top = page.systems * page.system + 6
    canvas = Canvas(width, key_top + key_height(entries, width, columns), key=key, theme=theme)
    systems = notation.Systems()
    for system in range(page.systems):
        _add_system(canvas, systems, page, system, days)
        if wish is not None:
            systems.add_days((page.left - 6,), page.tops[system])
    systems.draw(canvas)
    if wish is not None:
        _draw_wish(canvas, page, wish)
    _draw_rests(canvas, page, voices)
    for member, voice in reversed(voices):
        _draw_voice(canvas, page, member, voice, is_alone=len(voices) == 1)
    draw_key(canvas, entries, key_top, columns)
    words = sentence or _tell(days, partner, names, said, has_wish=wish is not None)
    drawing = canvas.finish(title=title, sentence=words)
    return Picture(drawing, words, _table(days, partner, names, said), title)


def _add_system(
    canvas: Canvas,
    systems: notation.Systems,
    page: _Page,
    system: int,
    days: Sequence[DayNotes],
) -> None:
    top = page.tops[system]
    weeks = page.weeks_of(system)
    systems.add_staff(_EDGE, page.right_of(system), top)
    first = max(system * page.bars * _WEEK - page.offset, 0)
    last = min((weeks[-1] + 1) * _WEEK - page.offset, page.count) - 1
    systems.add_days((page.beats[at][1] for at in range(first, last + 1)), top)
    for week in weeks:
        systems.add_bar(page.bar_left(week) + page.bar, top, last=week == page.weeks - 1)
        start = max(week * _WEEK - page.offset, 0)
        x = min(page.beats[start][1] - page.slot / 2, page.bar_left(week) + page.bar - _LABEL)
        canvas.text(x, top - 32, days[start].label, size=SMALL, soft=True, italic=True)


def _draw_wish(canvas: Canvas, page: _Page, wish: tuple[float, float]) -> None:
    near, myself = wish
    x = page.left - 6 - _shift(near, 12.0) - notation.HALF_HEAD
    lines = []
    for system in range(page.systems):
        y = notation.height(page.tops[system], myself)
        lines.append(f"M{number(page.left)} {number(y)}H{number(page.right_of(system) - 6)}")
        canvas.note(x, y, Member.A, radius=notation.HEAD * 0.86, hollow=True)
    canvas.element(
        "path", d="".join(lines), fill="none", stroke=canvas.paint.voice_a, stroke_width=1.7,
        stroke_dasharray="0.5 5", stroke_linecap="round",
    )  # fmt: skip


def _shift(near: float, most: float) -> float:
    """Return how far from the fine line of the day a note stands."""
    return most * (1 - min(max(near, 0.0), 100.0) / 100)


def _spots(
    page: _Page, member: Member, days: Sequence[DayNotes], *, is_alone: bool
) -> dict[int, tuple[float, float, float]]:
    """Return where the stem of each known day stands, where its head lies, and how high."""
    room = page.slot / 2 - 2 * notation.HALF_HEAD - 0.5
    most = max(room + (page.slot / 2 - 3 if is_alone else 0), 4.0)
    way = -1 if member is Member.A else 1
    head = way * notation.HALF_HEAD
    spots = {}
    for at, day in enumerate(days):
        if day.self is not None:
            system, beat = page.beats[at]
            stem = beat + way * _shift(50.0 if day.connection is None else day.connection, most)
            spots[at] = stem, stem + head, notation.height(page.tops[system], day.self)
    return spots


def _draw_voice(
    canvas: Canvas, page: _Page, member: Member, days: Sequence[DayNotes], *, is_alone: bool
) -> None:
    paint = canvas.paint.voice(member)
    spots = _spots(page, member, days, is_alone=is_alone)
    runs = _runs(page, list(spots))
    melodies = (notation.melody_path([spots[at][1:] for at in run]) for run in runs)
    notation.draw_melodies(canvas, melodies, member)
    stems = (notation.stem_path(member, stem, y) for stem, _, y in spots.values())
    notation.draw_stems(canvas, stems, paint)
    canvas.notes((spot[1:] for spot in spots.values()), member, radius=notation.HEAD)
    for at, (_, x, y) in spots.items():
        if days[at].connection is None:
            notation.draw_brackets(canvas, x, y, paint)


def _runs(page: _Page, known: Sequence[int]) -> Iterator[list[int]]:
    """Yield days that follow each other on one line of the score."""
    run = list(known[:1])
    for before, at in pairwise(known):
        if at - before > 1 or page.beats[at][0] != page.beats[before][0]:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _draw_rests(canvas: Canvas, page: _Page, voices: Voices) -> None:
    """Draw a rest for each day nobody knows, one for each voice else, one block for a week."""
    of_day = dict(voices)
    unknown = {m: {at for at, d in enumerate(days) if d.self is None} for m, days in voices}
    nobody = set.intersection(*unknown.values())
    for week in range(page.weeks):
        start = week * _WEEK - page.offset
        within = set(range(max(start, 0), min(start + _WEEK, page.count)))
        if len(within) > 1 and within <= nobody:
            nobody -= within
            for member in unknown:
                unknown[member] -= within
            middle = sum(page.beats[at][1] for at in within) / len(within)
            notation.draw_week_rest(canvas, middle, page.tops[week // page.bars])
    nobodys = []
    for member, of_voice in unknown.items():
        own = []
        for at in sorted(of_voice):
            system, beat = page.beats[at]
            middle = page.tops[system] + notation.STAFF / 2
            if at not in nobody:
                other = notation.height(page.tops[system], of_day[member.other][at].self or 0)
                away = -1 if member is Member.A else 1
                middle = away * max(away * middle + 12, away * other + 17)
                own.append(notation.rest_path(beat, middle))
            elif member is Member.A:
                nobodys.append(notation.rest_path(beat, middle))
        notation.draw_rests(canvas, own, canvas.paint.voice(member))
    notation.draw_rests(canvas, nobodys, canvas.paint.ink_soft)


def _tell(
    days: Sequence[DayNotes],
    partner: Sequence[DayNotes] | None,
    names: tuple[str, str],
    said: Content,
    *,
    has_wish: bool,
) -> str:
    known = known_days(days)
    if partner is None:
        told = said.phrase("picture.score.alone", n=known)
        return f"{told} {said.phrase('picture.score.wish')}" if has_wish else told
    one, two = names
    told = said.phrase(
        "picture.score.both", one=capital(one), n=known, two=two, m=known_days(partner)
    )
    return f"{told} {tell_motions(motions(days, partner), said)}".strip()


def _table(
    days: Sequence[DayNotes],
    partner: Sequence[DayNotes] | None,
    names: tuple[str, str],
    said: Content,
) -> Table:
    unknown = said.phrase("picture.not_known")

    def cell(value: float | None) -> str:
        return unknown if value is None else f"{value:.0f}"

    day = said.phrase("picture.column.day")
    if partner is None:
        return Table(
            (day, said.phrase("picture.column.myself"), said.phrase("picture.column.near")),
            tuple((day.label, cell(day.self), cell(day.connection)) for day in days),
        )
    headers = [
        said.phrase(f"picture.column.{column}", name=capital(name))
        for name in names
        for column in ("oneself_of", "near_of")
    ]
    moved = {motion: said.phrase(f"picture.motion.{motion.value}") for motion in Motion}
    return Table(
        (day, *headers, said.phrase("picture.score.column.change")),
        tuple(
            (
                a.label, cell(a.self), cell(a.connection), cell(b.self), cell(b.connection),
                unknown if motion is None else moved[motion],
            )
            for a, b, motion in zip(days, partner, motions(days, partner), strict=True)
        ),
    )  # fmt: skip
