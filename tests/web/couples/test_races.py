"""Consent taken back while something is being made of it: the loser is thrown away."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.db import connection

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.accounts.takeaway import stream_zip
from counterpoint.web.core import clock
from counterpoint.web.core.neutral import NEUTRAL_STATE
from counterpoint.web.couples import queries, services
from counterpoint.web.couples.kinds import CardKind, Kind
from counterpoint.web.couples.models import Couple, Release
from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms
from counterpoint.web.dynamics.release_content import JointPicture
from counterpoint.web.dynamics.services import joint
from factories import browser_of, make_person
from layers import ROOT
from pairs import OCTOBER, SUNDAY, days_until, holding, join, share_both
from races import Outcome, consents_read_once, race
from web.dynamics.both_evenings import write_both
from web.dynamics.test_joint import every_word

ROUNDS = 100
FITS = 6
THURSDAY = date(2026, 10, 29)
CANARY = "kestrels over the weir"
BANDS = next(every_word())


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


def while_fitting(rounds: int) -> list[str]:
    """Say no in each way, by either, after the fit and before it is published; return leaks."""
    chance = random.Random(4)  # noqa: S311 - which of the two
    leaks = []
    for number in range(rounds):
        with time_machine.travel(OCTOBER, tick=False) as calendar:
            one, two = (make_person(f"{name}{number}") for name in ("one", "two"))
            couple = join(one, two)
            share_both(one, two, Kind.PATTERNS, Kind.DAYS)
            calendar.move_to(SUNDAY)
            act, who = ACTS[number % len(ACTS)], chance.choice((one, two))

            def fit_meanwhile(
                terms: ReleaseTerms,
                act: Callable[[User], None] = act,
                key: uuid.UUID = who.pk,
            ) -> ReleaseDraft:
                assert terms.is_exact
                draft = holding(40, canary="secret")(terms)
                act(User.objects.get(pk=key))
                return draft

            published = services.publish_release(couple.pk, fit_meanwhile, clock.now())
            seen = [queries.visible_release(viewer) for viewer in (one, two)]
            kept = Release.objects.filter(couple_id=couple.pk)
            if published is not None or any(seen) or kept.exists():
                leaks.append(act.__name__)
    return leaks


@pytest.mark.django_db
def test_a_hundred_withdrawals_during_a_fit_leak_nothing() -> None:
    assert while_fitting(ROUNDS) == []


@pytest.mark.django_db
def test_without_reading_consents_again_the_same_withdrawals_leak() -> None:
    with consents_read_once():
        assert set(while_fitting(len(ACTS))) == {
            "withdraw_patterns",
            "withdraw_days",
            "stop_everything",
            "freeze",
        }


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(FITS))
def test_a_withdrawal_while_the_worker_fits_leaves_nothing(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker's own job with the days of two people and a fit of the engine."""
    whole, act = joint.build_release, ACTS[number]
    with time_machine.travel(OCTOBER, tick=False) as calendar:
        one, two = make_person("one"), make_person("two")
        couple = join(one, two)
        share_both(one, two, Kind.PATTERNS, Kind.DAYS)
        calendar.move_to(SUNDAY)
        write_both(one, two, 20, last=THURSDAY)

        def fit_meanwhile(terms: ReleaseTerms) -> ReleaseDraft | None:
            draft = whole(terms)
            assert draft is not None
            act(User.objects.get(pk=(one, two)[number % 2].pk))
            return draft

        monkeypatch.setattr(joint, "build_release", fit_meanwhile)
        assert joint.due_releases() == [(joint.KIND, str(couple.pk))]
        assert not joint.run_joint_release(str(couple.pk))
        assert not Release.objects.exists()
        assert joint.due_releases() == []


def picture(terms: ReleaseTerms) -> ReleaseDraft:
    """Return a picture that a page can draw."""
    held = dict.fromkeys(terms.people, days_until(terms.days_until, 40))
    return ReleaseDraft(content=JointPicture(BANDS).to_json(), held=held)


@pytest.mark.django_db
def test_a_hundred_withdrawals_after_it_was_published_hide_it_at_the_next_request() -> None:
    chance = random.Random(5)  # noqa: S311 - which of the two
    acts = [act for act in ACTS if act is not services.freeze]
    leaks = []
    for number in range(ROUNDS):
        with time_machine.travel(OCTOBER, tick=False) as calendar:
            one, two = make_person(f"one{number}"), make_person(f"two{number}")
            couple = join(one, two)
            share_both(one, two, Kind.PATTERNS, Kind.DAYS)
            calendar.move_to(SUNDAY)
            release = services.publish_release(couple.pk, picture, clock.now())
            assert release is not None
            browsers = {person: browser_of(person) for person in (one, two)}
            assert b"How you two move" in browsers[one].get("/two/picture/").content
            act, who = acts[number % len(acts)], chance.choice((one, two))
            act(User.objects.get(pk=who.pk))
            for viewer, browser in browsers.items():
                answer = browser.get("/two/picture/")
                gone = viewer is who and act in (services.leave, delete_person)
                is_neutral = answer.status_code == 200 and NEUTRAL_STATE in answer.content.decode()
                if (answer.status_code not in (302, 404)) if gone else not is_neutral:
                    leaks.append(act.__name__)
                if b"How you two move" in answer.content:
                    leaks.append(f"{act.__name__}: drawn")
            if Release.objects.filter(pk=release.pk, content__isnull=False).exists():
                leaks.append(f"{act.__name__}: kept")
    assert leaks == []


@dataclass
class Pair:
    """Two people with something of each that the other may not take away."""

    one: User
    two: User
    couple: Couple


def lived_in(number: int, calendar: time_machine.Traveller) -> Pair:
    """Join two who share all there is, with cards, evenings and a joint picture."""
    one, two = make_person(f"one{number}"), make_person(f"two{number}")
    couple = join(one, two)
    share_both(one, two, *Kind)
    for person in (one, two):
        services.lay_card(person, CardKind.WISH, f"{CANARY} {person.email}")
    calendar.move_to(SUNDAY)
    services.publish_release(couple.pk, picture, clock.now())
    return Pair(one, two, couple)


def files(body: bytes) -> dict[str, bytes]:
    """Return every file of an export."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.django_db
def test_a_hundred_withdrawals_during_an_export_of_the_other_change_nothing_in_it() -> None:
    """Each way of saying no, at any step of the other's export: only own things are in it."""
    chance = random.Random(8)  # noqa: S311 - at which step
    leaks = []
    for number in range(ROUNDS):
        with time_machine.travel(OCTOBER, tick=False) as calendar:
            pair = lived_in(number, calendar)
            before = list(stream_zip(pair.one))
            running, body = stream_zip(pair.one), b""
            step, act = chance.randrange(len(before)), ACTS[number % len(ACTS)]
            for at, part in enumerate(running):
                body += part
                if at == step:
                    act(User.objects.get(pk=pair.two.pk))
            found = files(body)
            everything = b"".join(found.values()).decode()
            if found != files(b"".join(before)) or pair.two.email in everything:
                leaks.append(f"{act.__name__} at step {step}")
            assert f"{CANARY} {pair.one.email}" in everything, "own words are in it"
    assert leaks == []


@pytest.mark.django_db
def test_the_next_request_for_what_was_shared_is_404(owner: User, partner: User) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        join(owner, partner)
        assert browser_of(owner).get("/two/sharing/").status_code == 200
        services.leave(owner)
        browser = browser_of(owner)
        for path in ("/two/sharing/", "/two/sharing/place/", "/two/table/", "/two/picture/"):
            assert browser.get(path).status_code == 404


def races_on_a_file(rounds: int, *arguments: str) -> Outcome:
    """Race in a process of its own, on a SQLite file."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", ROOT / "tests" / "races.py", str(rounds), *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return Outcome(**json.loads(ran.stdout))


def check(outcome: Outcome, rounds: int) -> None:
    """Check that both came first now and then, and that nothing leaked."""
    assert outcome.leaks == []
    assert outcome.published + outcome.discarded == rounds
    assert min(outcome.published, outcome.discarded) >= rounds / 10


on_sqlite = pytest.mark.skipif(
    "COUNTERPOINT_TEST_DATABASE_URL" in os.environ, reason="runs with the tests on SQLite"
)


@on_sqlite
def test_withdrawing_and_publishing_at_the_same_time_on_a_sqlite_file() -> None:
    """Two connections, each at its own pace: whoever is last, nothing withdrawn is left."""
    check(races_on_a_file(ROUNDS), ROUNDS)


@on_sqlite
def test_the_race_on_a_file_finds_consents_that_are_read_once() -> None:
    assert races_on_a_file(24, "--consents-read-once").leaks != []


on_postgresql = pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="on SQLite it runs on a file, above"
)


@pytest.mark.django_db(transaction=True)
@on_postgresql
def test_withdrawing_and_publishing_at_the_same_time_on_postgresql() -> None:
    assert connection.vendor == "postgresql"
    check(race(ROUNDS), ROUNDS)


@pytest.mark.django_db(transaction=True)
@on_postgresql
def test_the_race_on_postgresql_finds_consents_that_are_read_once() -> None:
    with consents_read_once():
        assert race(24).leaks != []
