"""Consent taken back while a picture is being made: the loser is thrown away."""

from __future__ import annotations

import random
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.core import clock
from counterpoint.web.couples import queries, services
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Release
from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms
from factories import browser_of, make_person
from pairs import OCTOBER, SUNDAY, holding, join, share_both

ROUNDS = 100


def withdraw_patterns(person: User) -> None:
    """Take patterns back."""
    services.withdraw(person, Kind.PATTERNS)


def withdraw_days(person: User) -> None:
    """Take the days back; the picture in the making was to be exact."""
    services.withdraw(person, Kind.DAYS)


ACTS: tuple[Callable[[User], None], ...] = (
    withdraw_patterns,
    withdraw_days,
    services.stop_everything,
    services.freeze,
    services.leave,
    delete_person,
)


@pytest.mark.django_db
def test_a_hundred_withdrawals_during_a_fit_leak_nothing() -> None:
    """Each of the ways to say no, by either, at the worst moment: after the fit, before it is
    published. None of a hundred is published, seen or kept."""
    chance = random.Random(4)  # noqa: S311 - which of the two, which way
    leaks = []
    for number in range(ROUNDS):
        with time_machine.travel(OCTOBER, tick=False) as calendar:
            one, two = (make_person(f"{name}{number}") for name in ("one", "two"))
            couple = join(one, two)
            share_both(one, two, Kind.PATTERNS, Kind.DAYS)
            calendar.move_to(SUNDAY)
            act, who = ACTS[number % len(ACTS)], chance.choice((one, two))

            def withdraw_while_fitting(
                terms: ReleaseTerms,
                act: Callable[[User], None] = act,
                key: uuid.UUID = who.pk,
            ) -> ReleaseDraft:
                assert terms.is_exact
                draft = holding(40, canary="secret")(terms)
                act(User.objects.get(pk=key))
                return draft

            published = services.publish_release(couple.pk, withdraw_while_fitting, clock.now())
            seen = [queries.visible_release(viewer) for viewer in (one, two)]
            kept = Release.objects.filter(couple_id=couple.pk)
            if published is not None or any(seen) or kept.exists():
                leaks.append((act.__name__, who is one))
    assert leaks == []


@pytest.mark.django_db
def test_a_hundred_withdrawals_after_it_was_published_hide_it_at_the_next_request() -> None:
    chance = random.Random(5)  # noqa: S311 - which of the two, which way
    leaks = []
    acts = [act for act in ACTS if act is not services.freeze]
    for number in range(ROUNDS):
        with time_machine.travel(OCTOBER, tick=False) as calendar:
            one, two = (make_person(f"one{number}"), make_person(f"two{number}"))
            couple = join(one, two)
            share_both(one, two, Kind.PATTERNS, Kind.DAYS)
            calendar.move_to(SUNDAY)
            release = services.publish_release(couple.pk, holding(40, canary="secret"), clock.now())
            assert release is not None
            assert queries.get_release(two, release.pk) == release
            act, who = acts[number % len(acts)], chance.choice((one, two))
            act(User.objects.get(pk=who.pk))
            seen = [queries.get_release(viewer, release.pk) for viewer in (one, two)]
            kept = Release.objects.filter(pk=release.pk, content__isnull=False)
            if any(seen) or kept.exists():
                leaks.append((act.__name__, who is one))
    assert leaks == []


@pytest.mark.django_db
def test_the_next_request_for_what_was_shared_is_404(owner: User, partner: User) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        join(owner, partner)
        assert browser_of(owner).get("/two/sharing/").status_code == 200
        services.leave(owner)
        browser = browser_of(owner)
        for path in ("/two/sharing/", "/two/sharing/place/", "/two/table/"):
            assert browser.get(path).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor == 'sqlite'",
    reason="threads cannot share a database in memory, which SQLite's test database is",
)
def test_withdrawing_and_publishing_at_the_same_time() -> None:
    """Two connections, each at its own pace: whoever is last, nothing withdrawn is visible."""
    assert connection.vendor == "postgresql"
    chance = random.Random(6)  # noqa: S311 - pauses
    for number in range(20):
        with time_machine.travel(OCTOBER, tick=False) as calendar:
            one, two = make_person(f"one{number}"), make_person(f"two{number}")
            couple = join(one, two)
            share_both(one, two, Kind.PATTERNS)
            calendar.move_to(SUNDAY + timedelta(minutes=number))
            pauses = chance.random() / 50, chance.random() / 50
            ready = threading.Barrier(2)

            def publish(
                couple_id: uuid.UUID = couple.pk,
                pause: float = pauses[0],
                barrier: threading.Barrier = ready,
            ) -> None:
                barrier.wait()
                threading.Event().wait(pause)
                services.publish_release(couple_id, holding(20), clock.now())
                connection.close()

            def withdraw(
                person: User = two,
                pause: float = pauses[1],
                barrier: threading.Barrier = ready,
            ) -> None:
                barrier.wait()
                threading.Event().wait(pause)
                services.withdraw(person, Kind.PATTERNS)
                connection.close()

            threads = [threading.Thread(target=work) for work in (publish, withdraw)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert queries.visible_release(one) is None
            assert not Release.objects.filter(couple=couple, content__isnull=False).exists()
