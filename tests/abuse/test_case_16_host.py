"""Deleting your account leaves nothing in the database that can be read, nor in its journal.

Case 16: a host with the admin site, a dump, logs, tracebacks or an old backup.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from counterpoint.web.accounts.models import DataKey, User
from counterpoint.web.config.keyfile import write_key_file, write_secret_key
from doors import add_app

WORDS = "the very private words of this evening"

SITE = """
import json, os, sys, uuid
from datetime import date
os.environ["DJANGO_SETTINGS_MODULE"] = "counterpoint.web.config.settings"
import django
django.setup()
from django.core.management import call_command
from counterpoint.web.accounts.models import DataKey, User
from counterpoint.web.accounts.seen import Viewer, record_access
from counterpoint.web.accounts.services import delete_person, replay_ledger
from counterpoint.web.accounts import addresses
from counterpoint.web.core import clock
from counterpoint.web.diary.services import ScreenOne, ScreenTwo
from counterpoint.web.diary.services import record_screen_one, record_screen_two
from doors import add_app
"""

MAKE = f"""
call_command("migrate", interactive=False, verbosity=0)
person = User.objects.create_user("canary@example.org", "two voices, one page")
other = User.objects.create_user("stays@example.org", "two voices, one page")
day = clock.today("UTC")
for each in (person, other):
    record_screen_one(each, day, 1, ScreenOne(c1=6, s1=7), key=uuid.uuid4())
    record_screen_two(each, day, 1, ScreenTwo(line={WORDS!r}), key=uuid.uuid4())
    add_app(each)
addresses.ask_for(person, "canary2@example.org", confirmed=True)
record_access(Viewer.THERAPIST, person, "days")
wrapped = [bytes(DataKey.objects.get(owner=each).wrapped).hex() for each in (person, other)]
print(json.dumps({{"id": str(person.pk), "wrapped": wrapped[0], "other": wrapped[1]}}))
"""

DELETE = """
delete_person(User.objects.get(email="canary@example.org"))
"""


@pytest.fixture
def site(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a site with a database file of its own."""
    (tmp_path / "data").mkdir()
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "COUNTERPOINT_SECRET_KEY_FILE": str(write_secret_key(tmp_path / "secret.key")),
        "COUNTERPOINT_KEY_FILE": str(write_key_file(tmp_path / "master.key")),
        "COUNTERPOINT_HOSTS": "notes.example.org",
        "COUNTERPOINT_DATA": str(tmp_path / "data"),
    }


def run(source: str, site: dict[str, str]) -> str:
    """Run a piece of the site in a process of its own and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", SITE + source], env=site, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def bytes_of_the_database(site: dict[str, str]) -> bytes:
    """Return the database file and whatever lies beside it, raw."""
    files = sorted(Path(site["COUNTERPOINT_DATA"]).glob("counterpoint.sqlite3*"))
    assert files
    return b"".join(path.read_bytes() for path in files)


def test_deletion_leaves_nothing_that_can_be_decrypted(site: dict[str, str]) -> None:
    made = json.loads(run(MAKE, site))
    traces = {
        "key": bytes.fromhex(made["wrapped"]),
        "id": made["id"].replace("-", "").encode(),
        "address": b"canary@example.org",
        "next address": b"canary2@example.org",
    }
    before = bytes_of_the_database(site)
    assert [name for name, trace in traces.items() if trace not in before] == []
    assert WORDS.encode() not in before
    run(DELETE, site)
    after = bytes_of_the_database(site)
    assert [name for name, trace in traces.items() if trace in after] == []
    assert bytes.fromhex(made["other"]) in after, "the other person is still there"


def test_an_open_reader_only_delays_it(site: dict[str, str]) -> None:
    made = json.loads(run(MAKE, site))
    run(
        """
import sqlite3
from django.conf import settings
from counterpoint.web.jobs.worker import run_next
reader = sqlite3.connect(settings.DATABASES["default"]["NAME"])
reader.execute("BEGIN")
reader.execute("SELECT * FROM accounts_user").fetchall()
delete_person(User.objects.get(email="canary@example.org"))
reader.rollback()
reader.close()
assert run_next(), "the worker wipes what could not be wiped at once"
""",
        site,
    )
    assert bytes.fromhex(made["wrapped"]) not in bytes_of_the_database(site)


def test_a_restored_copy_does_not_bring_anybody_back(site: dict[str, str], tmp_path: Path) -> None:
    made = json.loads(run(MAKE, site))
    copy = tmp_path / "old-copy"
    shutil.copytree(site["COUNTERPOINT_DATA"], copy)
    run(DELETE, site)
    shutil.rmtree(site["COUNTERPOINT_DATA"])
    shutil.copytree(copy, site["COUNTERPOINT_DATA"])
    assert bytes.fromhex(made["wrapped"]) in bytes_of_the_database(site)
    told = run(
        "from counterpoint.cli import _site\n_site.prepare_site()\n"
        "print(sorted(User.objects.values_list('email', flat=True)))",
        site,
    )
    assert told.strip().splitlines()[-1] == "['stays@example.org']"
    assert bytes.fromhex(made["wrapped"]) not in bytes_of_the_database(site)


def test_there_is_no_admin_site_and_no_staff() -> None:
    assert not any("admin" in app for app in settings.INSTALLED_APPS)
    assert "admin" not in str([entry.pattern for entry in get_resolver().url_patterns])
    names = {field.name for field in User._meta.get_fields()}
    assert not {"is_staff", "is_superuser", "groups", "user_permissions"} & names


def test_a_dump_holds_no_words_and_no_secrets(owner: User) -> None:
    from datetime import UTC, date, datetime

    from counterpoint.web.accounts.keys import seal
    from counterpoint.web.diary.models import Checkin
    from counterpoint.web.diary.queries import line_place
    from doors import SECRET

    moment = datetime(2026, 3, 10, 20, tzinfo=UTC)
    row = Checkin(
        owner=owner, about_on=date(2026, 3, 10), slot=1, recorded_at=moment, changed_at=moment,
        zone="UTC", checkin_version=1, c1=5, s1=5, e3=[],
    )  # fmt: skip
    row.line_sealed = seal(owner, line_place(row), WORDS)
    row.save(force_insert=True)
    add_app(owner)
    dump = b"".join(
        b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in values)
        for model in apps.get_models()
        for values in model._default_manager.values_list()
    )
    assert owner.email.encode() in dump
    assert WORDS.encode() not in dump
    assert SECRET.encode() not in dump
    assert DataKey.objects.filter(owner=owner).exists()


def test_a_traceback_in_the_log_repeats_nothing_that_was_written(
    as_owner: Client, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from counterpoint.web.accounts.views import own
    from counterpoint.web.core.logs import QuietFormatter

    def break_down(*args: object) -> None:
        raise ValueError(f"could not store {WORDS}")

    monkeypatch.setattr(own, "change_zone", break_down)
    lines: list[str] = []
    handler = logging.Handler()
    handler.setFormatter(QuietFormatter())
    handler.emit = lambda record: lines.append(handler.format(record))
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    try:
        as_owner.raise_request_exception = False
        assert as_owner.post("/account/", {"zone": "UTC", "note": WORDS}).status_code == 500
    finally:
        logger.removeHandler(handler)
    assert any("ValueError" in line for line in lines)
    assert WORDS not in " ".join(lines) + "".join(capfd.readouterr())


def test_private_tables_are_in_no_admin_registry() -> None:
    source = Path(__file__).parents[2] / "src" / "counterpoint" / "web"
    registering = [
        path
        for path in source.rglob("*.py")
        if re.search(r"admin\.(site\.)?register", path.read_text())
    ]
    assert registering == []
