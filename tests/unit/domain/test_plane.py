"""The plane and its corners."""

from __future__ import annotations

import pytest

from counterpoint.domain.plane import MIDLINE, Axis, Corner, Place, corner_of
from counterpoint.errors import DataError


@pytest.mark.parametrize(
    ("connection", "self_points", "corner"),
    [
        (80, 80, Corner.NEAR_AND_MYSELF),
        (80, 20, Corner.NEAR_AND_LESS_MYSELF),
        (20, 80, Corner.APART_AND_MYSELF),
        (20, 20, Corner.APART_AND_LESS_MYSELF),
        (50, 50, Corner.NEAR_AND_MYSELF),
        (50, 49.9, Corner.NEAR_AND_LESS_MYSELF),
        (49.9, 50, Corner.APART_AND_MYSELF),
    ],
)
def test_corner_of(connection: float, self_points: float, corner: Corner) -> None:
    assert corner_of(Place(connection, self_points)) is corner


def test_a_place_is_read_along_its_axes() -> None:
    place = Place(connection=62.0, self=41.0)
    assert [place.along(axis) for axis in Axis] == [62.0, 41.0]
    assert place == Place(62.0, 41.0)
    assert MIDLINE == 50.0


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
def test_a_place_needs_two_finite_numbers(bad: float) -> None:
    with pytest.raises(DataError, match="connection is"):
        Place(bad, 50.0)
    with pytest.raises(DataError, match="self is"):
        Place(50.0, bad)
