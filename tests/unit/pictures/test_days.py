from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from counterpoint.domain.plane import Corner
from counterpoint.errors import DataError
from counterpoint.pictures import DayNotes, days_strip, four_corners, known_days
from unit.pictures.drawings import notes

SVG = "{http://www.w3.org/2000/svg}"


def count(svg: str, tag: str) -> int:
    return sum(1 for _ in ET.fromstring(svg).iter(f"{SVG}{tag}"))  # noqa: S314 - our own text


def pieces(svg: str, look: str) -> int:
    """Return of how many pieces the paths are that are filled, or only drawn along."""
    return sum(
        (node.get("d") or "").count("M")
        for node in ET.fromstring(svg).iter(f"{SVG}path")  # noqa: S314 - our own text
        if (node.get("fill") == "none") is (look == "line")
    )


def rests(svg: str) -> int:
    return pieces(svg, "filled")


def lines(svg: str) -> int:
    return pieces(svg, "line")


def test_a_note_for_each_known_day_and_a_rest_for_each_other() -> None:
    days = notes(20)
    picture = days_strip(days)
    assert known_days(days) == 15
    assert count(picture.svg, "ellipse") == 2 * 15
    assert rests(picture.svg) == 2 * 5
    assert picture.sentence.startswith("15 days")
    assert picture.table.rows[3] == ("day 4", "not known", "not known")


def test_a_gap_is_never_bridged_by_a_line() -> None:
    days = [DayNotes("1", 50, 50), DayNotes("2"), DayNotes("3", 60, 60)]
    assert lines(days_strip(days).svg) == 0
    days[1] = DayNotes("2", 55, 55)
    assert lines(days_strip(days).svg) == 2
    days = [DayNotes(str(at), 50, 50) if at % 3 else DayNotes(str(at)) for at in range(9)]
    assert lines(days_strip(days).svg) == 2 * 3


def test_a_day_half_answered_keeps_the_half() -> None:
    picture = days_strip([DayNotes("1", connection=50)])
    assert count(picture.svg, "ellipse") == 1
    assert picture.table.rows == (("1", "50", "not known"),)
    assert picture.sentence.startswith("0 days")


def test_a_rest_only_where_neither_of_the_two_is_known() -> None:
    one = [DayNotes("1", 50, 50), DayNotes("2")]
    two = [DayNotes("1"), DayNotes("2")]
    assert rests(days_strip(one, partner=two).svg) == 2 + 1  # and the diamond of the names


def test_bands_are_drawn_when_there() -> None:
    plain = [DayNotes(str(i), 50, 50) for i in range(5)]
    banded = [DayNotes(str(i), 50, 50, (40, 60), (45, 55)) for i in range(5)]
    assert count(days_strip(banded).svg, "path") == count(days_strip(plain).svg, "path") + 2


def test_no_days_is_an_invitation_not_a_reproach() -> None:
    assert days_strip([]).sentence == "No days yet. Each evening you answer becomes one note here."


def test_voices_of_different_length_are_refused() -> None:
    with pytest.raises(DataError, match="3 days, the first 4"):
        days_strip(notes(4), partner=notes(3))


@pytest.mark.parametrize(
    ("days", "drawn"), [(0, 0), (1, 1), (7, 7), (70, 70), (240, 240), (241, 35), (9000, 25)]
)
def test_one_dot_a_day_inside_the_field(days: int, drawn: int) -> None:
    picture = four_corners({Corner.NEAR_AND_MYSELF: days})
    root = ET.fromstring(picture.svg)  # noqa: S314 - our own text
    dots = list(root.iter(f"{SVG}ellipse"))
    assert len(dots) == drawn
    assert ("One dot stands for" in picture.sentence) is (drawn < days)
    for dot in dots:
        assert 175 < float(dot.get("cx")) < 335
        assert 34 < float(dot.get("cy")) < 92
    assert ("near and myself", str(days)) in picture.table.rows


def test_corners_are_told_alike() -> None:
    picture = four_corners(dict.fromkeys(Corner, 1))
    assert picture.sentence == (
        "Of your 4 days: 1 day apart and myself, 1 day near and myself, "
        "1 day apart and less myself, 1 day near and less myself."
    )


def test_negative_days_are_refused() -> None:
    with pytest.raises(DataError):
        four_corners({Corner.NEAR_AND_MYSELF: -1})
