"""Devices on the page of reminders: added where only their person is, renewed, taken off."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from counterpoint.web.accounts.models import User
from counterpoint.web.config.keyfile import write_push_key
from counterpoint.web.reminders import push_keys
from counterpoint.web.reminders.devices import open_device
from counterpoint.web.reminders.models import PushDevice, ReminderChoice
from factories import browser_of
from people import make_person
from pushbox import Browser, add_browser
from reminding import choose

ADD, RENEW = "/reminders/devices/", "/reminders/devices/renew/"


def send(client: Client, address: str, told: Any) -> HttpResponse:
    body = told if isinstance(told, str) else json.dumps(told)
    answer: HttpResponse = client.post(address, body, content_type="application/json")
    return answer


def page_of(client: Client) -> str:
    return client.get("/reminders/").content.decode()


def addresses(owner: User) -> list[str]:
    return [open_device(each).endpoint for each in PushDevice.objects.filter(owner=owner)]


def shared(client: Client) -> Client:
    """Let the session be one of a device that was not named as one's own."""
    session = client.session
    session.set_expiry(0)
    session.save()
    return client


@pytest.mark.parametrize(
    ("zone", "told"),
    [("Europe/Berlin", "10 Mar 2026, 00:30"), ("America/Bogota", "9 Mar 2026, 18:30")],
)
def test_a_device_stands_on_the_list_by_its_moment_in_its_persons_zone(
    owner: User, as_owner: Client, zone: str, told: str
) -> None:
    User.objects.filter(pk=owner.pk).update(zone=zone)
    with time_machine.travel(datetime(2026, 3, 9, 23, 30, tzinfo=UTC), tick=False):
        add_browser(owner)
        as_owner.force_login(owner)
        assert f"Added {told}" in page_of(as_owner)


def test_a_device_is_added_and_stands_on_the_list(owner: User, as_owner: Client) -> None:
    browser = Browser()
    answer = send(as_owner, ADD, browser.told)
    assert (answer.status_code, json.loads(answer.content)) == (200, {"is": "kept"})
    assert addresses(owner) == [browser.endpoint]
    page = page_of(as_owner)
    device = PushDevice.objects.get()
    assert f'data-mark="{device.endpoint_mark}" hidden' in page
    assert 'value="push" checked' in page
    assert browser.endpoint not in page


def test_adding_it_again_is_the_same_device(owner: User, as_owner: Client) -> None:
    for _ in range(2):
        send(as_owner, ADD, Browser().told)
    assert PushDevice.objects.count() == 1


def test_two_people_may_have_the_same_browser_and_neither_learns_of_it(
    owner: User, as_owner: Client
) -> None:
    other = make_person("other")
    browser = add_browser(other)
    before = page_of(as_owner)
    answer = send(as_owner, ADD, browser.told)
    assert json.loads(answer.content) == {"is": "kept"}
    assert PushDevice.objects.count() == 2
    assert "data-mark" not in before


def test_it_is_refused_on_a_shared_device_and_the_page_says_why(
    owner: User, as_owner: Client
) -> None:
    shared(as_owner)
    assert send(as_owner, ADD, Browser().told).status_code == 409
    page = page_of(as_owner)
    assert "you did not say that only you use this device" in page
    assert "data-turn" not in page
    assert "reminders/push.js" not in page
    assert not PushDevice.objects.exists()


def test_without_script_it_is_explained_and_mail_stays(as_owner: Client) -> None:
    page = page_of(as_owner)
    assert "<noscript>" in page
    assert "Turning it on needs JavaScript" in page
    assert 'value="mail" checked' in page
    assert 'value="push"' not in page, "it can be chosen once there is a device"


def test_without_a_key_of_the_site_there_is_no_such_thing(
    as_owner: Client, settings: Settings
) -> None:
    settings.COUNTERPOINT_PUSH_KEYS = ()
    assert "On a device of mine" not in page_of(as_owner)
    assert send(as_owner, ADD, Browser().told).status_code == 409


@pytest.mark.parametrize(
    "told",
    ["", "no json", "[]", "null", "{}", "[" * 5000, '{"endpoint": "' + "x" * 9000 + '"}', "\x00",
     {"endpoint": "https://127.0.0.1/x", "keys": {}}],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(
    told: Any, owner: User, as_owner: Client
) -> None:
    choose(owner)
    for address in (ADD, RENEW):
        assert send(as_owner, address, told).status_code == 422
    assert not PushDevice.objects.exists()
    assert ReminderChoice.objects.get().channel == "mail"


def test_a_key_that_is_not_of_this_site_is_refused(owner: User, as_owner: Client) -> None:
    browser = Browser()
    browser.key = browser.told["keys"]["p256dh"]
    assert send(as_owner, ADD, browser.told).status_code == 422
    assert not PushDevice.objects.exists()


def test_adding_needs_the_token_of_the_page(owner: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    assert send(client, ADD, Browser().told).status_code == 403
    client.get("/reminders/")
    token = client.cookies["csrf"].value
    body = json.dumps(Browser().told)
    answer = client.post(ADD, body, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.status_code == 200


def test_a_browser_renews_its_address_without_a_session(owner: User) -> None:
    choose(owner, channel="none")
    before, after = add_browser(owner, Browser("old")), Browser("new")
    answer = send(Client(enforce_csrf_checks=True), RENEW, told_of(before, after))
    assert answer.status_code == 204
    assert addresses(owner) == [after.endpoint]
    assert ReminderChoice.objects.get().channel == "none"


def told_of(before: Browser, after: Browser | None) -> dict[str, Any]:
    return {"old": before.endpoint, "new": None if after is None else after.told}


def test_renewing_says_nothing_of_what_is_known(owner: User) -> None:
    known = add_browser(owner, Browser("known"))
    answers = {
        (answer.status_code, answer.content, str(sorted(answer.items())))
        for old in (Browser("unknown"), known)
        for answer in [send(Client(), RENEW, told_of(old, Browser("new")))]
    }
    assert len(answers) == 1


def test_renewing_onto_one_that_is_there_leaves_one(owner: User) -> None:
    before, after = add_browser(owner, Browser("old")), add_browser(owner, Browser("new"))
    send(Client(), RENEW, told_of(before, after))
    assert addresses(owner) == [after.endpoint]


def test_a_browser_ends_itself_as_when_its_person_signs_out(owner: User) -> None:
    choose(owner)
    browser = add_browser(owner)
    assert send(Client(), RENEW, told_of(browser, None)).status_code == 204
    assert addresses(owner) == []
    assert ReminderChoice.objects.get().channel == "mail"


def test_it_is_taken_off_by_a_press_without_script(owner: User, as_owner: Client) -> None:
    choose(owner)
    add_browser(owner)
    device = PushDevice.objects.get()
    answer = as_owner.post(f"/reminders/devices/{device.pk}/end/", follow=True)
    page = answer.content.decode()
    assert "The device is off the list." in page
    assert 'value="mail" checked' in page
    assert addresses(owner) == []


def test_nobody_takes_off_what_is_not_theirs(owner: User) -> None:
    add_browser(owner)
    device = PushDevice.objects.get()
    other = browser_of(make_person("other"))
    assert other.post(f"/reminders/devices/{device.pk}/end/").status_code == 404
    assert PushDevice.objects.exists()


def test_when_the_last_cannot_be_reached_the_page_says_so(owner: User, as_owner: Client) -> None:
    choose(owner)
    add_browser(owner)
    said = "No device can be reached just now"
    assert said not in page_of(as_owner)
    PushDevice.objects.all().delete()
    page = page_of(as_owner)
    assert said in page
    assert 'value="push" checked' in page


def test_a_device_without_a_time_is_told_that_nothing_comes(owner: User, as_owner: Client) -> None:
    add_browser(owner)
    said = "No time is chosen above yet"
    assert said in page_of(as_owner)
    choose(owner, channel="push")
    assert said not in page_of(as_owner)


def test_a_device_takes_the_new_key_of_the_site(
    owner: User, settings: Settings, tmp_path: Any
) -> None:
    browser = add_browser(owner, Browser("old"))
    old = push_keys.current_key()
    new = write_push_key(tmp_path / "new.key").read_text().splitlines()[-1]
    settings.COUNTERPOINT_PUSH_KEYS = (new, *settings.COUNTERPOINT_PUSH_KEYS)
    send(Client(), RENEW, told_of(browser, Browser("new")))
    device = open_device(PushDevice.objects.get())
    assert device.endpoint.endswith("/new")
    assert device.server_key == push_keys.current_key() != old


def test_a_new_password_takes_every_device_off(owner: User, as_owner: Client) -> None:
    """Whoever put a device of their own on the list of somebody else does not keep it there."""
    choose(owner)
    add_browser(owner, Browser("own"))
    add_browser(owner, Browser("planted"))
    word = "wisteria quarry candle 41"
    owner.set_password(word)
    owner.save()
    browser = browser_of(owner)
    new = {"password1": word[::-1], "password2": word[::-1]}
    browser.post("/account/password/", {"oldpassword": "not it", **new})
    assert len(addresses(owner)) == 2
    assert browser.post("/account/password/", {"oldpassword": word, **new}).status_code == 302
    assert addresses(owner) == []
    assert ReminderChoice.objects.get().channel == "mail"


def test_the_worker_knows_of_notes_only_where_they_are_on_and_in_that_language() -> None:
    plain = Client().get("/worker.js", {"for": "install"}).content.decode()
    german = Client().get("/worker.js", {"for": "push", "language": "de"}).content.decode()
    assert 'addEventListener("push"' not in plain
    assert 'addEventListener("push"' in german
    shell = json.loads(german.partition("\n")[0].removeprefix("const SHELL = ").rstrip(";"))
    told = {name: shell[name] for name in ("title", "body", "start", "renew")}
    assert told == {
        "title": "Notizen",
        "body": "Eine Minute für dich?",
        "start": "/today/",
        "renew": RENEW,
    }
