"""The shape of the house: sizes, names, licences of what is missing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from layers import ROOT

SOURCE = ROOT / "src" / "counterpoint"
MODULES = sorted(SOURCE.rglob("*.py"))
BANNED = re.compile(r"(^|_)(utils?|helpers?|common|misc|manager|data2)(_|$)")
EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore)")
REASON = re.compile(
    r"#\s*(noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|type:\s*ignore\[[\w, -]+\])\s*(-|#)\s*\S+"
)


def relative(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def test_no_module_is_too_long_to_read_in_one_sitting() -> None:
    long = {}
    for path in MODULES:
        limit = 300 if "web" in path.parts and "migrations" not in path.parts else 400
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > limit:
            long[relative(path)] = lines
    assert long == {}


def test_no_module_or_package_has_a_name_that_says_nothing() -> None:
    assert [relative(path) for path in MODULES if BANNED.search(path.stem)] == []
    assert [str(p) for p in SOURCE.rglob("*") if p.is_dir() and BANNED.search(p.name)] == []


def test_no_package_is_empty() -> None:
    empty = []
    for folder in {path.parent for path in MODULES}:
        if folder.name in {"migrations", "__pycache__"}:
            continue
        code = "".join(p.read_text(encoding="utf-8").strip() for p in folder.glob("*.py"))
        if not code:
            empty.append(relative(folder))
    assert empty == []


def unexplained(text: str) -> list[int]:
    """Lines with an exception to a check, or a test left out, that do not say why."""
    bare = []
    for number, line in enumerate(text.splitlines(), 1):
        if EXCEPTION.search(line) and not REASON.search(line):
            bare.append(number)
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            named = {keyword.arg for keyword in call.keywords}
            marks = call.func.attr in {"skipif", "importorskip", "xfail"} and "reason" not in named
            if marks or (call.func.attr == "skip" and not (call.args or "reason" in named)):
                bare.append(call.lineno)
    return bare


def test_every_exception_to_a_check_and_every_test_left_out_says_why() -> None:
    paths = [path for part in ("src", "tests", "bench") for path in (ROOT / part).rglob("*.py")]
    found = {
        str(path.relative_to(ROOT)): bare
        for path in paths
        if (bare := unexplained(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # " + "noqa: S101",
        "x = 1  # type" + ": ignore[misc]",
        "pytest.importorskip('numba')",
        "pytest.mark.skipif(True)",
        "pytest.mark.xfail()",
        "pytest.skip()",
    ],
)
def test_an_exception_without_its_reason_is_found(line: str) -> None:
    assert unexplained(line) == [1]


def test_no_file_names_a_package_index() -> None:
    named = []
    for name in ("pyproject.toml", "requirements.lock", "Makefile", ".ci/run"):
        text = (ROOT / name).read_text(encoding="utf-8")
        if re.search(r"https?://|--(extra-)?index-url\b(?<!no-emit-index-url)", text):
            named.append(name)
    assert named == []


def test_public_functions_of_the_library_have_docstrings() -> None:
    bare = []
    for path in MODULES:
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        bare += [
            f"{relative(path)}:{node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and ast.get_docstring(node) is None
        ]
    assert bare == []
