"""The diary of one dyad as arrays: what the engine is given."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterpoint.domain.dyad import Member
from counterpoint.engine.states import SWAP, Array, rows_of
from counterpoint.errors import DataError

STEPS_A_DAY = (1, 2, 3)
TAP_ENDS = (-3.0, 3.0)
"""Five and 95 points in units u: where an answer on eleven taps 0, 10, ... 100 may have ended."""
LARGEST_UNIT = 1e6
"""Anything beyond this is a mistake of the caller, not an answer."""


@dataclass(frozen=True, eq=False)
class DyadDiary:
    """Answers of two members, one row per calendar day, or one per check-in of a day.

    Parameters
    ----------
    items
        Answers in units u (see `counterpoint.engine.units`), shape (days, 4, items), float64,
        ``NaN`` where nothing was answered. Axis 1 is connection_a, self_a, connection_b, self_b;
        item 0 of each state is its marker. Days without any answer keep their row.
    inputs
        Marked events of each day, shape (days, m), ``NaN`` where unknown (counted as the
        window's mean). Conflict is 0, .5 or 1. They enter the model centred.
    together
        Time together h of each day, shape (days,), .5, 1 or 1.5; ``NaN`` counts as 1.
    dyad_id
        Name of the dyad; enters the seed and nothing else.
    steps_a_day
        Check-ins a day, 1, 2 or 3: rows are then halves or thirds of days, a check-in that was
        not made is a row without answers, and every coupling is one from step to step.
    ends
        Where the scale ends, (low, high) in units u: an answer at or below the first, or at or
        above the second, is known only to lie there or beyond. On eleven taps these are
        `TAP_ENDS`, half a tap inside. ``None`` takes every answer at its word.

    Raises
    ------
    DataError
        If a shape does not fit, a value is infinite or absurdly large, ``together`` is not
        positive, the rows are not whole days, or the low end is not below the high one.

    Notes
    -----
    The diary of a person alone is a dyad whose member b never answered.
    """

    items: Array
    inputs: Array | None = None
    together: Array | None = None
    dyad_id: str = ""
    steps_a_day: int = 1
    ends: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        items = _frozen_copy(self.items)
        if items.ndim != 3 or items.shape[1] != 4 or items.shape[0] < 1 or items.shape[2] < 1:
            raise DataError(
                f"items must have the shape (days, 4, items); it has {items.shape}. "
                "Axis 1 is connection_a, self_a, connection_b, self_b."
            )
        _refuse_absurd("items", items)
        object.__setattr__(self, "items", items)
        days = items.shape[0]
        if self.steps_a_day not in STEPS_A_DAY or days % self.steps_a_day:
            raise DataError(
                "steps_a_day must be 1, 2 or 3, and the rows whole days: "
                f"{days} rows are not whole days of {self.steps_a_day} check-ins."
            )
        if self.ends is not None and not self.ends[0] < self.ends[1]:
            raise DataError("ends are (low, high): the low end of the scale below the high one.")
        inputs = np.zeros((days, 0)) if self.inputs is None else self.inputs
        inputs = _frozen_copy(inputs)
        if inputs.ndim != 2 or inputs.shape[0] != days:
            raise DataError(
                f"inputs must have the shape ({days}, m), one row a day; it has {inputs.shape}."
            )
        _refuse_absurd("inputs", inputs)
        object.__setattr__(self, "inputs", inputs)
        if self.together is not None:
            together = _frozen_copy(self.together)
            if together.shape != (days,):
                raise DataError(
                    f"together must have the shape ({days},), one number a day; "
                    f"it has {together.shape}."
                )
            _refuse_absurd("together", together)
            if np.any(together <= 0):
                raise DataError("together must be positive: .5, 1 or 1.5, or NaN when unknown.")
            object.__setattr__(self, "together", together)

    @property
    def days(self) -> int:
        """Number of rows, answered or not: calendar days, with one check-in a day."""
        return int(self.items.shape[0])

    @property
    def calendar_days(self) -> int:
        """Number of calendar days, answered or not."""
        return self.days // self.steps_a_day

    @property
    def item_count(self) -> int:
        """Number of items per state."""
        return int(self.items.shape[2])

    @property
    def answered(self) -> npt.NDArray[np.bool_]:
        """Whether each member answered both marker items of a row, shape (days, 2)."""
        marker = ~np.isnan(self.items[:, :, 0])
        return np.stack([marker[:, 0] & marker[:, 1], marker[:, 2] & marker[:, 3]], axis=1)

    @property
    def answered_days(self) -> tuple[int, int]:
        """Calendar days on which member a, and member b, answered both marker items."""
        by_day = self.answered.reshape(self.calendar_days, self.steps_a_day, 2)
        counts = by_day.any(axis=1).sum(axis=0)
        return int(counts[0]), int(counts[1])

    def observes(self, member: Member) -> bool:
        """Whether a member answered anything at all."""
        return bool(np.any(~np.isnan(self.items[:, rows_of(member), :])))

    @property
    def beyond(self) -> Array:
        """Which answers lie at an end: 1 at the high one, -1 at the low one, else 0."""
        if self.ends is None:
            return np.zeros(self.items.shape)
        low, high = self.ends
        return np.where(self.items >= high, 1.0, np.where(self.items <= low, -1.0, 0.0))

    @property
    def event_counts(self) -> tuple[int, ...]:
        """On how many rows each event was marked with more than nothing."""
        if self.inputs is None:
            return ()
        return tuple(int(count) for count in np.sum(self.inputs > 0, axis=0))

    @property
    def centred_inputs(self) -> Array:
        """Inputs minus their mean over the window, unknown as 0, shape (days, m)."""
        inputs = np.zeros((self.days, 0)) if self.inputs is None else self.inputs
        known = ~np.isnan(inputs)
        counts = np.maximum(known.sum(axis=0), 1)
        mean = np.where(known, inputs, 0.0).sum(axis=0) / counts
        return np.where(known, inputs - mean, 0.0)

    @property
    def time_together(self) -> Array:
        """Time together of each day, unknown as 1, shape (days,)."""
        if self.together is None:
            return np.ones(self.days)
        return np.where(np.isnan(self.together), 1.0, self.together)

    def swapped(self) -> DyadDiary:
        """Return the same diary with the two members exchanged."""
        return DyadDiary(
            items=self.items[:, SWAP, :],
            inputs=self.inputs,
            together=self.together,
            dyad_id=self.dyad_id,
            steps_a_day=self.steps_a_day,
            ends=self.ends,
        )

    def fingerprint(self) -> bytes:
        """Return 16 bytes that depend on every number and on the dyad's name."""
        digest = hashlib.blake2b(digest_size=16)
        digest.update(self.dyad_id.encode())
        if self.steps_a_day != 1:
            digest.update(f"steps {self.steps_a_day}".encode())
        if self.ends is not None:
            digest.update(f"ends {self.ends[0]!r} {self.ends[1]!r}".encode())
        parts = (self.items, self.centred_inputs, self.time_together)
        for part in parts:
            digest.update(repr(part.shape).encode())
            digest.update(np.ascontiguousarray(part + 0.0).tobytes())
        return digest.digest()


def seed_of(diary: DyadDiary, *, base: int = 0) -> int:
    """Return a 32-bit seed that depends on the dyad's name, its answers and ``base``.

    The same diary gets the same draws alone or within a cohort, whatever the order.
    """
    digest = hashlib.blake2b(diary.fingerprint(), digest_size=4, key=str(base).encode()[:64])
    return int.from_bytes(digest.digest(), "little")


def _frozen_copy(values: Array) -> Array:
    """Own, read-only, contiguous float64."""
    copy = np.array(values, dtype=np.float64, order="C")
    copy.setflags(write=False)
    return copy


def _refuse_absurd(name: str, values: Array) -> None:
    if np.any(np.isinf(values)) or np.any(np.abs(values) > LARGEST_UNIT):
        raise DataError(f"{name} holds an infinite or absurdly large number; use NaN for missing.")
