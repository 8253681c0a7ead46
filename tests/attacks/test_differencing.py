"""A small run of the differencing attack; `tests/attacks/differencing.py` is the whole of it.

Each couple is attacked without and with a picture, so that the two can be compared in each couple:
if a picture tells nothing, a guess that it turned right is as likely as one that it turned wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import comb

import pytest

from attacks.differencing import TABLE, Hits, attack
from engine_cases import require_compiled

COUPLES = 12
BY_CHANCE = 0.01
LEAST_COUPLES = 200


def gain_by_chance(without: Sequence[bool], told: Sequence[bool]) -> float:
    """Return how likely at least so many of the changed guesses turn right by chance alone."""
    changed = [after for before, after in zip(without, told, strict=True) if before is not after]
    most = len(changed)
    return float(sum(comb(most, right) for right in range(sum(changed), most + 1)) / 2**most)


@pytest.fixture(scope="module")
def hits() -> list[Hits]:
    require_compiled()
    return [attack(number) for number in range(COUPLES)]


def test_a_joint_picture_tells_no_more_than_chance_does(hits: list[Hits]) -> None:
    without = [hit.without for hit in hits]
    assert gain_by_chance(without, [hit.release for hit in hits]) > BY_CHANCE


def test_the_same_attack_finds_what_a_daily_matrix_tells(hits: list[Hits]) -> None:
    without, daily = [hit.without for hit in hits], [hit.daily for hit in hits]
    assert sum(daily) / len(daily) >= 0.9
    assert gain_by_chance(without, daily) < BY_CHANCE


def test_the_table_is_of_enough_couples_and_says_the_same() -> None:
    page = TABLE.read_text(encoding="utf-8")
    couples = int(re.search(r"differencing\.py (\d+)`", page)[1])
    without, release, daily = (float(rate) for rate in re.findall(r"\| (\d\.\d{3}) \|", page))
    error = float(re.search(r"standard error of (\d\.\d{3})", page)[1])
    assert couples >= LEAST_COUPLES
    assert release - without <= 2 * error
    assert daily >= 0.9
