"""Whether the other answers, and how much, changes no byte of one's own pages.

Case 5: a partner reads B's activity from own pages (counts, "based on 23 days").
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import numpy as np
import pytest
import time_machine

from counterpoint.domain.couplings import Cost
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import services as assessment
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.couples.kinds import CardKind, Kind
from counterpoint.web.couples.models import Couple
from counterpoint.web.couples.services import lay_card
from counterpoint.web.diary.services import draw_order as draw_items
from counterpoint.web.dynamics.services import maps, solo
from factories import browser_of
from pairs import OCTOBER, SUNDAY, join, share, share_both
from people import make_person
from quiet import HELD, answer
from web.dynamics.both_evenings import write_taps
from web.worlds import all_got, all_paths, differences, in_a_world

YESTERDAY = date(2026, 10, 31)
NOBODY = uuid.UUID(int=7)


@pytest.fixture
def two(db: None) -> Iterator[tuple[User, User, Couple]]:
    """A, who answered for three weeks and has a picture, and B; they share their patterns."""
    with time_machine.travel(OCTOBER, tick=False) as calendar:
        a, b = make_person("a"), make_person("b")
        couple = join(a, b)
        share_both(a, b, Kind.PATTERNS)
        for person in (a, b):
            assessment.draw_order(person)  # drawn by chance at the first look
            draw_items(person)
        calendar.move_to(SUNDAY)
        _write(a, 21)
        assert solo.fit_person(a, backend="portable")
        yield a, b, couple


def _write(person: User, days: int, last: date = YESTERDAY) -> None:
    rng = np.random.default_rng(11)
    write_taps(person, rng.integers(2, 9, (days, 2, 3)).astype(float), last=last, rng=rng)


def _marks(b: User) -> None:
    assessment.place_mark(b, MarkKind.WISH, connection_points=90, self_points=20, key=uuid.uuid4())


def _questions(b: User) -> None:
    for item_id in assessment.draw_order(b).item_ids:
        assessment.answer_item(b, item_id, 3)


def _fit(b: User) -> None:
    _write(b, 23)
    solo.fit_person(b, backend="portable")


DEEDS: dict[str, Callable[[User, Couple], object]] = {
    "one evening": lambda b, _: _write(b, 1),
    "twenty-three evenings": lambda b, _: _write(b, 23),
    "evenings long ago": lambda b, _: _write(b, 9, YESTERDAY - timedelta(days=200)),
    "a picture of their own": lambda b, _: _fit(b),
    "a wish": lambda b, _: _marks(b),
    "all the questions": lambda b, _: _questions(b),
    "the quiet check": lambda b, _: answer(b, HELD),
    "more that could be shared": lambda b, _: share(b, Kind.DAYS, Kind.PRACTICE),
    "a card face down": lambda b, _: lay_card(b, CardKind.WISH, "face down"),
    "a map of their own": lambda b, couple: maps.save_map(b, couple.pk, dict.fromkeys(Cost, 4)),
    "a visit": lambda b, _: browser_of(b).get("/today/"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_one_sees_tells_whether_the_other_answered(
    deed: str, two: tuple[User, User, Couple]
) -> None:
    a, b, couple = two
    paths = all_paths(YESTERDAY, NOBODY)
    before = in_a_world(lambda: None, lambda: all_got(a, paths))
    assert sum(got.status == 200 for got in before) > 25
    assert any(b"21 answered days" in got.body for got in before)
    after = in_a_world(lambda: DEEDS[deed](b, couple), lambda: all_got(a, paths))
    assert differences(before, after) == []


def test_what_one_answers_oneself_is_seen(two: tuple[User, User, Couple]) -> None:
    """The same look does find a difference where there is one."""
    a, _, _ = two
    paths = all_paths(YESTERDAY, NOBODY)
    before = in_a_world(lambda: None, lambda: all_got(a, paths))
    earlier = YESTERDAY - timedelta(days=40)
    after = in_a_world(lambda: _write(a, 1, earlier), lambda: all_got(a, paths))
    assert any(found.startswith("/today/") for found in differences(before, after))
