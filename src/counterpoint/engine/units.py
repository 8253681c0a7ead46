"""Points a person sees, and the units the model works in.

``u = (points - 50) / 15``: the middle of the scale is zero and a typical spread between people
is one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from counterpoint.engine.states import Array

MIDDLE_POINTS = 50.0
POINTS_PER_UNIT = 15.0
FLOOR_POINTS = 0.5
"""Answers at or below stand at the bottom of the scale."""
CEILING_POINTS = 99.5
"""Answers at or above stand at its top."""


def to_units(points: npt.ArrayLike) -> Array:
    """Turn points (0 to 100) into units u of the model; any shape."""
    return (np.asarray(points, dtype=np.float64) - MIDDLE_POINTS) / POINTS_PER_UNIT


def to_points(units: npt.ArrayLike) -> Array:
    """Turn units u of the model into points (0 to 100); any shape."""
    return MIDDLE_POINTS + POINTS_PER_UNIT * np.asarray(units, dtype=np.float64)
