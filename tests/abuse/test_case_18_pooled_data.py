"""No data of several people leaves a site; what is learned from diaries names no couple.

Case 18: a researcher re-identifies couples in pooled data. A site has no way out for pooled data
at all: whoever adds one has to write this case out for it.
"""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver

import counterpoint
from counterpoint.cohort.population import rounded_population, write_population
from counterpoint.engine import shipped_prior
from web.worlds import addresses

SOURCE = Path(counterpoint.__path__[0])
SITE_COMMANDS = {"demo", "keys", "serve", "worker"}
"""Commands that open the site's database: none of them prints or writes what somebody said."""


def imports_of(path: Path) -> set[str]:
    """Return the modules a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def test_no_part_of_a_site_knows_the_tools_for_many_couples() -> None:
    reaching = [
        str(path.relative_to(SOURCE))
        for path in (SOURCE / "web").rglob("*.py")
        if any(name.startswith("counterpoint.cohort") for name in imports_of(path))
    ]
    assert reaching == []


def test_no_command_that_learns_from_diaries_opens_a_site() -> None:
    opening = {
        path.stem
        for path in (SOURCE / "cli").rglob("*.py")
        if any(name.startswith("counterpoint.cli._site") for name in imports_of(path))
    }
    assert opening == SITE_COMMANDS
    django = {
        path.stem
        for path in (SOURCE / "cli").rglob("*.py")
        if any(name.startswith(("django", "counterpoint.web")) for name in imports_of(path))
    }
    assert django == {"_site"}
    knowing = {name for path in (SOURCE / "cli" / "population.py",) for name in imports_of(path)}
    assert not any("web" in name or "_site" in name for name in knowing)


def test_no_route_speaks_of_pooled_data() -> None:
    names = " ".join(addresses(get_resolver()))
    assert not re.search(r"pool|study|studies|research|cohort|population|dump", names)


def numbers_in(value: Any) -> Iterator[float]:
    """Yield every number of a nested value."""
    if isinstance(value, dict):
        for part in value.values():
            yield from numbers_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from numbers_in(part)
    elif isinstance(value, float):
        yield value


@pytest.mark.parametrize("couples", [1, 100])
def test_a_learned_population_is_a_few_rounded_numbers(couples: int, tmp_path: Path) -> None:
    """No row of a couple, no day, no name: as many numbers from one couple as from a hundred."""
    learned = dataclasses.replace(shipped_prior(3), couples=couples)
    third = {
        name: [v / 3 for v in value] if name == "coupling_mean" else value
        for name, value in learned.as_numbers().items()
    }
    prior = rounded_population(type(learned).from_numbers(third))
    write_population(tmp_path / "population.json", prior, on=dt.date(2026, 1, 1))
    document = json.loads((tmp_path / "population.json").read_text())
    assert set(document) == {
        "format", "written_on", "engine_version", "content_version", "source", "couples", "prior",
    }  # fmt: skip
    numbers = list(numbers_in(document["prior"]))
    assert len(numbers) == len(list(numbers_in(shipped_prior(3).as_numbers())))
    assert all(number == round(number, 4) for number in numbers)
