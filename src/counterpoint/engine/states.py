"""The four states in index order, and the reordering that swaps the two members."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from counterpoint.domain.couplings import STATES
from counterpoint.domain.dyad import Member

Array = npt.NDArray[np.float64]
"""A float64 array; the shape stands in the docstring of its owner."""

STATE_NAMES: tuple[str, ...] = tuple(state.value for state in STATES)
"""``("connection_a", "self_a", "connection_b", "self_b")``."""

SWAP = np.array([2, 3, 0, 1])
"""Index order of the states after the two members have changed places."""

CONNECTION_ROWS = np.array([0, 2])
SELF_ROWS = np.array([1, 3])

CROSS_MASK = np.array(
    [
        [0.0, 0.0, 1.0, 1.0],
        [0.0, 0.0, 1.0, 1.0],
        [1.0, 1.0, 0.0, 0.0],
        [1.0, 1.0, 0.0, 0.0],
    ]
)
"""1 where a coupling runs from one member to the other, shape (4, 4)."""


def rows_of(member: Member) -> tuple[int, int]:
    """Return the positions of a member's connection and self in a state vector."""
    return (0, 1) if member is Member.A else (2, 3)
