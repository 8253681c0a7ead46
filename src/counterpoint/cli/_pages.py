"""Pages that a check writes, and the command they name."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path


def command_given(diary: Path | None = None) -> str:
    """Return the command as it was typed, a diary by its file name only, and without --keep."""
    words = ["counterpoint"]
    given = iter(sys.argv[1:])
    for word in given:
        if word == "--keep":
            next(given, None)
        elif diary is not None and word == str(diary):
            words.append(diary.name)
        elif not word.startswith("--keep="):
            words.append(word)
    return shlex.join(words)


def write_page(path: Path, text: str) -> None:
    """Write a page whole or not at all."""
    from counterpoint.cohort.replacing import replaced_file

    with replaced_file(path) as part:
        part.write_text(text, encoding="utf-8")
