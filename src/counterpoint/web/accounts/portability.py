"""The registry of what a person can take away and what deleting an account erases.

Each app says once, in its ``AppConfig.ready``, what of it belongs to a person::

    register("diary", export=export_diary, erase=erase_diary,
             holds={"diary.Checkin": classed(owner="owner", answer="c1 s1", words="line_sealed")},
             sealed=(SealedColumn("diary.Checkin", "line_sealed", "line"),),
             codebook={"c1": "How near ..."})

System checks (`counterpoint.web.accounts.checks`) fail when something is passed over: a model that
no entry holds (``counterpoint.E003``), a binary column named neither as sealed, so that a change of
keys reaches it, nor as plain (``E004``), a field without a class (``E006``), and words that are not
sealed (``E007``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from counterpoint.web.accounts.field_classes import Classed
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.sealed import SealedSource

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
    holds
        Label of each model covered, ``app.Model``, to the class of each of its fields.
    sealed
        Where their sealed texts lie.
    plain
        Binary columns that hold no words, as ``app.Model.field``.
    codebook
        Column or file name to what it means, written beside the files.
    """

    label: str
    export: Callable[[User], Exported]
    erase: Callable[[User], object]
    holds: Mapping[str, Classed]
    sealed: tuple[SealedSource, ...] = ()
    plain: tuple[str, ...] = ()
    codebook: Mapping[str, str] = field(default_factory=dict)

    def covers(self, model_label: str) -> bool:
        """Whether this entry answers for one model, named ``app.Model``."""
        return model_label in self.holds

    def knows_column(self, column: str) -> bool:
        """Whether this entry says of one binary column whether it is sealed."""
        return column in self.plain or any(source.column == column for source in self.sealed)


_entries: dict[str, Entry] = {}


def register(
    label: str,
    *,
    export: Callable[[User], Exported],
    erase: Callable[[User], object],
    holds: Mapping[str, Classed],
    sealed: Iterable[SealedSource] = (),
    plain: Iterable[str] = (),
    codebook: Mapping[str, str] | None = None,
) -> Entry:
    """Add or replace the entry of one app and return it."""
    entry = Entry(
        label, export, erase, dict(holds), tuple(sealed), tuple(plain), dict(codebook or {})
    )
    _entries[label] = entry
    return entry


def entries() -> tuple[Entry, ...]:
    """Return all entries, ordered by label."""
    return tuple(_entries[label] for label in sorted(_entries))


def classes_of(model_label: str) -> Classed:
    """Return the class of each field of a model, named ``app.Model``; none if nobody holds it."""
    for entry in entries():
        if entry.covers(model_label):
            return entry.holds[model_label]
    return {}
