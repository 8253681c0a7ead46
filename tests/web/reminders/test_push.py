"""What goes to a device: sealed for its browser alone, the same few words, one length, signed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from py_vapid import Vapid
from pytest_django import Settings

from counterpoint.errors import DataError
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.config.environment import read_push_keys
from counterpoint.web.config.keyfile import write_push_key
from counterpoint.web.reminders import push, push_keys
from counterpoint.web.reminders.channels import TRIES
from counterpoint.web.reminders.ics import TITLES
from counterpoint.web.reminders.kinds import Kind
from counterpoint.web.reminders.message import Reminder
from counterpoint.web.reminders.models import PushDevice, ReminderChoice, ReminderSend
from people import make_person
from pushbox import HOST, Browser, PushBox, add_browser, open_pushbox, reach_only
from reminding import choose, work

NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)
EVENING = datetime(2026, 3, 4, 19, 30, tzinfo=UTC)
"""20:30 in Berlin."""
WORDS = {
    "en": ("A minute for you?", {"A minute", "Evening", "Notes", "Tea", "Water the plants"}),
    "de": (
        "Eine Minute für dich?",
        {"Eine Minute", "Abend", "Notizen", "Tee", "Blumen gießen"},
    ),
    "es": (
        "¿Un minuto para ti?",
        {"Un minuto", "Noche", "Notas", "Té", "Regar las plantas"},
    ),
}
"""All that can ever stand in a message, by language: one line, one of five names."""


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def box(tmp_path: Path) -> Iterator[PushBox]:
    with open_pushbox(tmp_path) as found, reach_only(found.port, found.certificate):
        yield found


def state() -> tuple[str, str]:
    """Return state and channel of the one reminder."""
    send = ReminderSend.objects.get()
    return send.state, send.channel


def test_the_browser_reads_what_was_sent_and_it_is_the_known_words(
    owner: User, clock: time_machine.Traveller, box: PushBox
) -> None:
    choose(owner, title="tea")
    browser = add_browser(owner)
    clock.move_to(EVENING)
    assert work() == 1
    (message,) = box.taken
    plain = browser.read(message.body)
    assert json.loads(plain) == {
        "web_push": 8030,
        "notification": {
            "title": "Tea",
            "body": "A minute for you?",
            "navigate": "https://testserver/today/",
            "tag": "note",
            "lang": "en",
        },
    }
    assert len(plain) == push.LENGTH
    assert state() == ("sent", "push")
    assert mail.outbox == []


def test_nobody_else_can_read_it(owner: User, clock: time_machine.Traveller, box: PushBox) -> None:
    choose(owner)
    browser = add_browser(owner)
    clock.move_to(EVENING)
    work()
    sealed = box.taken[0].body
    assert b"minute" not in sealed
    other = Browser()
    other.auth = browser.auth
    with pytest.raises(Exception, match="Decryption error"):
        other.read(sealed)


def test_its_head_says_no_more_than_it_must(
    owner: User, clock: time_machine.Traveller, box: PushBox
) -> None:
    choose(owner)
    add_browser(owner)
    clock.move_to(EVENING)
    work()
    (message,) = box.taken
    known = dict(message.headers)
    assert known.pop("authorization")
    assert len(known.pop("topic")) == 32
    assert known == {
        "host": HOST,
        "accept-encoding": "identity",
        "content-length": str(len(message.body)),
        "content-encoding": "aes128gcm",
        "ttl": "7200",
        "urgency": "normal",
    }
    assert message.path == "/wp/one"


def test_it_is_signed_for_this_service_by_this_site_for_half_a_day(
    owner: User, clock: time_machine.Traveller, box: PushBox
) -> None:
    choose(owner)
    add_browser(owner)
    clock.move_to(EVENING)
    work()
    (message,) = box.taken
    assert Vapid.verify(message.headers["authorization"])
    assert message.token[1] == push_keys.current_key()
    head, claims, seal = message.token[0].split(".")
    forged = f"vapid t={head}.{claims[:-2]}xx.{seal},k={message.token[1]}"
    assert not Vapid.verify(forged)
    assert message.claims == {
        "aud": f"https://{HOST}",
        "exp": int(EVENING.timestamp()) + 12 * 3600,
        "sub": "https://testserver",
    }


@pytest.mark.parametrize("language", WORDS)
def test_every_message_is_among_the_known_words_and_of_one_length(
    owner: User, language: str
) -> None:
    User.objects.filter(pk=owner.pk).update(language=language)
    owner.refresh_from_db()
    line, names = WORDS[language]
    seen = set()
    for title in TITLES:
        choose(owner, title=title)
        for kind in Kind:
            body = push.message_of(Reminder(owner, kind, NOON.date(), "stop"))
            assert len(body) == push.LENGTH
            told = json.loads(body)["notification"]
            assert told["body"] == line
            seen.add(told["title"])
    assert seen == names


def test_a_message_that_is_too_long_is_refused_and_never_cut() -> None:
    with pytest.raises(DataError, match="at most 1024 bytes"):
        push.pad(b"x" * 1025)


def test_the_topic_is_of_the_device_and_the_day_and_tells_neither(owner: User) -> None:
    add_browser(owner, Browser("one"))
    add_browser(owner, Browser("two"))
    one, two = PushDevice.objects.order_by("made_at", "pk")
    today = Reminder(owner, Kind.EVENING, NOON.date(), "stop")
    tomorrow = Reminder(owner, Kind.EVENING, NOON.date() + timedelta(days=1), "stop")
    topics = {push.topic_of(*of) for of in ((today, one), (today, two), (tomorrow, one))}
    assert len(topics) == 3
    assert push.topic_of(today, one) in topics
    assert all(len(each) == 32 and set(each) <= set("0123456789abcdef") for each in topics)


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_taken_off_and_mail_steps_in_at_once(
    owner: User, clock: time_machine.Traveller, box: PushBox, status: int
) -> None:
    choose(owner)
    add_browser(owner)
    box.statuses = [status]
    clock.move_to(EVENING)
    work()
    assert not PushDevice.objects.exists()
    assert [message.to for message in mail.outbox] == [[owner.email]]
    assert state() == ("sent", "mail")
    clock.shift(timedelta(days=1))
    work()
    assert box.asked == 1, "it is never asked again"
    assert len(mail.outbox) == 2


def test_one_device_that_is_left_is_enough(
    owner: User, clock: time_machine.Traveller, box: PushBox
) -> None:
    choose(owner)
    add_browser(owner, Browser("one"))
    clock.shift(timedelta(minutes=1))
    add_browser(owner, Browser("two"))
    box.statuses = [410, 201]
    clock.move_to(EVENING)
    work()
    assert [each.path for each in box.taken] == ["/wp/two"]
    assert PushDevice.objects.count() == 1
    assert mail.outbox == []
    assert state() == ("sent", "push")


@pytest.mark.parametrize("status", [302, 400, 401, 403, 413, 429, 500, 503])
def test_another_trouble_is_tried_again_under_the_same_topic(
    owner: User, clock: time_machine.Traveller, box: PushBox, status: int
) -> None:
    choose(owner)
    add_browser(owner)
    box.statuses = [status]
    clock.move_to(EVENING)
    work()
    assert ReminderSend.objects.get().state == "waiting"
    assert PushDevice.objects.exists()
    assert work() == 0
    clock.shift(timedelta(minutes=1))
    work()
    assert len(box.taken) == 1
    assert state() == ("sent", "push")
    assert mail.outbox == []


def test_after_three_failures_it_goes_by_mail(
    owner: User, clock: time_machine.Traveller, box: PushBox
) -> None:
    choose(owner)
    add_browser(owner)
    box.statuses = [500] * 9
    clock.move_to(EVENING)
    for _ in range(6):
        work()
        clock.shift(timedelta(minutes=3))
    assert box.asked == TRIES == 3
    assert len(mail.outbox) == 1
    assert state() == ("sent", "mail")
    assert PushDevice.objects.exists(), "it may be there again tomorrow"


@pytest.mark.parametrize(
    "answer",
    [b"not http at all\r\n\r\n", b"HTTP/1.1 201\r\n" + b"x: y\r\n" * 200, b"\x00" * 70_000],
)
def test_nonsense_is_a_failure_and_no_fault(
    owner: User, clock: time_machine.Traveller, box: PushBox, answer: bytes
) -> None:
    choose(owner)
    add_browser(owner)
    box.answer = answer
    clock.move_to(EVENING)
    work()
    assert ReminderSend.objects.get().state == "waiting"


def test_a_new_key_on_top_serves_new_devices_and_the_older_one_the_older(
    owner: User,
    clock: time_machine.Traveller,
    box: PushBox,
    settings: Settings,
    tmp_path: Path,
) -> None:
    choose(owner)
    before = push_keys.current_key()
    add_browser(owner, Browser("old"))
    new = write_push_key(tmp_path / "new.key").read_text().splitlines()[-1]
    settings.COUNTERPOINT_PUSH_KEYS = (new, *settings.COUNTERPOINT_PUSH_KEYS)
    clock.shift(timedelta(minutes=1))
    add_browser(owner, Browser("new"))
    clock.move_to(EVENING)
    work()
    signed = {each.path: each.token[1] for each in box.taken}
    assert signed == {"/wp/old": before, "/wp/new": push_keys.current_key()}
    assert before != push_keys.current_key()
    assert all(Vapid.verify(each.headers["authorization"]) for each in box.taken)


def test_a_key_that_was_taken_out_retires_its_devices_and_mail_steps_in(
    owner: User,
    clock: time_machine.Traveller,
    box: PushBox,
    settings: Settings,
    tmp_path: Path,
) -> None:
    choose(owner)
    add_browser(owner)
    new = write_push_key(tmp_path / "new.key").read_text().splitlines()[-1]
    settings.COUNTERPOINT_PUSH_KEYS = (new,)
    clock.move_to(EVENING)
    work()
    assert not PushDevice.objects.exists()
    assert (box.asked, len(mail.outbox)) == (0, 1)


def test_without_any_key_the_devices_wait_and_mail_steps_in(
    owner: User, clock: time_machine.Traveller, box: PushBox, settings: Settings
) -> None:
    choose(owner)
    add_browser(owner)
    settings.COUNTERPOINT_PUSH_KEYS = ()
    clock.move_to(EVENING)
    work()
    assert PushDevice.objects.count() == 1
    assert (box.asked, len(mail.outbox)) == (0, 1)


def test_an_address_that_cannot_be_unsealed_is_retired(
    owner: User, clock: time_machine.Traveller, box: PushBox
) -> None:
    choose(owner)
    add_browser(owner)
    PushDevice.objects.update(address_sealed=b"\x02damaged")
    clock.move_to(EVENING)
    work()
    assert not PushDevice.objects.exists()
    assert (box.asked, len(mail.outbox)) == (0, 1)


def test_the_address_lies_sealed_and_goes_with_the_account(owner: User) -> None:
    browser = add_browser(owner)
    device = PushDevice.objects.get()
    for words in (browser.endpoint, *browser.told["keys"].values()):
        assert words.encode() not in bytes(device.address_sealed)
    other = make_person("other")
    with pytest.raises(DataError):
        keys.open_sealed(
            other,
            keys.Place("reminders.PushDevice", device.pk, "address"),
            bytes(device.address_sealed),
        )
    delete_person(owner)
    assert not PushDevice.objects.exists()


def test_what_was_answered_meanwhile_is_not_reminded_of(
    owner: User, clock: time_machine.Traveller, box: PushBox
) -> None:
    from checkins import write

    choose(owner)
    add_browser(owner)
    write(owner, NOON.date(), c1=5)
    clock.move_to(EVENING)
    work()
    assert (box.asked, mail.outbox) == (0, [])


def test_turning_it_on_chooses_it_and_taking_the_last_off_chooses_mail(owner: User) -> None:
    from counterpoint.web.reminders.devices import end_device

    choose(owner)
    add_browser(owner, Browser("one"))
    add_browser(owner, Browser("two"))
    one, two = PushDevice.objects.all()
    assert ReminderChoice.objects.get().channel == "push"
    end_device(owner, one.pk)
    assert ReminderChoice.objects.get().channel == "push"
    end_device(owner, two.pk)
    assert ReminderChoice.objects.get().channel == "mail"


def test_whoever_wants_no_message_gets_none_by_adding_a_device(owner: User) -> None:
    choose(owner, channel="none")
    add_browser(owner)
    assert ReminderChoice.objects.get().channel == "none"


def test_of_too_many_devices_the_oldest_goes(owner: User, clock: time_machine.Traveller) -> None:
    for number in range(6):
        add_browser(owner, Browser(str(number)))
        clock.shift(timedelta(minutes=1))
    assert PushDevice.objects.count() == 4
    assert PushDevice.objects.order_by("made_at")[0].made_at == NOON + timedelta(minutes=2)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("", 0), ("# only a note\n", 0), (f"# a\n{'A' * 42}E\n\n{'A' * 42}I", 2)],
)
def test_keys_are_read_line_by_line(text: str, kept: int) -> None:
    assert len(read_push_keys({"COUNTERPOINT_PUSH_KEY": text})) == kept


@pytest.mark.parametrize("line", ["short", "A" * 43, "_" * 43, "ä" * 43, "A" * 86, "="])
def test_a_line_that_is_no_key_is_refused_with_its_number(line: str) -> None:
    from counterpoint.errors import SetupError

    told: dict[str, Any] = {"COUNTERPOINT_PUSH_KEY": f"# a note\n{line}"}
    with pytest.raises(SetupError, match="COUNTERPOINT_PUSH_KEY, line 2"):
        read_push_keys(told)
