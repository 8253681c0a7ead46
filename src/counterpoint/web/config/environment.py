"""Every setting the site reads from its environment, in one table.

A setting ``COUNTERPOINT_X`` that holds a secret may be given as ``COUNTERPOINT_X_FILE``
instead: the path of a file whose text is the value. Nothing else is read from the
environment, and ``docs/reference/settings.md`` lists each row (a test holds the two together).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from counterpoint.errors import SetupError
from counterpoint.web.config.keyfile import is_push_key


@dataclass(frozen=True)
class Setting:
    """One setting of the site.

    Parameters
    ----------
    name
        Name in the environment.
    meaning
        What it does, in one sentence.
    default
        Value used when it is not set; ``None`` means that the site refuses to start.
    secret
        Whether ``name + "_FILE"`` may name a file that holds the value.
    """

    name: str
    meaning: str
    default: str | None = ""
    secret: bool = False


SETTINGS: dict[str, Setting] = {
    row.name: row
    for row in (
        Setting(
            "COUNTERPOINT_SECRET_KEY",
            "signs cookies and forms: at least 50 random characters",
            default=None,
            secret=True,
        ),
        Setting(
            "COUNTERPOINT_KEY_FILE",
            "path of the master key file that seals people's own words; keep it outside the "
            "database and outside its backups",
            default=None,
        ),
        Setting(
            "COUNTERPOINT_LEDGER_FILE",
            "path of the deletion ledger, outside the data folder; empty means deleted.ledger "
            "beside the master key file",
        ),
        Setting(
            "COUNTERPOINT_PUSH_KEY",
            "signs what is sent to people's devices (VAPID); empty means that reminders go by mail "
            "only",
            secret=True,
        ),
        Setting(
            "COUNTERPOINT_HOSTS",
            "host names the site answers to, separated by commas",
            default=None,
        ),
        Setting(
            "COUNTERPOINT_ADDRESS",
            "address of the site as mails name it, such as https://notes.example.org; empty means "
            "https:// and the first of COUNTERPOINT_HOSTS",
        ),
        Setting(
            "COUNTERPOINT_DATA",
            "folder for the database, collected static files and compiled kernels",
            default="counterpoint-data",
        ),
        Setting(
            "COUNTERPOINT_DATABASE_URL",
            "postgresql://user:password@host:port/name; empty means SQLite in the data folder",
            secret=True,
        ),
        Setting(
            "COUNTERPOINT_EMAIL_URL",
            "smtp://user:password@host:port (smtps:// for implicit TLS, smtp+tls:// for STARTTLS); "
            "empty prints mails on the console",
            secret=True,
        ),
        Setting(
            "COUNTERPOINT_EMAIL_FROM",
            "sender of the site's mails",
            default="Notes <notes@localhost>",
        ),
        Setting(
            "COUNTERPOINT_EMAIL_VERIFICATION",
            "on: a new address is confirmed by a code sent to it; off: it is taken as given",
            default="on",
        ),
        Setting(
            "COUNTERPOINT_EXIT_URL",
            "neutral page the quick exit leads to",
            default="https://www.wikipedia.org/",
        ),
        Setting(
            "COUNTERPOINT_COUNTRY",
            "two-letter code of the country whose entries the help directory opens with",
        ),
        Setting(
            "COUNTERPOINT_HELP_FILE",
            "TOML file of your own help directory; empty uses the shipped one, whose entries stay "
            "hidden until somebody has verified them",
        ),
        Setting(
            "COUNTERPOINT_TRUSTED_PROXY",
            "address of the TLS proxy whose X-Forwarded headers `serve` believes",
            default="127.0.0.1",
        ),
    )
}
"""Name to setting, in the order of the reference page."""


def read_setting(name: str, environ: Mapping[str, str] | None = None) -> str:
    """Return one setting, from its variable, its ``_FILE`` or its default.

    Raises
    ------
    SetupError
        If a setting without a default is missing, or its file cannot be read.
    """
    environ = os.environ if environ is None else environ
    row = SETTINGS[name]
    value = environ.get(name, "").strip()
    if value:
        return value
    path = environ.get(f"{name}_FILE", "").strip() if row.secret else ""
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SetupError(f"{name}_FILE cannot be read: {path}") from error
        if not value:
            raise SetupError(f"{name}_FILE is empty: {path}")
        return value
    if row.default is None:
        also = f" (or {name}_FILE)" if row.secret else ""
        raise SetupError(f"{name}{also} is not set: {row.meaning}")
    return row.default


def read_switch(name: str, environ: Mapping[str, str] | None = None) -> bool:
    """Return a setting that is either ``on`` or ``off``.

    Raises
    ------
    SetupError
        If it is neither.
    """
    value = read_setting(name, environ).lower()
    if value not in {"on", "off"}:
        raise SetupError(f"{name} must be on or off, not {value!r}")
    return value == "on"


def read_hosts(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the host names of ``COUNTERPOINT_HOSTS``.

    Raises
    ------
    SetupError
        If there is none, or one of them matches every host.
    """
    text = read_setting("COUNTERPOINT_HOSTS", environ)
    hosts = [host.strip() for host in text.split(",") if host.strip()]
    if not hosts or "*" in hosts:
        raise SetupError("COUNTERPOINT_HOSTS must name the hosts one by one; * is not accepted")
    return hosts


def read_push_keys(environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the keys of ``COUNTERPOINT_PUSH_KEY``: the first for new devices, others for older.

    Returns
    -------
    tuple of str
        Private numbers on the curve P-256, 32 bytes each, in URL-safe base64; none if it is empty.

    Raises
    ------
    SetupError
        If a line is no such key.
    """
    text = read_setting("COUNTERPOINT_PUSH_KEY", environ)
    keys = []
    for number, line in enumerate(text.splitlines(), start=1):
        key = line.strip()
        if not key or key.startswith("#"):
            continue
        if not is_push_key(key):
            raise SetupError(
                f"COUNTERPOINT_PUSH_KEY, line {number}: expected 32 bytes in URL-safe base64, as "
                "`counterpoint serve --make-secrets` writes them"
            )
        keys.append(key)
    return tuple(keys)


def sqlite_database(path: Path) -> dict[str, Any]:
    """Return Django's entry for a SQLite file that loses nothing it has acknowledged."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 5,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
            ),
        },
    }


def database_from_url(url: str) -> dict[str, Any]:
    """Return Django's entry for a ``postgresql://`` address.

    Raises
    ------
    SetupError
        If the address is of another kind or names no database.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    try:
        port = parts.port
    except ValueError as error:
        raise SetupError("COUNTERPOINT_DATABASE_URL: the port is not a number") from error
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise SetupError(
            "COUNTERPOINT_DATABASE_URL must look like postgresql://user:password@host:port/name"
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def email_from_url(url: str) -> dict[str, Any]:
    """Return Django's mail settings for an ``smtp://`` address, or for the console when empty.

    Raises
    ------
    SetupError
        If the address is of another kind or names no host.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise SetupError("COUNTERPOINT_EMAIL_URL must look like smtp://user:password@host:port")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }
