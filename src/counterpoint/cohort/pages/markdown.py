"""Markdown of tables and of where they come from."""

from __future__ import annotations

import math
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version

from counterpoint import __version__


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; the first column leans left, the others right."""
    lines = [
        "| " + " | ".join(headings) + " |",
        "|" + "|".join(["---"] + ["---:"] * (len(headings) - 1)) + "|",
    ]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def number(value: float | None, digits: int = 2) -> str:
    """Return a number as ``.87`` or ``-1.20``, a dash where there is none."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value:.{digits}f}"
    if float(text) == 0.0:
        text = text.lstrip("-")
    return text.replace("0.", ".", 1) if abs(value) < 1 and text.lstrip("-")[:2] == "0." else text


def made_by(command: str) -> str:
    """Return what a page says about its own making."""
    return (
        f"Made by a command, not by hand; counterpoint {__version__}, Python "
        f"{platform.python_version()}, numpy {version('numpy')}. To make it again:\n\n"
        f"    {command}\n"
    )
