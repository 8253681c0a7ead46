"""A small run of the differencing attack; `tests/attacks/differencing.py` is the whole of it."""

from __future__ import annotations

import pytest

from attacks.differencing import attack, rates
from counterpoint.engine import backend_ready

COUPLES = 8


@pytest.mark.skipif(not backend_ready(), reason="needs the compiled sampler (counterpoint warmup)")
def test_bands_tell_no_more_than_nothing_and_a_daily_matrix_tells_all() -> None:
    without, release, daily = rates([attack(number) for number in range(COUPLES)])
    assert daily >= 0.9
    assert release <= without + 1.5 / COUPLES
