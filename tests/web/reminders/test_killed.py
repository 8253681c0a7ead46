"""A worker is killed in each place where it can die; the next one finishes what it began.

The worker is a process of its own on a database file of its own, and speaks SMTP to a server on
this machine. Nothing is lost in any place. A mail is taken twice only where the server had said
yes, or had all of it, and the worker died before it could write that down: both times under the
same Message-ID, so that a mailbox that drops repeats shows one.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from counterpoint.web.config.keyfile import write_key_file, write_push_key, write_secret_key
from postbox import Mailbox, open_mailbox

SET_UP = """
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from counterpoint.web.core import clock
from counterpoint.web.reminders.models import ReminderChoice
from people import make_person
from reminding import choose
choose(make_person("owner"))
now = clock.now()
ReminderChoice.objects.update(
    next_at=now - timedelta(minutes=1), next_day=now.date(), next_kind="evening")
"""
WORK = """
import os, signal, sys
import django; django.setup()
from counterpoint.web.jobs import worker
from counterpoint.web.reminders import outbox
if sys.argv[1]:
    place = worker if sys.argv[1] == "finish" else outbox
    whole = getattr(place, sys.argv[1])
    def dies(*given, **named):
        whole(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(place, sys.argv[1], dies)
from threading import Event
worker.run_worker(Event(), poll_seconds=.05, schedule_seconds=.05)
"""
FINISH = """
import django; django.setup()
import time_machine
from datetime import datetime, timedelta, UTC
from reminding import work
for minutes in (0, 6, 12):
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes)):
        work()
"""
ONCE = ("", "settle_due", "_claim", "connect", "EHLO", "MAIL", "RCPT", "DATA", "_mark", "finish")
SERVER_HAS_IT = ("body", "QUIT", "deliver")
WORDS_OF_THE_SERVER = {"connect", "EHLO", "MAIL", "RCPT", "DATA", "body", "QUIT"}


def environment(folder: Path, port: int) -> dict[str, str]:
    tests = Path(__file__).parents[2]
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "counterpoint.web.config.settings",
        "PYTHONPATH": os.pathsep.join((str(tests), *sys.path)),
        "COUNTERPOINT_SECRET_KEY_FILE": str(write_secret_key(folder / "secret.key")),
        "COUNTERPOINT_KEY_FILE": str(write_key_file(folder / "master.key")),
        "COUNTERPOINT_PUSH_KEY_FILE": str(write_push_key(folder / "push.key")),
        "COUNTERPOINT_HOSTS": "notes.example.org",
        "COUNTERPOINT_DATA": str(folder / "data"),
        "COUNTERPOINT_EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }


def run(source: str, folder: Path, port: int, **more: str) -> None:
    subprocess.run(
        [sys.executable, "-c", source],
        env=environment(folder, port) | more,
        check=True,
        timeout=120,
    )


@contextmanager
def doomed(source: str, place: str, given: dict[str, str]) -> Iterator[int]:
    """Start a worker that is to die; wait until it has, and leave none behind."""
    with subprocess.Popen([sys.executable, "-c", source, place], env=given) as worker:
        try:
            yield worker.pid
            assert worker.wait(timeout=60) == -signal.SIGKILL
        finally:
            worker.kill()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site on which one reminder has just become due."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "data").mkdir()
    run(SET_UP, folder, 9)
    return folder


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as box:
        yield box


@pytest.mark.parametrize("place", [*ONCE, *SERVER_HAS_IT])
def test_a_killed_worker_loses_nothing(
    place: str, site: Path, tmp_path: Path, mailbox: Mailbox
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    if place:
        by_server = place in WORDS_OF_THE_SERVER
        with doomed(WORK, "" if by_server else place, environment(folder, mailbox.port)) as pid:
            mailbox.victim, mailbox.deadly = pid, place if by_server else ""
    before = len(mailbox.accepted)
    run(FINISH, folder, mailbox.port)
    assert len(set(mailbox.ids)) == 1, "one mail, as a mailbox that drops repeats shows it"
    assert len(mailbox.accepted) == (2 if place in SERVER_HAS_IT else 1)
    assert before == (place in {*SERVER_HAS_IT, "_mark", "finish"})
    with sqlite3.connect(folder / "data" / "counterpoint.sqlite3") as database:
        rows = database.execute("SELECT state, retry_at FROM reminders_remindersend").fetchall()
        jobs = database.execute("SELECT count(*) FROM jobs_job WHERE kind='remind'").fetchone()
    assert rows == [("sent", None)]
    assert jobs == (0,)
