"""``counterpoint keys`` as a process, on a site of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from counterpoint.web.config.keyfile import write_key_file, write_secret_key

PROGRAM = Path(sys.executable).with_name("counterpoint")
START = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "counterpoint.web.config.settings"
from counterpoint.cli import _site
_site.open_site()
_site.prepare_site()
from counterpoint.web.accounts.keys import seal
from counterpoint.web.accounts.models import User
person = User.objects.create_user("a@example.org", "two voices, one page")
seal(person, ("diary.Checkin", person.pk, "line"), "words")
"""


@pytest.fixture
def site(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a site with one person who has a data key."""
    env = {
        "PATH": os.environ["PATH"],
        "COUNTERPOINT_SECRET_KEY_FILE": str(write_secret_key(tmp_path / "secret.key")),
        "COUNTERPOINT_KEY_FILE": str(write_key_file(tmp_path / "master.key")),
        "COUNTERPOINT_HOSTS": "notes.example.org",
        "COUNTERPOINT_DATA": str(tmp_path / "data"),
    }
    subprocess.run([sys.executable, "-c", START], env=env, check=True, capture_output=True)
    return env


def run(site: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), "keys", *arguments], env=site, capture_output=True, text=True, check=False
    )


def test_a_change_of_keys_from_end_to_end(site: dict[str, str]) -> None:
    before = json.loads(run(site, "status", "--json").stdout)
    assert before == {
        "masters": [{"id": "k1", "current": True, "needed": True}],
        "people": 1, "older": 0, "retired": 0,
    }  # fmt: skip
    done = json.loads(run(site, "rotate", "--json").stdout)
    assert (done["made"], done["renewed"], done["retired"]) == ("k2", 1, 1)
    again = run(site, "rotate")
    assert "finished an earlier change" in again.stdout
    assert "kept for an hour" in again.stderr
    told = run(site, "status").stdout
    assert "master key k2: seals" in told
    assert "master key k1: not needed by any row" in told


def test_without_a_key_file_one_clear_line(site: dict[str, str]) -> None:
    Path(site["COUNTERPOINT_KEY_FILE"]).unlink()
    for command in ("status", "rotate"):
        done = run(site, command)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "COUNTERPOINT_KEY_FILE cannot be read" in done.stderr
