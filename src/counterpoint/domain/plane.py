"""The plane: how near, and how much oneself.

Connection and self are two axes, because people can have both, either, or neither. The read-out
of the plane is a place told against the person's own wish, never against a cut-off.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from counterpoint.errors import DataError

MIDLINE = 50.0
"""Where the corners meet on both axes, in points (the middle tap of the check-in)."""


class Axis(StrEnum):
    """One of the two needs of a person."""

    CONNECTION = "connection"
    """Felt closeness to the partner."""

    SELF = "self"
    """Being steady, honest, and with own needs and voice."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the plane.

    Parameters
    ----------
    connection
        Felt closeness, in points; a tap is 0 to 100, a fitted place can lie slightly outside.
    self
        Being oneself, in points; as `connection`.

    Raises
    ------
    DataError
        When a coordinate is not a finite number: leave the place out instead.
    """

    connection: float
    self: float

    def __post_init__(self) -> None:
        for axis in Axis:
            value = self.along(axis)
            if not math.isfinite(value):
                raise DataError(
                    f"a place needs two finite numbers, but {axis.value} is {value}; "
                    "leave the place out when an answer is missing"
                )

    def along(self, axis: Axis) -> float:
        """Return the coordinate on one axis, in points."""
        return self.connection if axis is Axis.CONNECTION else self.self


class Corner(StrEnum):
    """One of the four corners a day can be counted in.

    Corners only sort a person's own days so that their own words can be read beside them; they
    are not a finding, and no number is derived from them.
    """

    NEAR_AND_MYSELF = "near_and_myself"
    NEAR_AND_LESS_MYSELF = "near_and_less_myself"
    APART_AND_MYSELF = "apart_and_myself"
    APART_AND_LESS_MYSELF = "apart_and_less_myself"


def corner_of(place: Place) -> Corner:
    """Return the corner a place lies in.

    Parameters
    ----------
    place
        A point of the plane; an answer exactly in the middle (50 points) counts as near and as
        oneself, on both axes alike.

    Returns
    -------
    Corner
        The corner of the plane.
    """
    near = place.connection >= MIDLINE
    myself = place.self >= MIDLINE
    if near:
        return Corner.NEAR_AND_MYSELF if myself else Corner.NEAR_AND_LESS_MYSELF
    return Corner.APART_AND_MYSELF if myself else Corner.APART_AND_LESS_MYSELF
