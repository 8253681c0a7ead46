"""What may be said after a sitting by an app that can weigh the answers; this one cannot.

An app above registers one function in its ``AppConfig.ready``. What it says takes nothing away:
every answer stays as it was given.
"""

from __future__ import annotations

from collections.abc import Callable

from counterpoint.web.accounts.models import User

Notes = Callable[[User], tuple[str, ...]]
_sources: dict[str, Notes] = {}


def register(name: str, notes: Notes) -> None:
    """Enter a function that takes the owner and returns sentences, often none."""
    _sources[name] = notes


def notes_for(owner: User) -> tuple[str, ...]:
    """Return what is said to the owner after a sitting."""
    return tuple(note for notes in _sources.values() for note in notes(owner))
