"""Two connections at once: one publishes a joint picture, the other takes its consent back.

On PostgreSQL the test process runs it in threads. SQLite's test database lies in memory, where
threads do not meet as they do in a file, so there ``python tests/races.py 100`` runs it in a
process of its own on a file, and prints what came of it.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

import time_machine

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User
    from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms

LONGEST_PAUSE = 0.03
"""Seconds a fit, or a hand on its way to the button, takes at most."""


@dataclass
class Outcome:
    """What came of so many races.

    Parameters
    ----------
    published
        Races in which the picture was published, if only for a moment.
    discarded
        Races in which it was thrown away.
    leaks
        Ways of saying no after which something could be seen or was kept.
    """

    published: int = 0
    discarded: int = 0
    leaks: list[str] = field(default_factory=list)


def ways_to_say_no() -> tuple[Callable[[User], None], ...]:
    """Return every act after which nothing joint may be seen."""
    from counterpoint.web.accounts.services import delete_person
    from counterpoint.web.couples import services
    from counterpoint.web.couples.kinds import Kind

    def withdraw_patterns(person: User) -> None:
        services.withdraw(person, Kind.PATTERNS)

    return (withdraw_patterns, services.stop_everything, services.leave, delete_person)


@contextmanager
def consents_read_once() -> Iterator[None]:
    """Plant the mistake: what was read before the fit is taken for what holds after it."""
    from counterpoint.web.couples import queries

    whole = queries.consent_facts
    read: dict[uuid.UUID, object] = {}
    queries.consent_facts = lambda couple: read.setdefault(couple.pk, whole(couple))
    try:
        yield
    finally:
        queries.consent_facts = whole


def race(rounds: int) -> Outcome:
    """Let two people join and share, then let a fit and a withdrawal meet, so many times."""
    from counterpoint.web.couples import queries
    from counterpoint.web.couples.kinds import Kind
    from counterpoint.web.couples.models import Release
    from pairs import OCTOBER, SUNDAY, join, share_both
    from people import make_person

    chance = random.Random(6)  # noqa: S311 - pauses, no secret
    acts = ways_to_say_no()
    outcome = Outcome()
    for number in range(rounds):
        with time_machine.travel(OCTOBER, tick=False) as calendar:
            one, two = make_person(f"one{number}"), make_person(f"two{number}")
            couple = join(one, two)
            share_both(one, two, Kind.PATTERNS)
            calendar.move_to(SUNDAY)
            act, who = acts[number % len(acts)], chance.choice((one, two))
            made = meet(couple.pk, act, who, chance)
            outcome.published += made
            outcome.discarded += not made
            seen = [queries.visible_release(viewer) for viewer in (one, two)]
            kept = Release.objects.filter(couple_id=couple.pk, content__isnull=False)
            if any(seen) or kept.exists():
                outcome.leaks.append(act.__name__)
    return outcome


def meet(
    couple_id: uuid.UUID, act: Callable[[User], None], who: User, chance: random.Random
) -> bool:
    """Publish and act at the same time; return whether a picture was published."""
    from django.db import connection

    from counterpoint.web.accounts.models import User
    from counterpoint.web.core import clock
    from counterpoint.web.couples import services
    from pairs import holding

    start = threading.Barrier(2)
    fit, hand = (chance.random() * LONGEST_PAUSE for _ in range(2))
    failed: list[BaseException] = []
    made: list[bool] = []
    person = User.objects.get(pk=who.pk)

    def slow(terms: ReleaseTerms) -> ReleaseDraft:
        threading.Event().wait(fit)
        return holding(20, canary="secret")(terms)

    def publish() -> None:
        made.append(services.publish_release(couple_id, slow, clock.now()) is not None)

    def say_no() -> None:
        threading.Event().wait(hand)
        act(person)

    def run(work: Callable[[], None]) -> None:
        start.wait()
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in (publish, say_no)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return made[0]


def main(rounds: int, *, forgetful: bool) -> None:
    """Race on a new SQLite file and print the outcome as JSON."""
    for name in [name for name in os.environ if name.startswith("COUNTERPOINT_")]:
        del os.environ[name]  # of the process that started this one: its folder is not ours
    os.environ["DJANGO_SETTINGS_MODULE"] = "counterpoint.web.config.settings_test"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    if forgetful:
        with consents_read_once():
            outcome = race(rounds)
    else:
        outcome = race(rounds)
    print(json.dumps(asdict(outcome)))


if __name__ == "__main__":
    main(int(sys.argv[1]), forgetful="--consents-read-once" in sys.argv)
