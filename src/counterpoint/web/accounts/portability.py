"""The registry of what a person can take away and what deleting an account erases.

Each app says once, in its ``AppConfig.ready``, what of it belongs to a person::

    register("diary", export=export_diary, erase=erase_diary,
             models=("diary.Checkin",), codebook={"c1": "How near ..."})

A model with an owner that no entry covers is an error of the system check
``counterpoint.E003``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from counterpoint.web.accounts.models import User

Rows = Sequence[Mapping[str, Any]]
Exported = Mapping[str, "Rows | bytes | str"]


@dataclass(frozen=True)
class Entry:
    """What one app holds of a person.

    Parameters
    ----------
    label
        Folder name in the export; by habit the app's label.
    export
        Takes the owner, returns file name to rows (written as JSON and as CSV) or to bytes or
        text (written as they are).
    erase
        Takes the owner, deletes all rows of theirs.
    models
        Labels of the models covered; empty means every model of the app called ``label``.
    codebook
        Column or file name to what it means, written beside the files.
    """

    label: str
    export: Callable[[User], Exported]
    erase: Callable[[User], object]
    models: tuple[str, ...] = ()
    codebook: Mapping[str, str] = field(default_factory=dict)

    def covers(self, model_label: str) -> bool:
        """Whether this entry answers for one model, named ``app.Model``."""
        if self.models:
            return model_label in self.models
        return model_label.split(".", maxsplit=1)[0] == self.label


_entries: dict[str, Entry] = {}


def register(
    label: str,
    *,
    export: Callable[[User], Exported],
    erase: Callable[[User], object],
    models: Iterable[str] = (),
    codebook: Mapping[str, str] | None = None,
) -> Entry:
    """Add or replace the entry of one app and return it."""
    entry = Entry(label, export, erase, tuple(models), dict(codebook or {}))
    _entries[label] = entry
    return entry


def entries() -> tuple[Entry, ...]:
    """Return all entries, ordered by label."""
    return tuple(_entries[label] for label in sorted(_entries))
