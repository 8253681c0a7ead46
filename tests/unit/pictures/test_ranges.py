from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from counterpoint.content import LANGUAGES, load_content
from counterpoint.domain.couplings import STATES, State
from counterpoint.domain.dyad import Member
from counterpoint.errors import DataError
from counterpoint.pictures import (
    Interval,
    Picture,
    Table,
    coupling_label,
    coupling_matrix,
    interval_ladder,
    same_day,
)
from counterpoint.pictures.canvas import number, wrap
from counterpoint.pictures.palette import choose_palette

SVG = "{http://www.w3.org/2000/svg}"


def bars(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}rect"))  # noqa: S314 - our own text


def test_bar_runs_from_low_to_high() -> None:
    (bar,) = bars(same_day([Interval("x", -0.5, 0.0, 0.5)]).svg)
    assert float(bar.get("x")) == pytest.approx(14 + 312 * 0.25)
    assert float(bar.get("width")) == pytest.approx(312 * 0.5)


def test_a_range_past_the_reach_is_cut_in_the_drawing_and_whole_in_the_table() -> None:
    picture = interval_ladder([Interval("x", -2.0, 0.0, 2.0)], reach=0.5)
    (bar,) = bars(picture.svg)
    assert float(bar.get("width")) == pytest.approx(312)
    assert picture.table.rows[0][2] == "-2.00 to +2.00"


def test_pale_when_mostly_prior_solid_when_mostly_data() -> None:
    pale, solid = bars(
        same_day([Interval("x", -1, 0, 1, mostly_prior=True), Interval("y", -1, 0, 1)]).svg
    )
    assert float(pale.get("fill-opacity")) < float(solid.get("fill-opacity"))
    assert pale.get("stroke-dasharray")
    assert not solid.get("stroke-dasharray")


def test_only_what_may_be_said_is_said() -> None:
    rows = [Interval("One", 0.1, 0.4, 0.6, said=True), Interval("Two", 0.0, 0.4, 0.6)]
    sentence = same_day(rows, days=25).sentence
    assert "after 25 days" in sentence
    assert "One: go together" in sentence
    assert "Two" not in sentence
    assert "cannot tell" in sentence
    assert "cannot tell" not in same_day(rows[:1]).sentence


def test_ranges_out_of_order_are_refused() -> None:
    with pytest.raises(DataError, match="not in order"):
        Interval("x", 0.5, 0.1, 0.9)


def test_matrix_has_a_row_for_what_moves_and_a_column_for_what_moves_it() -> None:
    picture = coupling_matrix(
        {(State.SELF_A, State.CONNECTION_B): Interval("x", -0.1, 0.0, 0.1, voice=Member.A)}
    )
    (bar,) = bars(picture.svg)
    x = float(bar.get("x")) + float(bar.get("width")) / 2
    y = float(bar.get("y")) + float(bar.get("height")) / 2
    assert x == pytest.approx(82 + 63 * 2.5, abs=0.2)
    assert y == pytest.approx(66 + 46 * 1.5, abs=0.2)


def test_swapping_the_partners_swaps_the_labels() -> None:
    swap = {s: State(f"{s.axis.value}_{s.member.other.value}") for s in STATES}
    for effect in STATES:
        for cause in STATES:
            straight = coupling_label(effect, cause, ("Robin", "Sam"))
            assert coupling_label(swap[effect], swap[cause], ("Sam", "Robin")) == straight


def test_pale_ranges_are_owned_up_to() -> None:
    cells = {
        (e, c): Interval("x", -0.1, 0, 0.1, mostly_prior=e is c) for e in STATES for c in STATES
    }
    assert "4 of them" in coupling_matrix(cells).sentence


def test_a_picture_needs_a_sentence_and_a_whole_table() -> None:
    with pytest.raises(DataError, match="sentence"):
        Picture("<svg/>", " ", Table((), ()), "x")
    with pytest.raises(DataError, match="1 cells for 2 headings"):
        Table(("a", "b"), (("1",),))


def test_numbers_and_words_for_attributes() -> None:
    assert [number(v) for v in (1.0, -0.01, 2.25, 100)] == ["1", "0", "2.2", "100"]
    with pytest.raises(DataError):
        number(float("nan"))
    assert wrap("one two three", 40) == ["one", "two", "three"]
    assert "".join(wrap("x" * 90, 100)) == "x" * 90
    with pytest.raises(DataError):
        choose_palette("night")


def test_a_key_that_is_no_id_is_refused() -> None:
    with pytest.raises(DataError, match="key"):
        same_day([Interval("x", 0, 0, 0)], key='"><script>')


def test_a_short_name_of_each_language_is_drawn_whole_and_a_table_cuts_none() -> None:
    effect, cause = STATES[1], STATES[2]
    for language in LANGUAGES:
        short = load_content(language).phrase("picture.partner_short")
        picture = coupling_matrix({}, names=("A", short), language=language)
        assert picture.svg.count(f">{short}</text>") == 4
    long = "Maximiliane-Katharina"
    assert long in coupling_label(effect, cause, ("A", long))
    assert long not in coupling_matrix({}, names=("A", long)).svg
