"""The mail says the same few words to everybody, and one press ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import Message

import pytest
import time_machine
from django.conf import settings as site
from django.core import mail
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from checkins import write
from counterpoint.web.accounts.models import User
from counterpoint.web.reminders.kinds import Kind
from counterpoint.web.reminders.mail import mail_of
from counterpoint.web.reminders.message import Reminder, words_of
from counterpoint.web.reminders.models import ReminderChoice
from people import make_person
from reminding import choose, work
from web.worlds import CHANCE

NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)
EVENING = datetime(2026, 3, 4, 19, 30, tzinfo=UTC)
SITE = "https://notes.example.org"
STOP = re.compile(rf"{SITE}(/reminders/stop/[\w:-]+/)")
TEXTS = {
    "en": (
        "A minute for you?",
        f"This is the note you asked for.\n\n"
        f"If it suits you, there is a minute for you here:\n\n{SITE}/\n\n"
        f"If not, that is fine too.\n\nNo more of these notes:\n\nSTOP\n",
    ),
    "de": (
        "Eine Minute für dich?",
        f"Das ist die Notiz, um die du gebeten hast.\n\n"
        f"Wenn es dir passt, ist hier eine Minute für dich:\n\n{SITE}/\n\n"
        f"Wenn nicht, ist das auch gut.\n\nKeine solchen Notizen mehr:\n\nSTOP\n",
    ),
    "es": (
        "¿Un minuto para ti?",
        f"Esta es la nota que pediste.\n\n"
        f"Si te viene bien, aquí hay un minuto para ti:\n\n{SITE}/\n\n"
        f"Si no, también está bien.\n\nNo recibir más notas como esta:\n\nSTOP\n",
    ),
}
"""Every text that may go out, word for word; there is no other."""
HEADERS = {
    "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date",
    "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> Iterator[time_machine.Traveller]:
    settings.COUNTERPOINT_ADDRESS = SITE
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


def reminder_of(owner: User, kind: Kind = Kind.EVENING, day: int = 4) -> Reminder:
    choice = ReminderChoice.objects.filter(owner=owner).first() or choose(owner)
    return Reminder(owner, kind, date(2026, 3, day), str(choice.stop_id))


def text_of(reminder: Reminder) -> tuple[str, str]:
    """Return subject and body with the stop link left out."""
    words = words_of(reminder)
    body, links = STOP.subn("STOP", words.body)
    assert links == 1
    return words.subject, body


def test_every_language_of_the_site_has_its_text() -> None:
    assert set(TEXTS) >= {code for code, _ in site.LANGUAGES}


@pytest.mark.parametrize("language", sorted(TEXTS))
@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_but_these_words_goes_out(owner: User, language: str, kind: Kind) -> None:
    owner.language = language
    assert text_of(reminder_of(owner, kind)) == TEXTS[language]


def test_the_language_of_whoever_asks_just_then_changes_nothing(owner: User) -> None:
    with translation.override("de"):
        assert text_of(reminder_of(owner)) == TEXTS["en"]


def test_two_people_get_the_same_but_for_address_and_link(owner: User, stranger: User) -> None:
    write(owner, date(2026, 3, 4), c1=2)
    assert text_of(reminder_of(owner)) == text_of(reminder_of(stranger, Kind.SUNDAY, 8))


def headers_of(owner: User) -> Message:
    found: Message = mail_of(reminder_of(owner)).message()
    return found


def test_its_headers_name_neither_person_nor_topic(owner: User) -> None:
    message = headers_of(owner)
    assert set(message.keys()) == HEADERS
    assert message["To"] == owner.email
    assert message["From"] == site.DEFAULT_FROM_EMAIL
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(rf"<{STOP.pattern}>", message["List-Unsubscribe"])
    assert re.fullmatch(r"<[0-9a-f]{40}@notes\.example\.org>", message["Message-ID"])
    whole = message.as_string().replace(f"To: {owner.email}", "")
    for known in (owner.email, str(owner.pk), owner.pk.hex, "partner", "evening", "Counterpoint"):
        assert known not in whole


def test_the_message_id_follows_from_person_kind_and_day(owner: User, stranger: User) -> None:
    same = {headers_of(owner)["Message-ID"] for _ in range(3)}
    others = {
        mail_of(one).message()["Message-ID"]
        for one in (
            reminder_of(owner, Kind.SUNDAY),
            reminder_of(owner, day=5),
            reminder_of(stranger),
        )
    }
    assert len(same) == 1
    assert len(same | others) == 4


def link_in(body: object) -> str:
    found = STOP.search(str(body))
    assert found is not None
    return found[1]


def test_one_press_without_a_sign_in_ends_it(
    owner: User, as_nobody: Client, clock: time_machine.Traveller
) -> None:
    choose(owner)
    clock.move_to(EVENING)
    work()
    link = link_in(mail.outbox[0].body)
    page = as_nobody.get(link).content.decode()
    assert "Send me no more" in page
    assert owner.email not in page
    assert ReminderChoice.objects.get().channel == "mail", "looking ends nothing: scanners look"
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert ReminderChoice.objects.get().channel == "none"
    assert strict.post(link).status_code == 200, "twice is as good as once"
    for day in range(1, 9):
        clock.move_to(EVENING + timedelta(days=day))
        work()
    assert len(mail.outbox) == 1


def test_a_link_that_was_not_made_here_ends_nothing(owner: User, as_nobody: Client) -> None:
    choice = choose(owner)
    for token in (str(choice.stop_id), f"{choice.stop_id}:x", "x"):
        assert as_nobody.post(f"/reminders/stop/{token}/").status_code == 404
    assert ReminderChoice.objects.get().channel == "mail"


def test_a_link_of_somebody_who_left_is_answered_like_any_other(
    owner: User, as_nobody: Client
) -> None:
    link = link_in(words_of(reminder_of(owner)).body)
    there = CHANCE.sub(b"", as_nobody.get(link).content)
    owner.delete()
    assert CHANCE.sub(b"", as_nobody.get(link).content) == there
    assert as_nobody.post(link).status_code == 200


def test_one_persons_link_is_not_anothers(owner: User) -> None:
    other = make_person("other")
    link = link_in(words_of(reminder_of(owner)).body)
    choose(other)
    Client().post(link)
    assert ReminderChoice.objects.get(owner=other).channel == "mail"
    assert ReminderChoice.objects.get(owner=owner).channel == "none"


def test_without_an_address_the_first_host_is_named(owner: User, settings: Settings) -> None:
    settings.COUNTERPOINT_ADDRESS, settings.ALLOWED_HOSTS = "", [".example.net", "b.example.net"]
    assert "https://example.net/reminders/stop/" in words_of(reminder_of(owner)).body
