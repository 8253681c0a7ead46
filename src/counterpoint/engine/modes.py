"""Eigenvalues of a transition: how long a shake lasts, and, in the lab, how it swings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterpoint.engine.states import Array

VISIBLE_TURN = 1.2
VISIBLE_SIZE = 0.4


def half_life_days(transition: Array, *, steps_a_day: int = 1) -> Array:
    r"""Return after how many days the slowest shake has halved, ``ln 2 / -ln max|l|``.

    Parameters
    ----------
    transition
        A ``[effect, cause]``, shape (..., 4, 4), spectral radius below one.
    steps_a_day
        Rows a day.

    Returns
    -------
    ndarray
        Days, shape (...); 0 where nothing carries over.
    """
    radius = np.abs(np.linalg.eigvals(transition)).max(axis=-1)
    safe = np.clip(radius, 1e-12, 1.0 - 1e-12)
    return np.asarray(np.log(2.0) / -np.log(safe) / steps_a_day)


@dataclass(frozen=True)
class Mode:
    """One eigenvalue l of a transition. For the lab only: never shown about a real couple.

    Parameters
    ----------
    size
        ``|l|``.
    half_life_days
        ``ln 2 / -ln|l|``.
    turn
        ``|arg l| / -ln|l|``: radians in the time the mode shrinks to 1/e.
    period_days
        ``2 pi / |arg l|``; ``None`` where it does not swing.
    is_visible_cycle
        Whether an eye can see it swing: turn above 1.2 with a size above .4.
    """

    size: float
    half_life_days: float
    turn: float
    period_days: float | None
    is_visible_cycle: bool


def modes_of(transition: Array) -> tuple[Mode, ...]:
    """Return the modes of one transition, shape (4, 4), the slowest first; pairs count once."""
    values = np.linalg.eigvals(transition)
    values = values[np.imag(values) >= -1e-12]
    modes = []
    for value in values[np.argsort(-np.abs(values), kind="stable")]:
        size = float(np.clip(np.abs(value), 1e-12, 1.0 - 1e-12))
        angle = float(np.abs(np.angle(value))) if abs(np.imag(value)) > 1e-9 else 0.0
        turn = angle / -np.log(size)
        modes.append(
            Mode(
                size=size,
                half_life_days=float(np.log(2.0) / -np.log(size)),
                turn=float(turn),
                period_days=2.0 * np.pi / angle if angle else None,
                is_visible_cycle=bool(turn > VISIBLE_TURN and size > VISIBLE_SIZE),
            )
        )
    return tuple(modes)
