"""The glossary explains every public name of the domain, and each term once."""

from __future__ import annotations

import importlib
import pkgutil
import re
from enum import Enum
from pathlib import Path
from types import ModuleType

import pytest

import counterpoint.domain

GLOSSARY = Path(__file__).parents[3] / "docs" / "glossary.md"
ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| term")
]
EXPLAINED = {word for row in ROWS for word in re.findall(r"`([^`]+)`", " ".join(row[:2]))}
MODULES = [
    importlib.import_module(f"counterpoint.domain.{found.name}")
    for found in pkgutil.iter_modules(counterpoint.domain.__path__)
]


def public_names(module: ModuleType) -> list[str]:
    names = []
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    for name, value in vars(module).items():
        if name.startswith("_") or isinstance(value, ModuleType):
            continue
        home = getattr(value, "__module__", None)
        is_constant = re.search(rf"(?m)^{name}\s*[:=]", source) is not None
        if home == module.__name__ or is_constant:
            names.append(name)
            if isinstance(value, type) and issubclass(value, Enum):
                names += [member.value for member in value]
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_public_name_is_explained(module: ModuleType) -> None:
    names = public_names(module)
    assert names
    assert [name for name in names if name not in EXPLAINED] == []


def test_every_term_is_explained_once_and_has_a_source() -> None:
    terms = [row[0] for row in ROWS]
    assert sorted(term for term in set(terms) if terms.count(term) > 1) == []
    assert [row for row in ROWS if len(row) != 3 or not all(row)] == []
