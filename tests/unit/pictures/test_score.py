from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from counterpoint.errors import DataError
from counterpoint.pictures import DayNotes, Motion, motions, score
from unit.pictures.drawings import notes

SVG = "{http://www.w3.org/2000/svg}"
MONDAY = date(2026, 3, 2)


def day(near: float | None = 50, myself: float | None = 50) -> DayNotes:
    return DayNotes("a day", near, myself)


def nodes(svg: str, tag: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}{tag}"))  # noqa: S314 - our own text


def heads(svg: str, keys: int) -> list[tuple[float, float]]:
    """Return where the ovals of the music lie; the key holds the last ones."""
    ovals = nodes(svg, "ellipse")
    return [(float(n.get("cx")), float(n.get("cy"))) for n in ovals[: len(ovals) - keys]]


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in nodes(svg, "text")]


def test_one_tap_is_one_step_of_the_staff() -> None:
    picture = score([day(50, 10.0 * tap) for tap in range(11)], first_on=MONDAY, bars=2)
    levels = [y for _, y in heads(picture.svg, 2)]
    steps = {round(before - after, 2) for before, after in pairwise(levels)}
    assert steps == {5.0}


def test_further_away_stands_further_from_the_line_of_the_day() -> None:
    near, half, far = (heads(score([day(c)], first_on=MONDAY).svg, 2)[0][0] for c in (100, 50, 0))
    assert near - half == pytest.approx(half - far, abs=0.11)
    assert near - far > 20


def test_two_who_felt_near_share_one_stem_and_no_others_do() -> None:
    def stems(near: float, other: float) -> set[str]:
        svg = score([day(near)], first_on=MONDAY, partner=[day(other)]).svg
        return {
            re.match(r"M([\d.]+) ", node.get("d") or "")[1]  # type: ignore[index] # of our own path
            for node in nodes(svg, "path")
            if re.fullmatch(r"M[\d.]+ [\d.]+v-?22", node.get("d") or "")
        }

    assert len(stems(100, 100)) == 1
    assert len(stems(100, 60)) == 2
    assert len(stems(0, 0)) == 2


def test_exchanging_the_two_mirrors_the_spacing() -> None:
    def spread(one: float, two: float) -> float:
        svg = score([day(one)], first_on=MONDAY, partner=[day(two)]).svg
        stems = [
            float(found[1])
            for node in nodes(svg, "path")
            if (found := re.fullmatch(r"M([\d.]+) [\d.]+v-?22", node.get("d") or ""))
        ]
        return max(stems) - min(stems)

    assert spread(20, 90) == pytest.approx(spread(90, 20), abs=0.11)


def test_a_bar_is_a_week_from_monday_on() -> None:
    picture = score(notes(10), first_on=MONDAY + timedelta(days=3))
    assert [t for t in texts(picture.svg) if t.startswith("day ")] == ["day 1", "day 5"]
    assert len({y for _, y in heads(picture.svg, 2)}) > 1


@pytest.mark.parametrize(("bars", "lines"), [(1, 10), (3, 4), (4, 3)])
def test_weeks_wrap_into_lines(bars: int, lines: int) -> None:
    picture = score(notes(70), first_on=MONDAY, bars=bars)
    ends = [n for n in nodes(picture.svg, "path") if n.get("stroke-opacity") == "0.42"]
    assert [(n.get("d") or "").count("M") for n in ends] == [5 * lines]


def test_unknown_days_are_rests_and_a_whole_week_is_one() -> None:
    days = [day() for _ in range(21)]
    days[2] = day(None, None)
    days[7:14] = [day(None, None)] * 7
    svg = score(days, first_on=MONDAY).svg
    blocks = nodes(svg, "rect")
    rests = [n for n in nodes(svg, "path") if n.get("fill-opacity") == "0.75"]
    assert len(blocks) == 1
    assert len(rests) == 2  # the day, and the one in the key
    assert len(heads(svg, 2)) == 13


def test_a_rest_of_one_voice_makes_room_for_the_other() -> None:
    svg = score(
        [day(None, None)], first_on=MONDAY, partner=[day(50, 90)], names=("Robin", "Sam")
    ).svg
    rest = next(n for n in nodes(svg, "path") if n.get("fill-opacity") == "0.75")
    start = float((rest.get("d") or "").split()[1].split("l")[0])
    diamond = next(
        n
        for n in nodes(svg, "path")
        if (n.get("d") or "").endswith("z")
        and n.get("fill") == "var(--voice-b, #98590a)"
        and n is not rest
    )
    top = float((diamond.get("d") or "").split()[1].split("l")[0])
    assert start + 18 < top + 6


def test_a_gap_is_never_sung_over() -> None:
    def melodies(days: list[DayNotes]) -> int:
        svg = score(days, first_on=MONDAY).svg
        return sum(n.get("stroke-opacity") == "0.4" for n in nodes(svg, "path"))

    assert melodies([day(), day(None, None), day()]) == 0
    assert melodies([day(), day(), day(None, None), day()]) == 1


def test_a_day_without_nearness_keeps_its_height_in_brackets() -> None:
    plain, bracketed = (
        nodes(score([day(near)], first_on=MONDAY).svg, "path") for near in (50, None)
    )
    assert len(bracketed) == len(plain) + 2


def test_the_wish_is_an_open_note_and_a_line_of_dots() -> None:
    svg = score(notes(20), first_on=MONDAY, wish=(100, 80)).svg
    hollow = [n for n in nodes(svg, "ellipse") if n.get("fill") == "var(--card, #fdf9f1)"]
    assert len(hollow) == 3 + 1  # each line of music, and the key
    assert "your wish" in texts(svg)
    assert "your wish" not in texts(score(notes(20), first_on=MONDAY).svg)


def test_the_wish_of_one_is_not_drawn_beside_two() -> None:
    one = score(notes(9), first_on=MONDAY, partner=notes(9, shift=1))
    two = score(notes(9), first_on=MONDAY, partner=notes(9, shift=1), wish=(10, 10))
    assert one == two


def test_alone_in_words_and_in_a_table() -> None:
    picture = score([day(70, 40), day(None, None)], first_on=MONDAY, wish=(50, 50))
    assert picture.sentence.startswith("1 day as notes, one bar a week.")
    assert picture.sentence.endswith("The dotted line is how much yourself you wish to be.")
    assert picture.table.rows == (("a day", "40", "70"), ("a day", "not known", "not known"))


def test_motions_by_hand() -> None:
    one = [day(myself=s) for s in (50, 60, 70, 70, 70, None, 50)]
    two = [day(myself=s) for s in (50, 60, 60, 50, 55, 50, 50)]
    assert motions(one, two) == (
        None, Motion.PARALLEL, Motion.OBLIQUE, Motion.OBLIQUE, Motion.REST, None, None,
    )  # fmt: skip
    assert motions([day(), day(myself=60)], [day(), day(myself=30)])[1] is Motion.CONTRARY


def test_motions_are_told_alike_whoever_is_first() -> None:
    one, two = notes(30), notes(30, shift=3)
    assert motions(one, two) == motions(two, one)
    a, b = (
        score(x, first_on=MONDAY, partner=y, names=("Robin", "Sam")).sentence
        for x, y in ((one, two), (two, one))
    )
    assert a.split("From one day")[1] == b.split("From one day")[1]
    assert "Music needs all of these." in a


def test_nothing_to_hold_together_is_not_told() -> None:
    alone = [day(), day(None, None)]
    assert "Music needs" not in score(alone, first_on=MONDAY, partner=alone).sentence


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(DataError, match="at least one day"):
        score([], first_on=MONDAY)
    with pytest.raises(DataError, match="3 days, the first 4"):
        score(notes(4), first_on=MONDAY, partner=notes(3))
    with pytest.raises(DataError, match="1 to 8 weeks"):
        score(notes(4), first_on=MONDAY, bars=0)


def test_names_are_escaped() -> None:
    svg = score(notes(3), first_on=MONDAY, partner=notes(3), names=("<b>", "&")).svg
    assert "<b>" not in svg
