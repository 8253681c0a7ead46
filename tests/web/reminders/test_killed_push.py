"""A worker is killed in each place where it can die while a reminder goes to a device.

As with mail (``test_killed.py``): nothing is lost in any place. A message is taken twice only where
the push service had all of it and the worker died before it could write that down: both times
under the same topic, so that the service drops the one that waits, and with the same tag, so that
a device that shows one already shows it in its place.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from postbox import Mailbox, open_mailbox
from pushbox import Browser, PushBox, open_pushbox
from web.reminders.test_killed import FINISH, SET_UP, WORK, doomed, environment, run

SEAM = """
import os
from pathlib import Path
from pushbox import reach_only
seam = reach_only(int(os.environ["PUSHBOX_PORT"]), Path(os.environ["PUSHBOX_CERTIFICATE"]))
seam.__enter__()
"""
ADD = SET_UP.replace(
    "now = clock.now()",
    "from counterpoint.web.accounts.models import User\n"
    "from pushbox import Browser, add_browser\n"
    "add_browser(User.objects.get(), Browser(seed=7))\n"
    "now = clock.now()",
)
START = "import django; django.setup()\n"
WORK_HERE = (
    WORK.replace(START, START + SEAM)
    .replace("reminders import outbox", "reminders import outbox, push")
    .replace(
        'worker if sys.argv[1] == "finish" else outbox',
        '{"finish": worker, "_retire": push, "_post": push}.get(sys.argv[1], outbox)',
    )
)
FINISH_HERE = FINISH.replace(START, START + SEAM)
ONCE = ("", "settle_due", "_claim", "connect", "_mark", "finish")
SERVICE_HAS_IT = ("body", "answer", "_post", "deliver")
ON_ITS_WAY = "head"
"""The body may or may not have left by then."""
BY_SERVICE = {"connect", "head", "body", "answer"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site on which one reminder, wanted on a device, has just become due."""
    folder = tmp_path_factory.mktemp("killed-push")
    (folder / "data").mkdir()
    run(ADD, folder, 9)
    return folder


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as box:
        yield box


@pytest.fixture
def box(tmp_path: Path) -> Iterator[PushBox]:
    with open_pushbox(tmp_path) as found:
        yield found


def live_through(place: str, site: Path, box: PushBox, mailbox: Mailbox, folder: Path) -> int:
    """Let a worker die in a place and another finish; return how many messages came before."""
    shutil.copytree(site, folder)
    seam = {"PUSHBOX_PORT": str(box.port), "PUSHBOX_CERTIFICATE": str(box.certificate)}
    if place:
        by_service = place in BY_SERVICE
        given = environment(folder, mailbox.port) | seam
        with doomed(WORK_HERE, "" if by_service else place, given) as pid:
            box.victim, box.deadly = pid, place if by_service else ""
    before = len(box.taken)
    run(FINISH_HERE, folder, mailbox.port, **seam)
    return before


def rows(folder: Path) -> list[tuple[str, str, str | None]]:
    """Return state, channel and next try of each reminder; no job is left."""
    with sqlite3.connect(folder / "data" / "counterpoint.sqlite3") as database:
        jobs = database.execute("SELECT count(*) FROM jobs_job WHERE kind='remind'").fetchone()
        assert jobs == (0,)
        return database.execute(
            "SELECT state, channel, retry_at FROM reminders_remindersend"
        ).fetchall()


@pytest.mark.parametrize("place", [*ONCE, ON_ITS_WAY, *SERVICE_HAS_IT])
def test_a_killed_worker_loses_nothing(
    place: str, site: Path, tmp_path: Path, box: PushBox, mailbox: Mailbox
) -> None:
    before = live_through(place, site, box, mailbox, tmp_path / "site")
    assert len(box.topics) == 1, "one message, as a service that drops repeats keeps it"
    if place == ON_ITS_WAY:
        assert before in {0, 1}
    else:
        assert before == (place in {*SERVICE_HAS_IT, "_mark", "finish"})
    is_again = place in {ON_ITS_WAY, *SERVICE_HAS_IT}
    assert len(box.taken) == 1 + (before if is_again else 0)
    said = {Browser(seed=7).read(each.body) for each in box.taken}
    assert len(said) == 1
    assert mailbox.accepted == []
    assert rows(tmp_path / "site") == [("sent", "push", None)]


@pytest.mark.parametrize("place", ["", "_retire", "deliver", "_mark"])
def test_a_device_that_is_gone_is_replaced_by_mail_wherever_the_worker_dies(
    place: str, site: Path, tmp_path: Path, box: PushBox, mailbox: Mailbox
) -> None:
    box.statuses = [410]
    live_through(place, site, box, mailbox, tmp_path / "site")
    assert box.taken == []
    assert box.asked == 1
    assert len(set(mailbox.ids)) == 1
    assert len(mailbox.accepted) == (2 if place == "deliver" else 1)
    assert rows(tmp_path / "site") == [("sent", "mail", None)]
