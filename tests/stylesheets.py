"""The style sheets as data: rules with their declarations, tokens by theme, classes in use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from layers import ROOT

WEB = ROOT / "src" / "counterpoint" / "web"
SHEETS = sorted(WEB.glob("*/static/**/*.css"))
TEMPLATES = sorted(WEB.glob("*/templates/**/*.html"))
SCRIPTS = sorted(WEB.glob("*/static/**/*.js"))
TOKENS = WEB / "core" / "static" / "core" / "tokens.css"

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_DECLARATION = re.compile(r"\s*(--[\w-]+|[a-z-]+)\s*:\s*(.*)\Z", re.S)
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_ATTRIBUTE = re.compile(r'\bclass="((?:[^"{]|\{%.*?%\}|\{\{.*?\}\})*)"', re.S)
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
_GIVEN = re.compile(r'figure_class="([^"]*)"|\{% block main_class %\}(.*?)\{% endblock %\}')


@dataclass(frozen=True)
class Rule:
    """One rule: its sheet, the at-rules around it, its selector, its declarations in order."""

    sheet: Path
    around: tuple[str, ...]
    selector: str
    declarations: tuple[tuple[str, str], ...]

    @property
    def classes(self) -> frozenset[str]:
        """The classes its selector names."""
        return frozenset(_CLASS.findall(re.sub(r'"[^"]*"', "", self.selector)))

    def __str__(self) -> str:
        return f"{self.sheet.name}: {self.selector}"


def rules_of(sheet: Path) -> list[Rule]:
    """Read the rules of one style sheet; rules do not nest, at-rules do."""
    text = _COMMENT.sub("", sheet.read_text(encoding="utf-8"))
    return list(_read(sheet, text, ()))


def _read(sheet: Path, text: str, around: tuple[str, ...]) -> Iterator[Rule]:
    start = 0
    while (opening := text.find("{", start)) != -1:
        head = text[start:opening].rsplit(";", 1)[-1].strip()
        depth, end = 1, opening
        while depth:
            end += 1
            depth += {"{": 1, "}": -1}.get(text[end], 0)
        body = text[opening + 1 : end]
        if "{" in body:
            yield from _read(sheet, body, (*around, " ".join(head.split())))
        else:
            yield Rule(sheet, around, " ".join(head.split()), tuple(_declarations(body)))
        start = end + 1


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for line in body.split(";"):
        if found := _DECLARATION.match(line):
            yield found[1], " ".join(found[2].split())


def all_rules() -> list[Rule]:
    """Return the rules of every style sheet of the site."""
    return [rule for sheet in SHEETS for rule in rules_of(sheet)]


def tokens(*, dark: bool = False, more: bool = False, medium: str = "") -> dict[str, str]:
    """Return the tokens as somebody with these wishes meets them, later rules over earlier.

    Parameters
    ----------
    dark, more
        Whether a dark page, and whether more contrast, is preferred.
    medium
        ``""``, ``"forced-colors"`` or ``"print"``.
    """
    holds = {
        "(prefers-color-scheme: dark)": dark,
        "(prefers-contrast: more)": more,
        "(forced-colors: active)": medium == "forced-colors",
        "print": medium == "print",
        "(prefers-reduced-motion: reduce)": False,
    }
    found: dict[str, str] = {}
    for rule in rules_of(TOKENS):
        asked = [
            part.strip()
            for at in rule.around
            if at.startswith("@media ")
            for part in at.removeprefix("@media ").split(" and ")
        ]
        if all(holds[part] for part in asked):
            found |= dict(rule.declarations)
    return {name: value for name, value in found.items() if name.startswith("--")}


def classes_in(text: str) -> frozenset[str]:
    """Return the classes a template sets; one that is put together by a tag ends in ``*``."""
    found: set[str] = set()
    given = ["".join(pair) for pair in _GIVEN.findall(text)]
    for written in [*_ATTRIBUTE.findall(text), *given]:
        joined = re.sub(r"(?<=[\w-])\{\{.*?\}\}", "* ", written)
        found.update(_TAG.sub(" ", joined).split())
    return frozenset(found)


def classes_set() -> dict[str, set[str]]:
    """Return every class set by a template, with the apps whose templates set it."""
    found: dict[str, set[str]] = {}
    for template in TEMPLATES:
        app = template.relative_to(WEB).parts[0]
        for name in classes_in(template.read_text(encoding="utf-8")):
            found.setdefault(name, set()).add(app)
    return found


def block_of(name: str) -> str:
    """Return the block a class belongs to: ``card`` for ``card__head`` and ``card--quiet``."""
    return re.split(r"__|--", name)[0]
