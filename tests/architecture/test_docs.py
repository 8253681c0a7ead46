"""The documents keep their word: links lead somewhere, recipes and records have their form."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from layers import ROOT

DOCUMENTS = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
    *(ROOT / "bench").rglob("*.md"),
]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    broken = [
        target
        for target in targets
        if "://" not in target and not (document.parent / target).exists()
    ]
    assert broken == []


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "dummy", "-c", "docs", ".", tmp_path]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_recipe_that_is_named_exists() -> None:
    recipes = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    named = set()
    for document in DOCUMENTS:
        for block in re.findall(r"`make ([a-z]+)|^make ([a-z]+)", document.read_text(), re.M):
            named |= {word for word in block if word}
    assert named <= recipes


def test_decision_records_are_dated_and_indexed_by_name() -> None:
    records = [p for p in (ROOT / "docs" / "decisions").glob("*.md") if p.name != "README.md"]
    assert records
    assert [
        p.name for p in records if not re.fullmatch(r"\d{4}-\d\d-\d\d-[a-z0-9-]+\.md", p.name)
    ] == []


def test_fragments_have_a_kind_the_changelog_knows() -> None:
    kinds = {"added", "changed", "fixed", "removed", "safety"}
    wrong = [
        p.name
        for p in (ROOT / "changelog.d").glob("*.md")
        if not re.fullmatch(rf"\d+\.({'|'.join(sorted(kinds))})(\.\d+)?\.md", p.name)
    ]
    assert wrong == []
