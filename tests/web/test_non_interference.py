"""Whatever one of two people does in secret, everything the other gets stays the same.

``COUNTERPOINT_WORLDS=500 pytest tests/web/test_non_interference.py`` runs 500 couples.
"""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment.services import draw_order as draw_questions
from counterpoint.web.core import clock
from counterpoint.web.core.middleware import PrivateAnswers
from counterpoint.web.couples import services as couples
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Couple
from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms
from counterpoint.web.diary.pace import Pace
from counterpoint.web.diary.pace_services import set_pace
from counterpoint.web.diary.services import draw_order as draw_items
from counterpoint.web.dynamics.release_content import JointPicture
from counterpoint.web.reminders.devices import devices_of
from pairs import OCTOBER, SUNDAY, days_until, join, share_both
from people import make_person
from reminding import choose
from web.dynamics.test_joint import every_word
from web.worlds import Got, all_got, all_paths, differences, live, turn_on

WORLDS = int(os.environ.get("COUNTERPOINT_WORLDS", "4"))
YESTERDAY = date(2026, 10, 31)
FOREIGN = uuid.UUID(int=7)
BANDS = list(every_word())


@pytest.fixture(autouse=True)
def calendar(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OCTOBER, tick=False) as traveller:
        yield traveller


class NotKept(Exception):  # noqa: N818 - it undoes a world and says so
    """Nothing of a world is kept."""


def life(seed: int) -> random.Random:
    """Return the chance by which somebody lives."""
    return random.Random(seed)  # noqa: S311 - invented lives, no secret


def way_of(number: int) -> str:
    """Return how the viewer's own reminder goes."""
    return ("mail", "push")[number % 2]


def couple_of(number: int, calendar: time_machine.Traveller) -> tuple[User, User, Couple]:
    """Make a couple, with or without a joint picture, and something of the viewer's own."""
    chance = life(number)
    viewer, other = make_person(f"viewer{number}"), make_person(f"other{number}")
    calendar.move_to(OCTOBER)
    couple = join(viewer, other)
    share_both(viewer, other, Kind.PATTERNS)
    for person in (viewer, other):
        draw_questions(person)
        draw_items(person)
    calendar.move_to(SUNDAY)
    live(viewer, couple, chance, YESTERDAY)
    set_pace(viewer, Pace.DAILY)
    turn_on(viewer, number + 1)
    choose(viewer, channel=way_of(number))
    if chance.random() < 0.7:
        bands = chance.choice(BANDS)

        def build(terms: ReleaseTerms) -> ReleaseDraft:
            held = dict.fromkeys(Member, days_until(terms.days_until, 20))
            return ReleaseDraft(content=JointPicture(bands).to_json(), held=held)

        couples.publish_release(couple.pk, build, clock.now())
    return viewer, other, couple


def world(viewer: User, other: User, couple: Couple, seed: int) -> list[Got]:
    """Return all the viewer gets in a world in which the other lived in some way; undo it."""
    found: list[Got] = []
    mail.outbox.clear()
    try:
        with transaction.atomic():
            live(other, couple, life(seed), YESTERDAY)
            found = all_got(viewer, all_paths(YESTERDAY, FOREIGN))
            raise NotKept
    except NotKept:
        return found


def differing(number: int, calendar: time_machine.Traveller) -> list[str]:
    """Return where two worlds of one couple differ for the viewer."""
    viewer, other, couple = couple_of(number, calendar)
    one, two = (world(viewer, other, couple, 1000 * number + at) for at in (1, 2))
    assert len(one) > 40
    assert sum(got.status == 200 for got in one) > 20
    own = [got.route for got in one if got.route in {"mail", "note"}]
    notes = ["note"] * devices_of(viewer).count()  # one for each device of the viewer
    assert own == {"mail": ["mail"], "push": notes}[way_of(number)], "the viewer's own reminder"
    assert own
    return differences(one, two)


@pytest.mark.parametrize("number", range(WORLDS))
def test_nothing_the_other_does_in_secret_reaches_the_viewer(
    number: int, calendar: time_machine.Traveller
) -> None:
    assert differing(number, calendar) == []


def rows_of_everybody() -> int:
    """Return a count that holds the other's rows, too: what a leak would be made of."""
    from counterpoint.web.diary.models import Checkin

    return Checkin.objects.count()


def leak_count(response: HttpResponse) -> None:
    response.content = response.content.replace(
        b"</main>", f"<p>{rows_of_everybody():04d} days</p></main>".encode()
    )


def leak_order(response: HttpResponse) -> None:
    names = [b"<i>near</i>", b"<i>self</i>"]
    at = rows_of_everybody() % 2
    response.content = response.content.replace(b"</main>", names[at] + names[1 - at] + b"</main>")


def leak_length(response: HttpResponse) -> None:
    response.content = response.content.replace(b"</main>", b" " * rows_of_everybody() + b"</main>")


def leak_header(response: HttpResponse) -> None:
    response["X-Pages"] = str(rows_of_everybody())


@pytest.mark.parametrize("leak", [leak_count, leak_order, leak_length, leak_header])
def test_a_planted_leak_of_each_kind_is_found(
    leak, calendar: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = PrivateAnswers.__call__

    def leaking(self: PrivateAnswers, request: HttpRequest) -> HttpResponse:
        response = whole(self, request)
        if not response.streaming and b"</main>" in response.content:
            leak(response)
        return response

    monkeypatch.setattr(PrivateAnswers, "__call__", leaking)
    assert any(differing(number, calendar) for number in range(5))


def test_worlds_differ_in_what_the_other_did(calendar: time_machine.Traveller) -> None:
    _, other, couple = couple_of(0, calendar)
    seen = set()
    for seed in range(6):
        try:
            with transaction.atomic():
                live(other, couple, life(seed), YESTERDAY)
                seen.add(rows_of_everybody())
                raise NotKept
        except NotKept:
            continue
    assert len(seen) > 1
    assert clock.now().date() - timedelta(days=1) == YESTERDAY
