"""The production settings, read the way production reads them: in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from counterpoint.errors import SetupError
from counterpoint.web.config.environment import (
    SETTINGS,
    database_from_url,
    email_from_url,
    read_hosts,
    read_push_keys,
    read_setting,
    read_switch,
)
from counterpoint.web.config.keyfile import write_key_file, write_secret_key

ROOT = Path(__file__).resolve().parents[3]
PRODUCTION = "counterpoint.web.config.settings"
DUMP = f"""
import json
from {PRODUCTION} import *
names = [name for name in dir() if name.isupper()]
print(json.dumps({{name: globals()[name] for name in names}}, default=str))
"""


def environment(folder: Path, **changes: str | None) -> dict[str, str]:
    base: dict[str, str | None] = {
        "PATH": os.environ["PATH"],
        "COUNTERPOINT_SECRET_KEY_FILE": str(write_secret_key(folder / "secret.key")),
        "COUNTERPOINT_KEY_FILE": str(write_key_file(folder / "master.key")),
        "COUNTERPOINT_HOSTS": "notes.example.org",
        "COUNTERPOINT_DATA": str(folder / "data"),
        **changes,
    }
    return {name: value for name, value in base.items() if value is not None}


def run_python(source: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", source], env=env, capture_output=True, text=True, check=False
    )


def run_counterpoint(
    *arguments: str, env: dict[str, str], cwd: Path
) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("counterpoint")
    return subprocess.run(
        [str(program), *arguments], env=env, cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    done = run_python(DUMP, environment(tmp_path_factory.mktemp("site")))
    assert done.returncode == 0, done.stderr
    settings: dict[str, Any] = json.loads(done.stdout)
    return settings


def test_what_must_hold(production: dict[str, Any]) -> None:
    must = {
        "DEBUG": False,
        "COUNTERPOINT_DEMO": False,
        "ALLOWED_HOSTS": ["notes.example.org"],
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": 12 * 3600,
        "SESSION_IDLE_SECONDS": 30 * 60,
        "SESSION_IDLE_SHARED_SECONDS": 10 * 60,
        "SESSION_ENGINE": "django.contrib.sessions.backends.db",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
        "MFA_ADAPTER": "counterpoint.web.accounts.second_step.FactorAdapter",
        "MFA_PASSKEY_LOGIN_ENABLED": False,
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_TRUST_ENABLED": False,
        "MFA_ALLOW_UNVERIFIED_EMAIL": False,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "DATA_UPLOAD_MAX_NUMBER_FILES": 0,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 256 * 1024,
        "SILENCED_SYSTEM_CHECKS": [],
        "EMAIL_BACKEND": "counterpoint.web.accounts.letters.Outbox",
        "COUNTERPOINT_MAIL_BACKEND": "django.core.mail.backends.console.EmailBackend",
    }
    assert {name: production[name] for name in must} == must
    assert "SESSION_COOKIE_DOMAIN" not in production
    assert not any("admin" in app for app in production["INSTALLED_APPS"])


def test_failed_tries_are_never_counted_by_address_alone(production: dict[str, Any]) -> None:
    limits = production["ACCOUNT_RATE_LIMITS"]
    assert limits["login"] is None
    assert limits["login_failed"] == "5/5m/key"
    assert "ip" not in str(limits)


def test_the_ledger_lies_beside_the_keys_and_outside_the_data(production: dict[str, Any]) -> None:
    ledger = Path(production["COUNTERPOINT_LEDGER_FILE"])
    assert ledger == Path(production["COUNTERPOINT_KEY_FILE"]).with_name("deleted.ledger")
    assert not ledger.is_relative_to(production["COUNTERPOINT_DATA"])


def test_serve_refuses_a_ledger_in_the_data_folder(tmp_path: Path) -> None:
    env = environment(tmp_path, COUNTERPOINT_LEDGER_FILE=str(tmp_path / "data" / "ledger"))
    done = run_counterpoint("serve", env=env, cwd=tmp_path)
    assert done.returncode == 2
    assert "deletion ledger lies in the data folder" in done.stderr
    assert done.stderr.count("\n") == 1


def test_passkeys_are_allowed_here_and_nowhere_else(production: dict[str, Any]) -> None:
    policy = production["PERMISSIONS_POLICY"]
    opened = {name for name, who in policy.items() if who}
    assert opened == {"publickey-credentials-create", "publickey-credentials-get"}
    assert all(policy[name] == ["self"] for name in opened)


def test_the_policy_allows_nothing_but_our_own_files(production: dict[str, Any]) -> None:
    directives = production["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    nothing = {"default-src", "frame-ancestors", "base-uri"}
    assert {name for name, value in directives.items() if value == ["'none'"]} == nothing
    assert all(value == ["'self'"] for name, value in directives.items() if name not in nothing)


def test_sqlite_loses_nothing(production: dict[str, Any]) -> None:
    database = production["DATABASES"]["default"]
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
    ):
        assert f"PRAGMA {pragma};" in database["OPTIONS"]["init_command"]


def test_sqlite_is_opened_that_way(tmp_path: Path) -> None:
    source = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "counterpoint.web.config.settings"
import django; django.setup()
from django.db import connection
from pathlib import Path
Path(os.environ["COUNTERPOINT_DATA"]).mkdir()
with connection.cursor() as cursor:
    for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys"):
        print(name, cursor.execute(f"PRAGMA {name}").fetchone()[0])
"""
    done = run_python(source, environment(tmp_path))
    assert done.stdout.split() == (
        ["journal_mode", "wal", "synchronous", "2", "secure_delete", "1", "foreign_keys", "1"]
    ), done.stderr


def test_deploy_check_has_no_warning(tmp_path: Path) -> None:
    source = """
from django.core.management import execute_from_command_line
execute_from_command_line(["counterpoint", "check", "--deploy", "--fail-level", "WARNING"])
"""
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE=PRODUCTION)
    done = run_python(source, env)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"COUNTERPOINT_SECRET_KEY_FILE": None}, "COUNTERPOINT_SECRET_KEY (or"),
        ({"COUNTERPOINT_KEY_FILE": None}, "COUNTERPOINT_KEY_FILE is not set"),
        ({"COUNTERPOINT_HOSTS": None}, "COUNTERPOINT_HOSTS is not set"),
        ({"COUNTERPOINT_HOSTS": "*"}, "COUNTERPOINT_HOSTS must name"),
        ({"COUNTERPOINT_KEY_FILE": "/nowhere/at/all"}, "COUNTERPOINT_KEY_FILE cannot be read"),
        ({"COUNTERPOINT_SECRET_KEY_FILE": "/nowhere"}, "COUNTERPOINT_SECRET_KEY_FILE cannot"),
        ({"COUNTERPOINT_DATABASE_URL": "mysql://x/y"}, "must look like postgresql://"),
        ({"COUNTERPOINT_EMAIL_URL": "imap://x"}, "must look like smtp://"),
        ({"COUNTERPOINT_EMAIL_VERIFICATION": "maybe"}, "must be on or off"),
        ({"COUNTERPOINT_EXIT_URL": "nowhere"}, "quick exit leads nowhere"),
    ],
)
def test_serve_refuses_with_one_line(
    tmp_path: Path, changes: dict[str, str | None], named: str
) -> None:
    done = run_counterpoint(
        "serve", "--port", "1", env=environment(tmp_path, **changes), cwd=tmp_path
    )
    assert done.returncode == 2
    assert named in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert not (tmp_path / "data").exists()


def test_serve_refuses_a_key_file_that_others_can_read(tmp_path: Path) -> None:
    env = environment(tmp_path)
    (tmp_path / "master.key").chmod(0o644)
    done = run_counterpoint("serve", env=env, cwd=tmp_path)
    assert done.returncode == 2
    assert "chmod 600" in done.stderr


def test_a_damaged_key_file_is_refused_with_its_line(tmp_path: Path) -> None:
    env = environment(tmp_path)
    (tmp_path / "master.key").write_text("# note\nk1:short\n")
    done = run_counterpoint("serve", env=env, cwd=tmp_path)
    assert done.returncode == 2
    assert "line 2" in done.stderr


def test_make_secrets_writes_three_private_files_once(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"]}
    first = run_counterpoint("serve", "--make-secrets", "keys", env=env, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    kept = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    assert set(kept) == {"secret.key", "master.key", "push.key"}
    assert "COUNTERPOINT_PUSH_KEY_FILE=" in first.stdout
    push_key = str(tmp_path / "keys" / "push.key")
    assert len(read_push_keys({"COUNTERPOINT_PUSH_KEY_FILE": push_key})) == 1
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}
    run_counterpoint("serve", "--make-secrets", "keys", env=env, cwd=tmp_path)
    assert {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == kept


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from the file\n")
    assert (
        read_setting("COUNTERPOINT_SECRET_KEY", {"COUNTERPOINT_SECRET_KEY_FILE": str(file)})
        == "from the file"
    )
    both = {"COUNTERPOINT_SECRET_KEY_FILE": str(file), "COUNTERPOINT_SECRET_KEY": "told"}
    assert read_setting("COUNTERPOINT_SECRET_KEY", both) == "told"


def test_an_empty_secret_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(" \n")
    with pytest.raises(SetupError, match="is empty"):
        read_setting("COUNTERPOINT_SECRET_KEY", {"COUNTERPOINT_SECRET_KEY_FILE": str(file)})


def test_hosts_are_split() -> None:
    assert read_hosts({"COUNTERPOINT_HOSTS": "a.example, b.example,"}) == [
        "a.example",
        "b.example",
    ]


def test_switches_are_on_or_off() -> None:
    name = "COUNTERPOINT_EMAIL_VERIFICATION"
    assert read_switch(name, {}) is True
    assert read_switch(name, {name: "OFF"}) is False


def test_a_database_address_is_taken_apart() -> None:
    found = database_from_url("postgresql://me:p%40ss@db.example:5433/notes?sslmode=require")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert [found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "notes",
        "me",
        "p@ss",
        "db.example",
        "5433",
    ]
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_socket_folder_may_be_the_host() -> None:
    assert database_from_url("postgresql:///notes?host=/run/postgresql")["HOST"] == (
        "/run/postgresql"
    )


@pytest.mark.parametrize("url", ["postgresql://host", "sqlite:///x", "postgresql://h:x/n"])
def test_a_bad_database_address_is_refused(url: str) -> None:
    with pytest.raises(SetupError, match="COUNTERPOINT_DATABASE_URL"):
        database_from_url(url)


def test_a_mail_address_is_taken_apart() -> None:
    found = email_from_url("smtp+tls://me:word@mail.example")
    assert found["EMAIL_HOST"] == "mail.example"
    assert found["EMAIL_PORT"] == 587
    assert found["EMAIL_USE_TLS"] is True
    assert found["EMAIL_USE_SSL"] is False


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `COUNTERPOINT_")]
    named = [line.split("`")[1] for line in rows]
    assert named == list(SETTINGS)
    for line, setting in zip(rows, SETTINGS.values(), strict=True):
        assert (f"`{setting.default}`" in line) if setting.default else True
        assert (f"`{setting.name}_FILE`" in line) is setting.secret, setting.name
        assert ("required" in line) is (setting.default is None), setting.name
