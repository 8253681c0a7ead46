"""A population prior as a file: written beside every fit, read back by ``--population``."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from counterpoint import __version__
from counterpoint.cohort.table.cells import printable
from counterpoint.content import load_content
from counterpoint.engine import Prior
from counterpoint.errors import DataError, Location

FORMAT = "counterpoint-population-1"
"""Name of the file format; a file that says something else is not read."""

MAX_BYTES = 5_000_000
"""Largest population file that is read."""


def write_population(path: Path, prior: Prior, *, on: dt.date) -> None:
    """Write a prior with its date, its source, and the versions of engine and content.

    Parameters
    ----------
    path
        The file to write.
    prior
        The population.
    on
        The day it is written.
    """
    document = {
        "format": FORMAT,
        "written_on": on.isoformat(),
        "engine_version": __version__,
        "content_version": load_content().version,
        "source": prior.source,
        "couples": prior.couples,
        "prior": prior.as_numbers(),
    }
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def rounded_population(prior: Prior) -> Prior:
    """Return a prior with four decimals: what a file holds is then what was used.

    Parameters
    ----------
    prior
        Learned; more decimals than four would say more about single couples than is known of
        the population. A covariance that four would spoil keeps eight.
    """
    try:
        return Prior.from_numbers(_rounded(prior.as_numbers(), 4))
    except DataError:
        return Prior.from_numbers(_rounded(prior.as_numbers(), 8))


def _rounded(value: Any, digits: int) -> Any:
    if isinstance(value, float):
        return round(value, digits)
    if isinstance(value, list):
        return [_rounded(part, digits) for part in value]
    if isinstance(value, dict):
        return {name: _rounded(part, digits) for name, part in value.items()}
    return value


def read_population(path: Path, *, items: int) -> Prior:
    """Read a prior back.

    Parameters
    ----------
    path
        A file that :func:`write_population` wrote.
    items
        Items per state of the diary it will be used for.

    Raises
    ------
    DataError
        The file is not one of ours, breaks a rule of the prior, or is meant for another number
        of items.
    """
    source = printable(str(path), 200)
    where = Location(source)
    try:
        if not path.is_file():
            raise DataError("there is no such file", where)
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"the file is larger than {MAX_BYTES:,} bytes", where)
        document: Any = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise DataError(
            f"this is not JSON: {error.msg}", Location(source, error.lineno, str(error.colno))
        ) from None
    except UnicodeDecodeError:
        raise DataError("this is not UTF-8 text", where) from None
    except (OSError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or "it is nested too deeply"
        raise DataError(f"the file cannot be read: {reason}", where) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise DataError(
            "this is not a population file; `counterpoint fit` writes one as population.json", where
        )
    numbers = document.get("prior")
    if not isinstance(numbers, dict):
        raise DataError("the population file holds no prior", Location(source, None, "prior"))
    try:
        prior = Prior.from_numbers(numbers)
    except DataError as error:
        raise DataError(error.reason, Location(source, None, "prior")) from None
    except OverflowError:
        raise DataError("a number is too large", Location(source, None, "prior")) from None
    if prior.item_count != items:
        raise DataError(
            f"this population is for {prior.item_count} items a state, the diary has {items}",
            Location(source, None, "prior"),
        )
    return prior
