from __future__ import annotations

import math
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.errors import DataError
from counterpoint.pictures import Mark, MarkKind, cohort_plane, ellipse_axes, plane
from counterpoint.pictures.plane import position

SVG = "{http://www.w3.org/2000/svg}"


def ellipses(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}ellipse"))  # noqa: S314 - our own text


def test_round_spread_gives_a_circle_of_the_90_percent_point() -> None:
    long, short, _ = ellipse_axes(((25.0, 0.0), (0.0, 25.0)))
    assert long == pytest.approx(5 * math.sqrt(4.605170), rel=1e-6)
    assert short == pytest.approx(long)


def test_turn_points_along_the_longer_axis() -> None:
    assert ellipse_axes(((9.0, 0.0), (0.0, 4.0)))[2] == pytest.approx(0)
    assert abs(ellipse_axes(((4.0, 0.0), (0.0, 9.0)))[2]) == pytest.approx(90)
    assert ellipse_axes(((5.0, 3.0), (3.0, 5.0)))[2] == pytest.approx(45)


@given(st.floats(0.1, 400), st.floats(0.1, 400), st.floats(-0.95, 0.95), st.floats(0, 2 * math.pi))
def test_points_of_the_ellipse_lie_at_the_90_percent_distance(
    v1: float, v2: float, r: float, angle: float
) -> None:
    c = r * math.sqrt(v1 * v2)
    long, short, turn = ellipse_axes(((v1, c), (c, v2)))
    t = math.radians(turn)
    u, v = long * math.cos(angle), short * math.sin(angle)
    x, y = u * math.cos(t) - v * math.sin(t), u * math.sin(t) + v * math.cos(t)
    det = v1 * v2 - c * c
    distance = (v2 * x * x - 2 * c * x * y + v1 * y * y) / det
    assert distance == pytest.approx(4.605170, rel=1e-5)


@pytest.mark.parametrize(
    "spread",
    [
        ((1.0, 2.0), (2.0, 1.0)),
        ((-1.0, 0.0), (0.0, 1.0)),
        ((1.0, 0.3), (0.1, 1.0)),
        ((math.nan, 0.0), (0.0, 1.0)),
        ((math.inf, 0.0), (0.0, 1.0)),
    ],
)
def test_refuses_what_is_no_covariance(spread) -> None:
    with pytest.raises(DataError):
        ellipse_axes(spread)


def test_near_is_right_and_myself_is_up() -> None:
    far, near = position(Place(10, 50)), position(Place(90, 50))
    less, more = position(Place(50, 10)), position(Place(50, 90))
    assert near[0] > far[0]
    assert near[1] == far[1]
    assert more[1] < less[1]
    assert position(Place(130, -20)) == position(Place(100, 0))


def test_one_ellipse_more_where_the_place_has_a_range() -> None:
    bare = plane([Mark(Place(50, 50), MarkKind.PLACE, "Here")])
    ranged = plane([Mark(Place(50, 50), MarkKind.PLACE, "Here", spread=((20, 0), (0, 20)))])
    assert len(ellipses(ranged.svg)) == len(ellipses(bare.svg)) + 1
    assert "between 43 and 57" in ranged.sentence
    assert "between" not in bare.sentence


def test_partners_differ_in_shape_and_in_line_not_only_in_colour() -> None:
    spread = ((20.0, 0.0), (0.0, 20.0))
    a = plane([Mark(Place(50, 50), MarkKind.PLACE, "x", Member.A, spread)])
    b = plane([Mark(Place(50, 50), MarkKind.PLACE, "x", Member.B, spread)])
    assert "stroke-dasharray" not in a.svg
    assert "stroke-dasharray" in b.svg
    assert len(ellipses(a.svg)) == 3  # range, head, head in the legend
    assert len(ellipses(b.svg)) == 1  # range only: the heads are diamonds
    assert a.sentence == b.sentence


def test_same_input_same_bytes() -> None:
    marks = [Mark(Place(51.26, 48.9), MarkKind.PLACE, "Here", spread=((20, 3), (3, 20)))]
    assert plane(marks).svg == plane(list(marks)).svg


@given(st.text(max_size=60))
def test_any_label_gives_well_formed_text(label: str) -> None:
    picture = plane([Mark(Place(50, 50), MarkKind.NOW, label)])
    ET.fromstring(picture.svg)  # noqa: S314 - our own text
    assert "<script" not in picture.svg


def test_without_marks_it_says_so() -> None:
    picture = plane([])
    assert "without a mark" in picture.sentence
    assert picture.table.rows == ()


def test_a_large_cohort_is_thinned_and_the_caption_says_so() -> None:
    pair = (Place(60, 60), Place(50, 70))
    picture = cohort_plane([pair] * 1000)
    assert "1000 couples" in picture.sentence
    assert "334 of them drawn" in picture.sentence
    assert picture.table.rows[0] == ("a", "1000", "60", "60")
    assert "without a couple" in cohort_plane([]).sentence


def test_a_pale_mark_is_drawn_pale_and_named_like_any_other() -> None:
    then = Mark(Place(20.0, 30.0), MarkKind.WISH, "at first", pale=True)
    now = Mark(Place(70.0, 60.0), MarkKind.WISH, "now")
    drawn = plane([then, now])
    assert drawn.svg.count('<g opacity="0.5">') == 2  # on the plane, and in the legend
    assert plane([now]).svg.count("<g opacity") == 0
    assert "At first: nearness 20" in drawn.sentence
