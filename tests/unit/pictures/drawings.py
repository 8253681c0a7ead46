"""One drawing of each kind, from fixed numbers: what is compared, looked at and timed.

``python tests/unit/pictures/drawings.py`` writes them into ``drawn/``, those of a page into
``drawn/page/``; look at them before you commit what changed (``contact_sheet.py`` beside this
shows them all at once). ``bench/pictures.py`` takes the time of the same ones, with a year of days
where days count.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path

from counterpoint.domain.couplings import STATES, Cost
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Corner, Place
from counterpoint.pictures import (
    Arrow,
    DayNotes,
    Field,
    Interval,
    Link,
    Mark,
    MarkKind,
    Picture,
    PushDay,
    Theme,
    Trail,
    Way,
    cohort_plane,
    coupling_label,
    coupling_matrix,
    dance,
    days_strip,
    field_plane,
    four_corners,
    interval_ladder,
    one_line,
    plane,
    push_picture,
    same_day,
    score,
    trails,
)

DRAWN = Path(__file__).parent / "drawn"


def notes(count: int, *, shift: int = 0) -> list[DayNotes]:
    """Days that wander by a fixed rule, every fourth one not known."""
    return list(_notes(count, shift))


@cache
def _notes(count: int, shift: int) -> tuple[DayNotes, ...]:
    return tuple(
        DayNotes(f"day {index + 1}")
        if (index + shift) % 4 == 3
        else DayNotes(
            f"day {index + 1}",
            connection=float(40 + (index * 7 + shift * 13) % 50),
            self=float(30 + (index * 11 + shift * 5) % 60),
        )
        for index in range(count)
    )


def two_places(theme: Theme, language: str = "en") -> Picture:
    return plane(
        [
            Mark(Place(75, 78), MarkKind.WISH, "Robin's wish"),
            Mark(Place(61, 55), MarkKind.PLACE, "Robin", spread=((30, 10), (10, 20))),
            Mark(Place(60, 82), MarkKind.WISH, "Sam's wish", voice=Member.B),
            Mark(Place(48, 70), MarkKind.PLACE, "Sam", Member.B, ((30, -10), (-10, 20))),
        ],
        days=46,
        theme=theme,
        language=language,
    )


def own_marks(theme: Theme, language: str = "en") -> Picture:
    return plane(
        [
            Mark(Place(60, 60), MarkKind.NOW, "The last two weeks"),
            Mark(Place(80, 80), MarkKind.WISH, "Where you would like to be"),
            Mark(Place(40, 70), MarkKind.GUESS, "Where your partner would put you"),
        ],
        key="marks",
        theme=theme,
        language=language,
    )


def matrix(theme: Theme, language: str = "en") -> Picture:
    cells = {}
    for row, effect in enumerate(STATES):
        for column, cause in enumerate(STATES):
            middle = 0.4 if row == column else 0.05 * (row - column)
            wide = 0.12 + 0.02 * column
            cells[effect, cause] = Interval(
                coupling_label(effect, cause, ("Robin", "Sam"), language=language),
                middle - wide,
                middle,
                middle + wide,
                mostly_prior=column == 3,
                voice=effect.member,
            )
    return coupling_matrix(cells, names=("Robin", "Sam"), days=46, theme=theme, language=language)


def ranges(theme: Theme, language: str = "en") -> Picture:
    return same_day(
        [
            Interval("Your nearness and your being yourself", -0.1, 0.3, 0.6),
            Interval("In step", 0.2, 0.45, 0.7, said=True, voice=Member.B),
        ],
        days=30,
        theme=theme,
        language=language,
    )


def ladder(theme: Theme, language: str = "en") -> Picture:
    return interval_ladder(
        [
            Interval("One", -0.3, -0.1, 0.05, voice=Member.A),
            Interval("Two", -0.95, 0.0, 0.95, mostly_prior=True, voice=Member.B),
        ],
        theme=theme,
        language=language,
    )


def corners(theme: Theme, language: str = "en", times: int = 1) -> Picture:
    return four_corners(
        {
            Corner.NEAR_AND_MYSELF: 24 * times,
            Corner.NEAR_AND_LESS_MYSELF: 6 * times,
            Corner.APART_AND_MYSELF: 11 * times,
            Corner.APART_AND_LESS_MYSELF: 5 * times,
        },
        theme=theme,
        language=language,
    )


def cohort(theme: Theme, language: str = "en", couples: int = 80) -> Picture:
    return cohort_plane(
        [
            (Place(30 + i * 13 % 60, 35 + i * 7 % 50), Place(35 + i * 11 % 55, 30 + i * 17 % 60))
            for i in range(couples)
        ],
        theme=theme,
        language=language,
    )


def whole_dance(theme: Theme, language: str = "en") -> Picture:
    a, b = STATES[:2], STATES[2:]
    arrows = [
        Arrow(*cost.coupling(member), Way.SAME if cost.sign > 0 else Way.OTHER)
        for member in Member
        for cost in Cost
    ]
    links = [
        Link(*a, way=Way.OTHER),
        Link(*b),
        Link(a[0], b[0], strands=3),
        Link(a[1], b[1], strands=1),
    ]
    return dance(arrows, links, key="whole", theme=theme, language=language)


def fields(theme: Theme, language: str = "en") -> Picture:
    return field_plane(
        {Member.A: Field((2, 3), (3, 3)), Member.B: Field((3, 3), (2, 3))},
        theme=theme,
        language=language,
    )


def hard_day(theme: Theme, language: str = "en") -> Picture:
    days = [
        PushDay(
            (-0.3 * at * 0.6**at, -0.2 * at * 0.7**at),
            (-(0.5**at), -0.45 * at * 0.6**at),
        )
        for at in range(11)
    ]
    return push_picture(days, theme=theme, language=language)


def two_trails(theme: Theme, language: str = "en") -> Picture:
    """A push of one, and the other going the other way, both coming back."""
    pair = (
        Trail(
            [Place(50 + 30 * 0.7**at, 50 - 12 * 0.5**at) for at in range(15)],
            ((300, 90), (90, 420)),
        ),
        Trail([Place(50 - 20 * 0.7**at, 50.0) for at in range(15)], ((250, 0), (0, 250))),
    )
    return trails(pair, Place(50, 50), names=("Robin", "Sam"), theme=theme, language=language)


def days_alone(theme: Theme, language: str = "en", days: int = 9) -> Picture:
    return days_strip(notes(days), wish=(75, 80), theme=theme, language=language)


def days_of_two(theme: Theme, language: str = "en", days: int = 70) -> Picture:
    return days_strip(
        notes(days),
        partner=notes(days, shift=2),
        names=("Robin", "Sam"),
        theme=theme,
        language=language,
    )


def own_question(theme: Theme, language: str = "en", days: int = 40) -> Picture:
    """Answers to a question of one's own, in the words of whoever asks it."""
    words = {
        "en": ("Laughter", ("none", "a lot")),
        "de": ("Lachen", ("gar nicht", "sehr viel")),
        "es": ("Risa", ("nada", "mucha")),
    }
    title, ends = words[language]
    answers = [
        (note.label, None if note.self is None else at * 7 % 11)
        for at, note in enumerate(notes(days))
    ]
    return one_line(answers, title=title, ends=ends, key="own", theme=theme, language=language)


def one_voice(theme: Theme, language: str = "en", days: int = 67) -> Picture:
    """Ten weeks alone: an upbeat, a week of rest, a day whose nearness is not known."""
    sung = notes(days)
    sung[18:25] = [DayNotes(f"day {at + 1}") for at in range(18, 25)]
    sung[40] = DayNotes("day 41", self=70)
    return score(sung, first_on=date(2026, 3, 5), wish=(75, 80), theme=theme, language=language)


def two_voices(theme: Theme, language: str = "en", bars: int = 1, days: int = 67) -> Picture:
    """Ten weeks of two."""
    return score(
        notes(days),
        first_on=date(2026, 3, 5),
        partner=notes(days, shift=3),
        names=("Robin", "Sam"),
        bars=bars,
        key="both-score",
        theme=theme,
        language=language,
    )


def unmoved(theme: Theme, language: str = "en") -> Picture:
    """The dance where nothing can be said yet."""
    return dance([], [], theme=theme, language=language)


DRAWINGS: dict[str, Callable[..., Picture]] = {
    "cohort-plane": cohort,
    "coupling-matrix": matrix,
    "dance-whole": whole_dance,
    "dance-open": unmoved,
    "days-one-voice": days_alone,
    "days-two-voices": days_of_two,
    "field-plane": fields,
    "four-corners": corners,
    "hard-day": hard_day,
    "interval-ladder": ladder,
    "one-line": own_question,
    "plane-own-marks": own_marks,
    "plane-two-places": two_places,
    "same-day": ranges,
    "score-one-voice": one_voice,
    "score-sheet": partial(two_voices, bars=3),
    "score-two-voices": two_voices,
    "trails": two_trails,
}

YEAR = 365
AT_MOST: dict[str, Callable[..., Picture]] = DRAWINGS | {
    "cohort-plane": partial(cohort, couples=400),
    "days-one-voice": partial(days_alone, days=YEAR),
    "days-two-voices": partial(days_of_two, days=YEAR),
    "four-corners": partial(corners, times=YEAR // 46),
    "one-line": partial(own_question, days=YEAR),
    "score-one-voice": partial(one_voice, days=YEAR),
    "score-sheet": partial(two_voices, bars=3, days=YEAR),
    "score-two-voices": partial(two_voices, days=YEAR),
}
"""The same with a year of days, or 400 couples."""


def in_language(name: str, language: str) -> Picture:
    """Return a drawing as a page in a language shows it."""
    return DRAWINGS[name]("page", language)


WIDE = {"score-sheet": 900.0}
"""Drawings that a page shows on wide screens only, and their least width there, pixels."""


def committed(name: str, theme: Theme) -> Path:
    """Return the file a drawing is kept in."""
    return (DRAWN / "page" if theme == "page" else DRAWN) / f"{name}.svg"


THEMES: tuple[Theme, ...] = ("file", "page")

if __name__ == "__main__":
    for theme in THEMES:
        for name, draw in DRAWINGS.items():
            path = committed(name, theme)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(draw(theme).svg + "\n", encoding="utf-8")
