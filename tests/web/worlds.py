"""Two worlds that differ only in what one of two people did, and all the other gets of both."""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

import numpy as np
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from django.utils import translation

from counterpoint.content import LANGUAGES, load_content
from counterpoint.content.telling import Guess
from counterpoint.domain.couplings import Cost
from counterpoint.domain.signs import Sign
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import change_language
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.services import draw_order, place_mark
from counterpoint.web.core import clock
from counterpoint.web.couples import services as couples
from counterpoint.web.couples.kinds import CardKind, Kind
from counterpoint.web.couples.models import Couple
from counterpoint.web.diary.evening_services import add_device
from counterpoint.web.diary.own import Rhythm
from counterpoint.web.diary.own_services import add_question
from counterpoint.web.diary.pace import Pace
from counterpoint.web.diary.pace_services import set_pace
from counterpoint.web.dynamics.services import hunches, maps
from counterpoint.web.practice.services import contest, find_out, keep_draft
from counterpoint.web.reminders.devices import devices_of, open_device
from counterpoint.web.reminders.feeds import renew_feed
from counterpoint.web.reminders.kinds import Kind as Due
from counterpoint.web.reminders.models import ReminderChoice
from counterpoint.web.reminders.outbox import list_due, remind
from counterpoint.web.safety.services import keep_route
from factories import browser_of
from pairs import share
from pushbox import Browser, Carrier, add_browser
from reminding import choose
from web.dynamics.both_evenings import write_taps

Seen = TypeVar("Seen")
CARRIER = Carrier()
"""Carries what goes to devices."""

CHANCE = re.compile(
    rb'(csrfmiddlewaretoken" value="|submission_key" value="|name="key" value="'
    rb'|action="/account/door/visits/)[^"]+"'
)
"""What differs by chance at every look: tokens, and the id of the reader's own visit."""


@dataclass(frozen=True)
class Got:
    """One answer as its reader gets it."""

    route: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def addresses(resolver: URLResolver, names: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the name of every route."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, (*names, entry.namespace) if entry.namespace else names)
        elif isinstance(entry, URLPattern):
            yield ":".join((*names, str(entry.name)))


def arguments(yesterday: date, foreign: uuid.UUID) -> list[dict[str, Any]]:
    """Return what routes may be asked with: own things, and ids of rows that are not one's own."""
    day = yesterday.isoformat()
    content = load_content()
    return [
        {},
        {"day": day},
        {"day": day, "slot": 1},
        {"turns_on": "2026-11-01"},
        *({"name": kind.value} for kind in Kind),
        *({"kind": kind.value} for kind in MarkKind),
        {"run_id": str(foreign)},
        {"draft_id": str(foreign)},
        {"visit_id": str(foreign)},
        {"exercise_id": next(iter(content.exercises))},
        {"item_id": content.questionnaire.items[0].item_id},
        *({"sign": sign.value} for sign in Sign),
    ]


@cache
def every_address(yesterday: date, foreign: uuid.UUID) -> tuple[str, ...]:
    """Return every address there is, save the way out and the demo's next day."""
    paths = set()
    for name in addresses(get_resolver()):
        if name in {"account_logout", "core:next_day"}:
            continue
        for values in arguments(yesterday, foreign):
            try:
                paths.add(reverse(name, kwargs=values))
            except NoReverseMatch:
                continue
    return tuple(sorted(paths))


@cache
def all_paths(yesterday: date, foreign: uuid.UUID) -> tuple[str, ...]:
    """Return every address that can be asked for with GET."""
    looking = Client()
    every = every_address(yesterday, foreign)
    return tuple(path for path in every if looking.get(path).status_code != 405)


def remind_everybody() -> None:
    """Let the time of every reminder that was chosen come now, and the worker do what is due."""
    now = clock.now()
    today = clock.today("UTC")
    ReminderChoice.objects.filter(next_at__isnull=False).update(
        next_at=now, next_day=today, next_kind=Due.SUNDAY if today.weekday() == 6 else Due.EVENING
    )
    with CARRIER.carrying():
        for _, key in list_due():
            remind(key)


def all_got(viewer: User, paths: Sequence[str]) -> list[Got]:
    """Return everything a person gets: every answer, mail and note; reminders are sent first."""
    CARRIER.read.clear()
    remind_everybody()
    devices = [open_device(each).endpoint for each in devices_of(viewer)]
    browser: Client = browser_of(viewer)
    found = []
    for path in paths:
        answer = browser.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        headers = {key.lower(): value for key, value in answer.items()}
        named = {key: value for key, value in headers.items() if key not in {"date"}}
        cookies = tuple(sorted(("cookie", name) for name in answer.cookies))
        known = CHANCE.sub(rb'\1"', body)
        if headers.get("content-type", "").startswith("application/zip"):
            known = b"zip"
            named.pop("content-length", None)
        found.append(Got(path, answer.status_code, (*sorted(named.items()), *cookies), known))
    mine = [each for each in mail.outbox if viewer.email in each.recipients()]
    found.extend(Got("mail", 0, (), str(each.message()).encode()) for each in mine)
    found.extend(
        Got("note", 0, (("head", head),), plain)
        for endpoint, plain, head in CARRIER.read
        if endpoint in devices
    )
    return found


def differences(one: list[Got], other: list[Got]) -> list[str]:
    """Return where two worlds differ for their reader, in words."""
    found = [] if len(one) == len(other) else ["number of answers"]
    for a, b in zip(one, other, strict=False):
        if a != b:
            parts = [
                name
                for name, differs in (
                    ("status", a.status != b.status),
                    ("headers", a.headers != b.headers),
                    ("length", len(a.body) != len(b.body)),
                    ("body", a.body != b.body),
                )
                if differs
            ]
            found.append(f"{a.route}: {', '.join(parts)}")
    return found


class _Undone(Exception):  # noqa: N818 - it undoes a world and says so
    """Nothing of a world is kept."""


def in_a_world(deed: Callable[[], object], look: Callable[[], Seen]) -> Seen:
    """Return what is seen after a deed, and undo the deed and the look."""
    seen: list[Seen] = []
    mail.outbox.clear()
    try:
        with transaction.atomic():
            deed()
            seen.append(look())
            raise _Undone
    except _Undone:
        return seen[0]


def live(person: User, couple: Couple, chance: random.Random, last: date) -> None:
    """Let somebody do, in secret, any of what nobody but them may learn of."""
    translation.activate("en")  # no request is at hand, and the page before left its language
    deeds: list[Callable[[], object]] = [
        lambda: _answer(person, chance, last),
        lambda: _mark(person, chance),
        lambda: share(person, *chance.sample([Kind.DAYS, Kind.PRACTICE, Kind.SIGNS], 2)),
        lambda: _freeze(person, chance),
        lambda: couples.lay_card(person, chance.choice(list(CardKind)), "face down"),
        lambda: maps.save_map(person, couple.pk, {cost: chance.randrange(5) for cost in Cost}),
        lambda: draw_order(person),
        lambda: _guess(person, chance),
        lambda: keep_draft(person, {"need": "quiet"}, key=uuid.uuid4()),
        lambda: contest(person, chance.choice(["friction.pushed", "sign.hard_to_rely"])),
        lambda: find_out(person, load_content().exercises["wave_passes"], key=uuid.uuid4()),
        lambda: add_question(person, Rhythm.DAY, item_id="trust", key=uuid.uuid4()),
        lambda: set_pace(person, chance.choice(list(Pace))),
        lambda: change_language(person, chance.choice(LANGUAGES)),
        lambda: _remind(person, chance),
        lambda: _quiet(person, chance),
        lambda: browser_of(person).get(reverse("practice:today")),
    ]
    for deed in chance.sample(deeds, chance.randrange(len(deeds) + 1)):
        deed()


def turn_on(person: User, number: int) -> None:
    """Let somebody turn reminders on in a browser of that number."""
    browser = Browser(str(number), seed=number)
    CARRIER.browsers[browser.endpoint] = browser
    add_browser(person, browser)


def _remind(person: User, chance: random.Random) -> None:
    if chance.random() < 0.5:
        turn_on(person, chance.randrange(1, 2**32))
    choose(
        person,
        evenings=chance.random() < 0.5,
        evening_days=chance.choice(["012345", "24"]),
        channel=chance.choice(["mail", "push", "none"]),
        title=chance.choice(["tea", "notes"]),
    )
    renew_feed(person)
    add_device(person)


def _answer(person: User, chance: random.Random, last: date) -> None:
    rng = np.random.default_rng(chance.randrange(2**32))
    taps = rng.integers(0, 11, (chance.randrange(1, 40), 2, 3)).astype(float)
    taps[rng.random(len(taps)) < 0.3] = np.nan
    write_taps(person, taps, last=last - timedelta(days=chance.randrange(3)), rng=rng)


def _quiet(person: User, chance: random.Random) -> None:
    asked = [item.item_id for item in load_content().quiet.items]
    keep_route(person, {item_id: chance.choice([True, False, None]) for item_id in asked})


def _mark(person: User, chance: random.Random) -> None:
    place_mark(
        person,
        chance.choice(list(MarkKind)),
        connection_points=10 * chance.randrange(11),
        self_points=10 * chance.randrange(11),
        key=uuid.uuid4(),
    )


def _guess(person: User, chance: random.Random) -> None:
    hunches.seal_hunches(person, {cost: chance.choice([None, *Guess]) for cost in Cost})
    hunches.open_hunch(person, chance.choice(list(Cost)))


def _freeze(person: User, chance: random.Random) -> None:
    couples.freeze(person)
    if chance.random() < 0.5:
        couples.thaw(person)
