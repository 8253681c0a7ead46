"""Evenings that waited on a device: taken once, by the right person, within their time."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from boxes import close_box
from checkins import today_of, write
from counterpoint.errors import DataError
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.diary import queries
from counterpoint.web.diary.boxes import Box, make_pair, open_box
from counterpoint.web.diary.evening_models import EveningDevice
from counterpoint.web.diary.evening_services import MOST_DEVICES, add_device, private_place
from counterpoint.web.diary.models import Checkin
from counterpoint.web.reminders.models import ReminderSend
from factories import browser_of

NIGHT = datetime(2026, 3, 10, 21, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clocks() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NIGHT, tick=False) as moved:
        yield moved


@pytest.fixture
def device(as_owner: Client) -> dict[str, str]:
    given: dict[str, str] = as_owner.post("/evenings/").json()
    return given


def told(**changes: Any) -> dict[str, Any]:
    """Return an evening as a device writes it."""
    usual = {
        "g": "", "c1": "4", "s1": "7", "n": "some", "e1": "no", "line": "",
        "day": "2026-03-10", "recorded_at": "2026-03-10T20:30:00.000Z",
        "zone": "Europe/Berlin", "language": "en",
    }  # fmt: skip
    return {**usual, **changes}


def send(browser: Client, sent: Any) -> HttpResponse:
    answer: HttpResponse = browser.post("/evenings/arrive/", sent, "application/json")
    return answer


def test_an_evening_arrives_with_the_time_it_was_written_at(
    owner: User, device: dict[str, str], clocks: time_machine.Traveller
) -> None:
    box = close_box(device, told(line="A long walk."))
    clocks.shift(timedelta(days=2))
    answer = send(browser_of(owner), box)
    assert (answer.status_code, answer.json()) == (200, {"is": "kept"})
    row = Checkin.objects.get(owner=owner)
    assert (row.c1, row.s1, row.g, row.n, row.e1) == (4, 7, None, "some", "no")
    assert str(row.about_on) == "2026-03-10"
    assert row.recorded_at == NIGHT - timedelta(minutes=30)
    assert row.changed_at == NIGHT + timedelta(days=2)
    assert queries.own_words(owner, row) == "A long walk."


def test_however_often_it_arrives_it_is_one_row(
    owner: User, device: dict[str, str], clocks: time_machine.Traveller
) -> None:
    box = close_box(device, told())
    for _ in range(3):
        assert send(browser_of(owner), box).status_code == 200
        clocks.shift(timedelta(days=1))
    assert Checkin.objects.filter(owner=owner).count() == 1


def test_a_key_is_never_forgotten_before_its_evening_is(
    owner: User, device: dict[str, str], clocks: time_machine.Traveller
) -> None:
    """With the clock of the device as far ahead as may be, around the end of its week."""
    box = close_box(device, told(recorded_at="2026-03-10T21:09:59Z"))
    assert send(browser_of(owner), box).json() == {"is": "kept"}
    clocks.shift(timedelta(days=7, minutes=-20))
    for _ in range(10):
        send(browser_of(owner), box)
        assert Checkin.objects.filter(owner=owner).count() == 1
        clocks.shift(timedelta(minutes=4))
    assert send(browser_of(owner), box).json() == {"is": "closed"}


def test_what_was_written_meanwhile_stays_and_a_third_is_refused(
    owner: User, as_owner: Client, device: dict[str, str]
) -> None:
    write(owner, today_of(owner), c1=9)
    assert send(as_owner, close_box(device, told(c1="1"))).status_code == 200
    answer = send(as_owner, close_box(device, told(c1="2")))
    assert (answer.status_code, answer.json()) == (409, {"is": "closed"})
    assert list(Checkin.objects.order_by("slot").values_list("slot", "c1")) == [(1, 9), (2, 1)]


@pytest.mark.parametrize(
    "changes",
    [
        {"day": "2026-03-08"},  # was over when it was written
        {"day": "2026-03-11"},  # had not begun
        {"recorded_at": "2026-03-03T21:00:00Z", "day": "2026-03-03"},  # waited for too long
        {"recorded_at": "2026-03-10T21:11:00Z"},  # of a time to come
    ],
)
def test_a_day_that_cannot_be_written_is_refused_and_nothing_is_kept(
    owner: User, as_owner: Client, device: dict[str, str], changes: dict[str, str]
) -> None:
    answer = send(as_owner, close_box(device, told(**changes)))
    assert (answer.status_code, answer.json()) == (409, {"is": "closed"})
    assert not Checkin.objects.filter(owner=owner).exists()


def test_yesterday_and_the_day_of_the_devices_zone_can_be_written(
    owner: User, as_owner: Client, device: dict[str, str]
) -> None:
    assert send(as_owner, close_box(device, told(day="2026-03-09"))).status_code == 200
    far = told(day="2026-03-11", zone="Pacific/Kiritimati")
    assert send(as_owner, close_box(device, far)).status_code == 200
    zones = dict(Checkin.objects.values_list("about_on", "zone"))
    assert {str(day): zone for day, zone in zones.items()} == {
        "2026-03-09": owner.zone,
        "2026-03-11": "Pacific/Kiritimati",
    }


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff\xfe",
        b"[1, 2]",
        b"[" * 10_000,
        b'{"id": "x"}',
        b'{"padding": "' + b"x" * 20_000 + b'"}',
    ],
)
def test_what_is_no_box_is_refused_with_a_reason(as_owner: Client, sent: bytes) -> None:
    answer = send(as_owner, sent)
    assert (answer.status_code, answer.json()) == (422, {"is": "unreadable"})


@pytest.mark.parametrize(
    "inside",
    [
        b"no text",
        b"[]",
        told(c1="11"),
        told(c1="1; drop"),
        told(n="perhaps"),
        told(day="today"),
        told(recorded_at="2026-03-10T20:30:00"),  # of no zone
        told(recorded_at="9999-12-31T23:59:59-12:00"),
        told(line="a\x00b"),
        told(line="x" * 501),
        told(zone="x" * 65),
        dict.fromkeys(told(), "") | {"day": "2026-03-10", "recorded_at": NIGHT.isoformat()},
    ],
)
def test_what_holds_no_evening_is_refused_with_a_reason(
    as_owner: Client, device: dict[str, str], inside: Any
) -> None:
    answer = send(as_owner, close_box(device, inside))
    assert (answer.status_code, answer.json()) == (422, {"is": "unreadable"})
    assert not Checkin.objects.exists()


@pytest.mark.parametrize("name", ["public", "iv", "sealed", "id"])
def test_a_box_that_was_changed_is_refused(
    as_owner: Client, device: dict[str, str], name: str
) -> None:
    one, other = close_box(device, told()), close_box(device, told())
    answer = send(as_owner, {**one, name: other[name]})
    assert (answer.status_code, answer.json()) == (422, {"is": "unreadable"})


def test_no_unknown_zone_or_language_breaks_it(as_owner: Client, device: dict[str, str]) -> None:
    odd = told(zone="../../etc/passwd", language="../x")
    assert send(as_owner, close_box(device, odd)).status_code == 200


def test_nobody_else_can_send_from_a_device(
    as_owner: Client, as_stranger: Client, device: dict[str, str]
) -> None:
    box = close_box(device, told())
    missing = {**box, "device": str(uuid.uuid4())}
    answers = [send(as_stranger, box), send(as_stranger, missing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    pages = {re.sub(rb'token" value="[^"]*"', b"", answer.content) for answer in answers}
    assert len(pages) == 1
    assert as_stranger.get(f"/evenings/arrive/?device={device['device']}").status_code == 404
    assert as_stranger.get("/evenings/arrive/?device=x").status_code == 404
    assert not Checkin.objects.exists()
    assert send(as_owner, box).status_code == 200


def test_sending_needs_the_token_it_is_told(owner: User, device: dict[str, str]) -> None:
    browser = browser_of(owner, enforce_csrf_checks=True)
    box = close_box(device, told())
    assert send(browser, box).status_code == 403
    asked = browser.get(f"/evenings/arrive/?device={device['device']}").json()
    assert asked["shared"] is False
    answer = browser.post(
        "/evenings/arrive/", box, "application/json", headers={"X-CSRFToken": asked["token"]}
    )
    assert answer.json() == {"is": "kept"}


def test_a_shared_device_gets_no_key_and_is_told_why(owner: User) -> None:
    browser = browser_of(owner)
    session = browser.session
    session.set_expiry(0)
    session.save()
    page = browser.get("/evenings/").content.decode()
    assert "Not on a shared device" in page
    assert "Turn it on here" not in page
    answer = browser.post("/evenings/")
    assert (answer.status_code, answer["Location"]) == (302, "/evenings/")
    assert not EveningDevice.objects.exists()


def test_a_device_that_is_shared_now_is_told_so(owner: User, device: dict[str, str]) -> None:
    browser = browser_of(owner)
    session = browser.session
    session.set_expiry(0)
    session.save()
    asked = browser.get(f"/evenings/arrive/?device={device['device']}").json()
    assert asked["shared"] is True
    assert send(browser, close_box(device, told())).status_code == 200  # what waits is not lost


def test_an_evening_that_arrives_calls_off_the_reminder_of_its_day(
    owner: User, as_owner: Client, device: dict[str, str]
) -> None:
    waiting = ReminderSend.objects.create(
        owner=owner, kind="evening", day=today_of(owner), due_at=NIGHT, state="waiting",
        channel="mail", attempts=0,
    )  # fmt: skip
    send(as_owner, close_box(device, told()))
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"


def test_the_private_half_is_sealed_and_tied_to_its_device(owner: User) -> None:
    pk, pair = add_device(owner)
    row = EveningDevice.objects.get(pk=pk)
    assert pair.private.encode() not in bytes(row.private_sealed)
    assert keys.open_sealed(owner, private_place(row), row.private_sealed) == pair.private
    other = EveningDevice(pk=uuid.uuid4())
    with pytest.raises(DataError):
        keys.open_sealed(owner, private_place(other), row.private_sealed)


def test_of_very_many_devices_the_oldest_goes(owner: User, clocks: time_machine.Traveller) -> None:
    made = []
    for _ in range(MOST_DEVICES + 1):
        made.append(add_device(owner)[0])
        clocks.shift(timedelta(minutes=1))
    assert set(EveningDevice.objects.values_list("pk", flat=True)) == set(made[1:])


def test_a_device_learns_nothing_it_could_open_a_box_with(device: dict[str, str]) -> None:
    assert set(device) == {"device", "key"}
    box = close_box(device, told())
    with pytest.raises(DataError):
        open_box(make_pair().private, Box(box["id"], box["public"], box["iv"], box["sealed"]))


def test_the_page_without_a_connection_is_the_same_for_everybody(
    owner: User, as_owner: Client, as_stranger: Client
) -> None:
    write(owner, today_of(owner), c1=3)
    pages = {
        browser.get("/offline/evening/?language=en").content
        for browser in (as_owner, as_stranger, Client())
    }
    assert len(pages) == 1
    page = pages.pop().decode()
    assert page.count('type="radio"') == 3 * 12 + 2 * 4
    assert "csrf" not in page
    assert " checked" in page  # only "no answer" stands at first
    assert page.count(" checked") == 5


def test_erased_with_its_person_and_a_box_waits_for_nobody(
    owner: User, as_owner: Client, device: dict[str, str]
) -> None:
    delete_person(owner)
    assert not EveningDevice.objects.exists()
    assert send(as_owner, close_box(device, told())).status_code == 302  # nobody is signed in
