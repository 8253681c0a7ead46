"""Swapping two people swaps everything they get, to the byte: no page knows who came first.

Two people live two lives; then each lives the other's. Whatever the one got in the first world
the other gets in the second. And which of the two slots of a couple somebody fills is seen nowhere.
``COUNTERPOINT_WORLDS=20 pytest tests/web/test_two_alike.py`` looks at twenty couples.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.urls import resolve

from counterpoint.domain.couplings import Cost
from counterpoint.domain.dyad import Member
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples import services as couples
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Couple
from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms
from counterpoint.web.dynamics.release_content import JointPicture
from counterpoint.web.dynamics.services import maps
from pairs import OCTOBER, SUNDAY, days_until, join, share_both
from people import make_person
from web.dynamics.test_joint import every_word
from web.worlds import Got, all_got, all_paths, in_a_world, live

WORLDS = int(os.environ.get("COUNTERPOINT_WORLDS", "1"))
YESTERDAY = date(2026, 10, 31)
FOREIGN = UUID(int=7)
ANY_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MADE_FROM_IDS = re.compile(
    rb"(?<=own_)[0-9a-f]{32}"
    rb"|(?<=Message-ID: <)[0-9a-f]{40}(?=@)"
    rb"|(?<=\nUID:)[0-9a-f]{32}(?=@)|(?<=id:)[\w-]{43}(?=[/>]|$)"
)
"""An id within a name; the mark of a mail or of a calendar's entry; the signature after an id."""
BANDS = list(every_word())
NAMES = ("robin", "sasha")


SAME_FOR_ALL = ("/account/", "/info/", "/learn/", "/lab/", "/quiet/", "/example/", "/?")
"""Pages of words and of the door: nothing on them is about two people."""


class Unshuffled:
    """Chance that leaves things as they lie: orders are drawn once a person, and differ else."""

    def SystemRandom(self) -> Unshuffled:  # noqa: N802 - stands for the module of that name
        """Return itself."""
        return self

    def shuffle(self, things: list[str]) -> None:
        """Leave them in their order."""

    def choice(self, things: Sequence[str]) -> str:
        """Take the first."""
        return things[0]


@pytest.fixture(autouse=True)
def calendar(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    for app in ("diary", "assessment"):
        monkeypatch.setattr(f"counterpoint.web.{app}.services.secrets", Unshuffled())
    monkeypatch.setattr("counterpoint.web.diary.offer_services.coin", lambda *_: True)
    with time_machine.travel(OCTOBER, tick=False) as traveller:
        yield traveller


def live_as(person: User, couple: Couple, seed: int) -> None:
    """Live one of the lives, the map of the two laid open."""
    chance = random.Random(seed)  # noqa: S311 - invented lives, no secret
    live(person, couple, chance, YESTERDAY)
    maps.save_map(person, couple.pk, {cost: chance.randrange(5) for cost in Cost})
    maps.lay_open(person, couple.pk)


def world(
    people: tuple[User, User],
    lives: tuple[int, int],
    bands: JointPicture,
    calendar: time_machine.Traveller,
    *,
    first: int = 0,
) -> tuple[list[Got], list[Got]]:
    """Return all each of the two gets when they live these lives; undo it.

    Parameters
    ----------
    people
        The two.
    lives
        Seed of the life of each.
    bands
        Their joint picture, with the first of the two as member a.
    first
        Which of the two made the code, and so is member a.
    """

    def deed() -> None:
        for person in people:
            keys.forget_opened(person)  # their keys went with the world before
        calendar.move_to(OCTOBER)
        couple = join(people[first], people[1 - first])
        share_both(*people, Kind.PATTERNS)
        calendar.move_to(SUNDAY)
        for person, seed in zip(people, lives, strict=True):
            live_as(person, couple, seed)
        picture = bands if first == 0 else bands.seen_by(Member.B)

        def build(terms: ReleaseTerms) -> ReleaseDraft:
            held = dict.fromkeys(Member, days_until(terms.days_until, 20))
            return ReleaseDraft(content=picture.to_json(), held=held)

        couples.publish_release(couple.pk, build, clock.now())

    one, other = in_a_world(deed, lambda: tuple(all_got(person, paths()) for person in people))
    return one, other


@cache
def paths() -> tuple[str, ...]:
    """Return one address of each route that can tell of a person."""
    of_route: dict[str, str] = {}
    for path in all_paths(YESTERDAY, FOREIGN):
        if not path.startswith(SAME_FOR_ALL):
            of_route.setdefault(resolve(path).route, path)
    return tuple(of_route.values())


def plain(got: Sequence[Got]) -> list[tuple[str, int, bytes]]:
    """Return answers without what names the reader or one row."""
    names = re.compile("|".join(NAMES).encode())
    return [
        (
            each.route,
            each.status,
            MADE_FROM_IDS.sub(b"mark", ANY_ID.sub(b"id", names.sub(b"somebody", each.body))),
        )
        for each in got
    ]


def differing(one: Sequence[Got], other: Sequence[Got]) -> list[str]:
    """Return the routes whose answers differ; and that one got more, if one did."""
    if len(one) != len(other):
        return [f"{len(one)} answers and mails for one, {len(other)} for the other"]
    pairs = zip(plain(one), plain(other), strict=True)
    return [a[0] for a, b in pairs if a != b]


@pytest.fixture
def people(calendar: time_machine.Traveller) -> tuple[User, User]:
    one, other = (make_person(name) for name in NAMES)
    return one, other


@pytest.mark.parametrize("number", range(WORLDS))
def test_swapping_the_two_swaps_all_they_get(
    people: tuple[User, User], calendar: time_machine.Traveller, number: int
) -> None:
    bands = JointPicture(BANDS[number % len(BANDS)])
    lives = (100 + number, 200 + number)
    mine, theirs = world(people, lives, bands, calendar)
    assert sum(got.status == 200 for got in mine) > 25
    assert differing(mine, theirs), "two lives are seen to differ"
    swapped_mine, swapped_theirs = world(people, lives[::-1], bands.seen_by(Member.B), calendar)
    assert differing(mine, swapped_theirs) == []
    assert differing(theirs, swapped_mine) == []
    in_other_slots = world(people, lives, bands, calendar, first=1)
    assert differing(mine, in_other_slots[0]) == []
    assert differing(theirs, in_other_slots[1]) == []


def test_a_page_that_knows_the_slot_would_be_found(
    people: tuple[User, User],
    calendar: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from counterpoint.web.core.middleware import PrivateAnswers
    from counterpoint.web.couples.queries import current_membership

    whole = PrivateAnswers.__call__

    def telling(self: PrivateAnswers, request: Any) -> Any:
        answer = whole(self, request)
        half = current_membership(request.user) if request.user.is_authenticated else None
        if half is not None and not answer.streaming:
            answer.content = answer.content.replace(b"</main>", f"{half.member}</main>".encode())
        return answer

    monkeypatch.setattr(PrivateAnswers, "__call__", telling)
    bands = JointPicture(BANDS[0])
    monkeypatch.setattr(f"{__name__}.paths", lambda: ("/two/",))
    found = [world(people, (1, 2), bands, calendar, first=first) for first in (0, 1)]
    for one, other in zip(*found, strict=True):
        assert differing(one, other)
