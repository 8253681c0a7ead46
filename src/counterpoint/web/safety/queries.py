"""What is read from the help directory: verified entries only, by a country somebody chose."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from counterpoint.content import HelpEntry, load_content, read_help
from counterpoint.errors import SetupError

EVERYWHERE = "*"


@lru_cache(maxsize=4)
def _read_file(path: str, changed_ns: int) -> tuple[HelpEntry, ...]:
    return read_help(Path(path).read_text(encoding="utf-8"), source=Path(path).name)


def directory() -> tuple[HelpEntry, ...]:
    """Return all entries: the operator's own file where there is one, else the shipped ones.

    Raises
    ------
    SetupError
        If the operator's file cannot be read.
    ContentError
        If it breaks the directory's schema.
    """
    path = settings.COUNTERPOINT_HELP_FILE
    if not path:
        return load_content().help
    try:
        return _read_file(path, Path(path).stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"COUNTERPOINT_HELP_FILE cannot be read: {path}") from error


def shown_entries(on: date, country: str = "") -> tuple[HelpEntry, ...]:
    """Return the entries somebody verified within a year, of one country and of everywhere.

    Parameters
    ----------
    on
        The day they are shown on.
    country
        ISO 3166 code; empty for all countries.
    """
    return tuple(
        entry
        for entry in directory()
        if entry.is_shown(on) and (not country or entry.country in {country, EVERYWHERE})
    )


def shown_countries(on: date) -> tuple[str, ...]:
    """Return the countries with at least one entry that may be shown, sorted."""
    return tuple(sorted({entry.country for entry in shown_entries(on)} - {EVERYWHERE}))
