"""A site of its own with words in it that can be told anywhere, and a search of all it left.

``main`` runs in a process of its own with the environment of a production site; it prints what was
found where, first as the site is, then with a leak of each kind planted. What a backup or a printed
page leaves is searched as soon as it lies in the site's data folder; a new kind of answer joins in
``_bodies_for``.
"""

from __future__ import annotations

import base64
import io
import json
import logging
import re
import sys
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import time_machine
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

import pushbox
from counterpoint.cli import _site
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import accept_privacy
from counterpoint.web.core import clock
from counterpoint.web.core.logs import QuietFormatter
from counterpoint.web.core.middleware import PrivateAnswers
from counterpoint.web.core.neutral import NEUTRAL_STATE
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Release
from counterpoint.web.dynamics.services.solo import fit_person
from counterpoint.web.jobs.models import Job
from counterpoint.web.jobs.services import enqueue_due
from counterpoint.web.jobs.worker import run_next
from counterpoint.web.reminders.models import ReminderChoice
from pairs import OCTOBER, SUNDAY, join, share_both
from reminding import choose
from web.dynamics.both_evenings import write_both
from web.worlds import addresses, arguments

HOST = "notes.example.org"
PASSWORD = "wisteria quarry candle 41"
LINE = "velvet heron at the ferry landing"
CARD = "mulberry lantern under the stairs"
REFUSED = "copper thistle beside the weir"
FAILED = "amber plover in the boathouse"
QUIET = "ochre swallow over the millpond"
SHEET = "indigo marten by the orchard wall"
ADDRESS = "quillfeather@canary.example"
NEXT_ADDRESS = "saltmarsh@canary.example"
DEVICE = "cobalt-lapwing-in-the-reeds"
WORDS = {"line": LINE, "card": CARD, "refused": REFUSED, "failed": FAILED, "password": PASSWORD,
         "quiet": QUIET, "sheet": SHEET, "device": DEVICE}  # fmt: skip
"""What stands readable nowhere but in the answers to who wrote it."""

ADDRESSES = {"address": ADDRESS, "next address": NEXT_ADDRESS}
"""What stands in the database, and in mails to itself, besides."""

Found = list[str]


class Log(logging.Handler):
    """Keeps every line of every logger, formatted as the site formats them."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(QuietFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(self.format(record))


LOG = Log()


def listen() -> None:
    """Have everything logged, at the finest grain."""
    for name in ("", *logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        if name == "" or not logger.propagate:
            logger.addHandler(LOG)


def shapes(words: str) -> Iterator[bytes]:
    """Yield words as they might lie in a file: plain, wide, in hex, in base64 at each offset."""
    raw = words.encode()
    yield raw
    yield words.encode("utf-16-le")
    yield raw.hex().encode()
    for offset in range(3):
        shifted = base64.b64encode(b"x" * offset + raw)
        yield shifted[4 if offset else 0 : -4]


def holding(body: bytes, canaries: dict[str, str]) -> list[str]:
    """Return which canaries a body holds, in whatever shape."""
    return [
        name for name, words in canaries.items() if any(shape in body for shape in shapes(words))
    ]


class Browser(Client):
    """Speaks https."""

    def generic(self, *args: Any, **kwargs: Any) -> Any:
        """Ask as the site's proxy does."""
        return super().generic(*args, **{**kwargs, "secure": True})


def browser() -> Client:
    """Return a browser that speaks to the site as its proxy does."""
    return Browser(raise_request_exception=False, HTTP_HOST=HOST)


def work() -> None:
    """Do what waits in the queue: hand over letters, work pictures out."""
    while run_next():
        pass


def code_of_last_mail() -> str:
    """Return the code in the newest mail."""
    work()
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", str(mail.outbox[-1].body), re.M)
    assert found, mail.outbox[-1].body
    return found[1]


def key_on(page: HttpResponse) -> str:
    """Return the key of the form on a page."""
    found = re.search(r'name="(?:submission_key|key)" value="([^"]+)"', page.content.decode())
    assert found, page.content.decode()[:2000]
    return found[1]


def write_a_life(writer: Client, other: User) -> User:
    """Let somebody use the site over its pages, leaving words wherever there is room for them."""
    form = {"email": ADDRESS, "password1": PASSWORD, "zone": "UTC"}
    assert writer.post("/account/sign-up/", form).status_code == 302
    answer = writer.post("/account/code/", {"code": code_of_last_mail()})
    assert answer.status_code == 302, answer.content
    assert writer.post("/account/read-first/").status_code == 302
    person = User.objects.get(email=ADDRESS)
    day = clock.today("UTC")
    one, more = f"/checkin/{day}/1/", f"/checkin/{day}/1/more/"
    taps = {"c1": "3", "s1": "8", "n": "some", "e1": "no"}
    writer.post(one, {"submission_key": key_on(writer.get(one)), **taps})
    key = key_on(writer.get(more))
    refused = writer.post(more, {"submission_key": key, "line": f"{REFUSED} " * 200})
    assert refused.status_code == 422
    broken = mock.Mock(side_effect=ValueError(f"could not keep {FAILED}"))
    with mock.patch("counterpoint.web.diary.services.record_screen_two", broken):
        failed = writer.post(more, {"submission_key": key, "line": FAILED})
    assert failed.status_code == 500
    assert writer.post(more, {"submission_key": key, "line": LINE}).status_code == 302
    join(other, person)
    share_both(other, person, *Kind)
    laid = writer.post("/two/table/", {"kind": "wish", "text": CARD})
    assert laid.status_code == 302, laid.content
    key = key_on(writer.get("/desk/"))
    writer.post("/desk/", {"submission_key": key, "look": "1", "message": SHEET})
    kept = writer.post("/desk/", {"submission_key": key, "keep": "1", "message": SHEET})
    assert kept.status_code == 302, kept.content
    browser().post("/account/sign-in/", {"login": ADDRESS, "password": f"not {PASSWORD}"})
    browser().post("/account/password/new/", {"email": ADDRESS})
    writer.get("/nowhere/", {"q": "plain"})
    writer.post("/account/again/", {"password": PASSWORD})
    answer_quietly(writer)
    turn_on_a_device(writer, person)
    writer.post("/account/address/", {"address": NEXT_ADDRESS})
    code = code_of_last_mail()
    assert mail.outbox[-1].to == [NEXT_ADDRESS]
    writer.post("/account/address/code/", {"code": code})
    return person


def turn_on_a_device(writer: Client, person: User) -> None:
    """Turn reminders on in a browser whose push service cannot be reached, and have one due."""
    session = writer.session
    session.set_expiry(None)  # as for a device that its person alone uses
    session.save()
    told = pushbox.Browser(DEVICE).told
    address, kind = "/reminders/devices/", "application/json"
    added = writer.post(address, json.dumps(told), content_type=kind)
    assert added.status_code == 200, added.content
    refused = json.dumps({"old": told["endpoint"], "new": {**told, "keys": {}}})
    renewed = writer.post(f"{address}renew/", refused, content_type=kind)
    assert renewed.status_code == 422
    choose(person, channel="push", evening_days="012345", paused_until=None)
    now, today = clock.now(), clock.today("UTC") + timedelta(days=1)
    due = {"next_at": now, "next_day": today, "next_kind": "evening"}
    ReminderChoice.objects.filter(owner=person).update(**due)
    nobody = mock.Mock(side_effect=OSError("nobody there"))
    with mock.patch("counterpoint.web.reminders.push_wire.public_addresses", nobody):
        enqueue_due()
        work()
    assert nobody.call_count == 1, "it was tried, and logged that it failed"
    choose(person, channel="none")


def answer_quietly(writer: Client) -> None:
    """Answer the quiet check, one answer in words nobody asked for; look at what is kept."""
    page = writer.get("/quiet/questions/").content.decode()
    opened = re.search(r'name="opened" value="([^"]+)"', page)
    assert opened, page[:2000]
    said = {"opened": opened[1], "afraid": "yes", "hurt": QUIET}
    assert writer.post("/quiet/questions/", said).status_code == 302
    assert b"Delete the line" in writer.get("/quiet/line/").content


def shown_to(writer: Client) -> set[str]:
    """Return which canaries stand on the pages of who wrote them."""
    own = ("/days/", f"/days/{OCTOBER.date()}/", "/two/", "/desk/", "/account/", "/account/door/")
    body = b"".join(writer.get(path).content for path in own)
    return {name for name, words in (WORDS | ADDRESSES).items() if words.encode() in body}


def paths(foreign: uuid.UUID) -> list[str]:
    """Return every address, asked for with one's own things and with somebody else's ids."""
    yesterday = clock.today("UTC") - timedelta(days=1)
    found = set()
    for name in set(addresses(get_resolver())) - {"account_logout", "safety:leave"}:
        for values in arguments(yesterday, foreign) + arguments(clock.today("UTC"), foreign):
            try:
                found.add(reverse(name, kwargs=values))
            except NoReverseMatch:
                continue
    return sorted(found)


def _bodies_for(person: User | None, where: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield all somebody gets: pages with their headers and pictures, and their whole export."""
    looking = browser()
    if person is not None:
        looking.force_login(person)
        looking.post("/account/read-first/")
    for path in where:
        answer = looking.get(path)
        yield path, str(dict(answer.headers)).encode() + answer.getvalue()
    if person is not None:
        answer = looking.post("/account/take-away/", {"password": PASSWORD[::-1]})
        assert answer.streaming, "the export of somebody else is a file, too"
        archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
        for name in archive.namelist():
            yield f"export {name}", archive.read(name)


def search(people: dict[str, User | None], where: list[str], writer_id: uuid.UUID) -> Found:
    """Return each place, and each canary in it that does not belong there."""
    found: Found = []
    both = WORDS | ADDRESSES

    def look(place: str, body: bytes, canaries: dict[str, str] = both) -> None:
        found.extend(f"{place}: {name}" for name in holding(body, canaries))

    for who, person in people.items():
        for path, body in _bodies_for(person, where):
            look(f"page of {who}", path.encode() + body)
    for message in mail.outbox:
        raw = f"{message.subject}\n{message.body}\n{message.extra_headers}".encode()
        look("mail", raw)
        look("mail", message.message().as_bytes(), WORDS)
        if not set(message.to) <= set(ADDRESSES.values()):
            look("mail to others", message.message().as_bytes())
    look("log", "\n".join(LOG.lines).encode())
    for file in sorted(Path(settings.COUNTERPOINT_DATA).parent.rglob("*")):
        if file.is_file():
            is_database = file.name.startswith("counterpoint.sqlite3")
            look(f"file {file.name}", file.read_bytes(), WORDS if is_database else both)
    for row in Session.objects.all():
        kept_there = row.get_decoded()
        is_own = kept_there.get("_auth_user_id") == str(writer_id)  # it may name its own address
        look("session", json.dumps(kept_there, default=str).encode(), WORDS if is_own else both)
    kept: Iterable[tuple[Any, Any]] = cache._cache.items()
    for key, value in kept:
        look("cache", str(key).encode() + value)
    return sorted(set(found))


@contextmanager
def leaking_page(person: User) -> Iterator[None]:
    """Let a page of somebody hold the line of the other."""
    whole = PrivateAnswers.__call__

    def leaking(self: PrivateAnswers, request: HttpRequest) -> HttpResponse:
        answer = whole(self, request)
        if not answer.streaming and request.user.pk == person.pk:
            answer.content += f"<!-- {LINE} -->".encode()
        return answer

    with mock.patch.object(PrivateAnswers, "__call__", leaking):
        yield


def leaks(viewer: User) -> dict[str, Callable[[], object]]:
    """Return a leak of each kind, by the place where it has to be found."""

    def into_session() -> None:
        store = SessionStore()
        store["draft"] = CARD
        store.save()

    backup = Path(settings.COUNTERPOINT_DATA) / "backup.json"
    return {
        "log": lambda: logging.getLogger("counterpoint.diary").debug("saved %s", LINE),
        "session": into_session,
        "cache": lambda: cache.set("draft", {"line": LINE}),
        "file counterpoint.sqlite3": lambda: Job.objects.create(kind="note", key=LINE),
        "file backup.json": lambda: backup.write_text(base64.b64encode(CARD.encode()).decode()),
        "mail to others": lambda: mail.send_mail("Hello", LINE, None, [viewer.email]),
        "mail": lambda: mail.send_mail(f"For {ADDRESS}", "", None, ["somebody@example.org"]),
    }


def main() -> None:
    """Live through October, look around on the first Sunday of November; print what was found."""
    _site.prepare_site()
    settings.COUNTERPOINT_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    listen()
    with time_machine.travel(OCTOBER):
        viewer = User.objects.create_user("viewer@example.org", PASSWORD[::-1], zone="UTC")
        stranger = User.objects.create_user("stranger@example.org", PASSWORD[::-1], zone="UTC")
        for person in (viewer, stranger):
            accept_privacy(person)
        writer = browser()
        person = write_a_life(writer, viewer)
        seen = shown_to(writer)
    with time_machine.travel(SUNDAY):
        look_around(person, viewer, stranger, seen)


def look_around(person: User, viewer: User, stranger: User, seen: set[str]) -> None:
    """Make the joint picture of four weeks, and search; plant each leak, and search again."""
    write_both(viewer, person, 28, last=SUNDAY.date() - timedelta(days=3))
    enqueue_due()
    fit_person(viewer, backend="portable")
    work()
    writer = browser()
    for address in (ADDRESS, NEXT_ADDRESS):
        writer.post("/account/sign-in/", {"login": address, "password": PASSWORD})
    shown = sorted(seen | shown_to(writer))
    where = paths(person.pk)
    people = {"the other": viewer, "a stranger": stranger, "nobody": None}
    found = {"clean": search(people, where, person.pk)}
    for place, leak in leaks(viewer).items():
        leak()
        work()
        found[place] = search({}, [], person.pk)
    with leaking_page(viewer):
        found["page of the other"] = search({"the other": viewer}, ["/today/"], person.pk)
    pictures = sum(b"<svg" in body for _, body in _bodies_for(viewer, ["/plane/", "/two/"]))
    joint = [body for _, body in _bodies_for(viewer, ["/two/picture/"]) if b"The joint" in body]
    assert Release.objects.count() == 1
    assert not any(NEUTRAL_STATE.encode() in body for body in joint)
    report = {"shown": shown, "found": found, "paths": len(where), "log": len(LOG.lines),
              "mails": len(mail.outbox), "pictures": pictures}  # fmt: skip
    sys.stdout.write(json.dumps(report))
