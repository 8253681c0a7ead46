"""The help directory: what may be shown of it, by a country somebody chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from counterpoint.content import HelpEntry, read_help
from counterpoint.errors import SetupError
from counterpoint.web.core.language import current_content

EVERYWHERE = "*"
DIRECTORY = "directory"
"""Kind of an entry that names a list of places, and no number of its own."""


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
        return current_content().help
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


def shown_countries() -> tuple[str, ...]:
    """Return the countries somebody ever checked a place for, sorted."""
    checked = {entry.country for entry in directory() if entry.last_verified is not None}
    return tuple(sorted(checked - {EVERYWHERE}))


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page on people to talk to shows.

    Parameters
    ----------
    country
        The chosen country, empty for all.
    countries
        What can be chosen.
    places
        Whom to call or write to.
    directories
        Lists of places, where there is nobody to name: also ones checked longer ago, since a
        list outlives a number.
    """

    country: str
    countries: tuple[str, ...]
    places: tuple[HelpEntry, ...]
    directories: tuple[HelpEntry, ...]


def shown(on: date, asked: str) -> Shown:
    """Return what may be shown on a day for a country somebody chose, never looked up."""
    countries = shown_countries()
    country = asked if asked in countries else ""
    entries = shown_entries(on, country)
    places = tuple(entry for entry in entries if entry.kind != DIRECTORY)
    lists = tuple(entry for entry in entries if entry.kind == DIRECTORY)
    if not places and not lists:
        lists = tuple(
            entry
            for entry in directory()
            if entry.kind == DIRECTORY
            and entry.last_verified is not None
            and entry.last_verified <= on
            and entry.country in {country, EVERYWHERE}
        )
    return Shown(country, countries, places, lists)
