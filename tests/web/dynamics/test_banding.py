"""Words for how often: from a word and one's own answers no single day follows."""

from __future__ import annotations

from itertools import product

import pytest

from counterpoint.domain.bearings import Often
from counterpoint.web.dynamics.banding import (
    SharedDays,
    adapt_detach_days,
    often_of,
    way_back_days,
)

WAYS = (frozenset({"gave_in"}), frozenset({"shut_down"}), frozenset({"stayed"}))


@pytest.mark.parametrize("days", range(1, 7))
def test_no_answer_of_a_single_day_follows_from_the_word_adapt_detach(days: int) -> None:
    for mine in product(WAYS, repeat=days):
        if mine != tuple(sorted(mine, key=WAYS.index)):
            continue  # the order of days changes nothing
        left: dict[Often, list[set[frozenset[str]]]] = {}
        for theirs in product(WAYS, repeat=days):
            word = often_of(adapt_detach_days(mine, theirs))
            open_days = left.setdefault(word, [set() for _ in range(days)])
            for at, way in enumerate(theirs):
                open_days[at].add(way)
        for word, open_days in left.items():
            for ways in open_days:
                assert len(ways) == len(WAYS), (word, mine)


@pytest.mark.parametrize("days", range(1, 9))
def test_no_answer_of_a_single_day_follows_from_the_word_way_back(days: int) -> None:
    for own in range(days + 1):
        mine = [at < own for at in range(days)]
        left: dict[Often, list[set[bool]]] = {}
        for theirs in product((False, True), repeat=days):
            word = often_of(way_back_days(zip(mine, theirs, strict=True)))
            open_days = left.setdefault(word, [set() for _ in range(days)])
            for at, answer in enumerate(theirs):
                open_days[at].add(answer)
        for word, open_days in left.items():
            assert all(len(answers) == 2 for answers in open_days), (word, mine)


@pytest.mark.parametrize(
    ("shared", "word"),
    [
        (SharedDays(days=3, possible_a=3, possible_b=3, count=3), Often.NOT_SAID),
        (SharedDays(days=8, possible_a=1, possible_b=8, count=1), Often.HARDLY_EVER),
        (SharedDays(days=8, possible_a=3, possible_b=8, count=3), Often.NOT_SAID),
        (SharedDays(days=9, possible_a=4, possible_b=5, count=1), Often.HARDLY_EVER),
        (SharedDays(days=9, possible_a=4, possible_b=5, count=2), Often.NOW_AND_THEN),
        (SharedDays(days=9, possible_a=4, possible_b=5, count=3), Often.OFTEN),
        (SharedDays(days=9, possible_a=4, possible_b=6, count=3), Often.NOT_SAID),
        (SharedDays(days=20, possible_a=16, possible_b=12, count=3), Often.HARDLY_EVER),
        (SharedDays(days=20, possible_a=16, possible_b=12, count=8), Often.NOW_AND_THEN),
        (SharedDays(days=20, possible_a=16, possible_b=12, count=9), Often.OFTEN),
    ],
)
def test_words(shared: SharedDays, word: Often) -> None:
    assert often_of(shared) is word
    assert often_of(
        SharedDays(shared.days, shared.possible_b, shared.possible_a, shared.count)
    ) is word  # fmt: skip


def test_whether_there_is_a_word_does_not_hang_on_the_count() -> None:
    for days, a, b in product(range(12), repeat=3):
        if max(a, b) <= days:
            words = {
                often_of(SharedDays(days, a, b, count)) is Often.NOT_SAID
                for count in range(min(a, b) + 1)
            }
            assert len(words) == 1


def test_dance_days_are_counted_either_way_round() -> None:
    gave, shut, both = (
        frozenset({"gave_in"}),
        frozenset({"shut_down"}),
        frozenset({"gave_in", "shut_down"}),
    )
    found = adapt_detach_days([gave, shut, gave, both], [shut, gave, gave, frozenset({"pushed"})])
    assert found == SharedDays(days=4, possible_a=4, possible_b=3, count=2)
