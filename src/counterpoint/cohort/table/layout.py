"""What the caller says about a diary file, and where that is found in its header."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from counterpoint.cohort.table.cells import printable, shown
from counterpoint.errors import DataError, Location

INDIVIDUAL = "individual-long"
PAIRWISE = "pairwise"
WIDE = "dyad-wide"

PARTNER_MARKS = (
    ("_A", "_P"),
    (".A", ".P"),
    ("_actor", "_partner"),
    (".actor", ".partner"),
    ("_own", "_partner"),
)
"""Endings by which a pairwise file tells the own column from the partner's."""

PARTNER_FRONTS = (("actor_", "partner_"), ("own_", "partner_"), ("A_", "P_"))
"""Beginnings by which a pairwise file tells the own column from the partner's."""


@dataclass(frozen=True)
class ItemColumn:
    """One item of a state, as the caller names it.

    Parameters
    ----------
    name
        Name of the column, in dyad-wide files without the member's prefix or suffix.
    turned
        Whether the item is keyed the other way round and is reversed within its scale.
    """

    name: str
    turned: bool = False

    @classmethod
    def parse(cls, text: str) -> ItemColumn:
        """Read ``NAME`` or ``-NAME``.

        Raises
        ------
        DataError
            There is no name.
        """
        turned = text.startswith("-")
        name = text[1:] if turned else text
        if not name:
            raise DataError(f"{shown(text)} is not the name of a column")
        return cls(name, turned)


@dataclass(frozen=True)
class DiaryLayout:
    """What the caller says about a diary file.

    Parameters
    ----------
    connection_items, self_items
        The items of each state; the first of each is its marker.
    couple, member, day
        Names of these columns.
    members
        In a dyad-wide file the two prefixes or suffixes, in a long file the two labels;
        the first becomes member a. Empty: labels are taken as they come, a = first as text.
    low, high
        Ends of the answer scale, which become 0 and 100 points.
    has_ends
        Whether the scale truly ends there, so that an answer at an end is known only to lie
        there or beyond.
    last_days
        How many calendar days of a couple are taken, the last ones; ``None``: all.
    """

    connection_items: tuple[ItemColumn, ...]
    self_items: tuple[ItemColumn, ...]
    couple: str = "couple"
    member: str = "member"
    day: str = "day"
    members: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 100.0
    has_ends: bool = False
    last_days: int | None = None

    def __post_init__(self) -> None:
        if not self.connection_items or not self.self_items:
            raise DataError("name at least one column for connection and one for self")
        names = [item.name for item in (*self.connection_items, *self.self_items)]
        for name in names:
            if names.count(name) > 1:
                raise DataError(f"the column {shown(name)} is named for more than one item")
        if self.members and (len(self.members) != 2 or self.members[0] == self.members[1]):
            raise DataError("--members takes two different names, such as M_,W_")
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise DataError("--range takes two numbers, the lower one first, such as 0,100")

    @property
    def items(self) -> tuple[ItemColumn, ...]:
        """All items, those of connection first."""
        return (*self.connection_items, *self.self_items)


@dataclass(frozen=True)
class FoundColumns:
    """Where in a header the columns of a layout stand.

    Parameters
    ----------
    shape
        One of :data:`INDIVIDUAL`, :data:`PAIRWISE`, :data:`WIDE`.
    couple, day
        Index of the column.
    member
        Index of the column, ``None`` in a dyad-wide file.
    answers
        Index of each item's column: in a long file one block, in a dyad-wide file two, a first.
    partner
        In a pairwise file, for each item the index of the partner's column or ``None``.
    """

    shape: str
    couple: int
    day: int
    member: int | None
    answers: tuple[int, ...]
    partner: tuple[int | None, ...] = ()


def find_columns(layout: DiaryLayout, header: Sequence[str], source: str) -> FoundColumns:
    """Find the columns of a layout in a header, and with them the shape of the file.

    Parameters
    ----------
    layout
        What the caller says.
    header
        Names of the columns that are there.
    source
        The file's name for messages.

    Raises
    ------
    DataError
        A column is absent; the message lists those that are there.
    """
    index = {name: place for place, name in enumerate(header)}
    couple = _required(layout.couple, "couple", index, source)
    day = _required(layout.day, "day", index, source)
    if layout.members:
        wide = _wide_columns(layout, index)
        if wide is not None:
            return FoundColumns(WIDE, couple, day, None, wide)
        if layout.member not in index:
            raise _wide_absent(layout, index, source)
    member = _required(layout.member, "member", index, source)
    answers = tuple(_required(item.name, "", index, source) for item in layout.items)
    partner = tuple(_partner_column(item.name, index) for item in layout.items)
    shape = PAIRWISE if any(place is not None for place in partner) else INDIVIDUAL
    return FoundColumns(shape, couple, day, member, answers, partner)


def _required(name: str, role: str, index: dict[str, int], source: str) -> int:
    if name in index:
        return index[name]
    remedy = f"; name it with --{role} COLUMN" if role else ""
    if role == "member":
        remedy += ", or, if each line holds both members, their prefixes with --members M_,W_"
    raise DataError(
        f"there is no such column{remedy}. {_present(index)}",
        Location(source, 1, printable(name)),
    )


def _present(index: dict[str, int]) -> str:
    names = [printable(name) for name in index if name]
    listed = ", ".join(names[:20]) + (" …" if len(names) > 20 else "")
    return f"The columns are: {listed}"


def _wide_names(name: str, mark: str) -> tuple[str, str]:
    return mark + name, name + mark


def _wide_columns(layout: DiaryLayout, index: dict[str, int]) -> tuple[int, ...] | None:
    """Return the columns of a dyad-wide file, or ``None`` when one of them is absent."""
    for way in (0, 1):
        names = [
            _wide_names(item.name, mark)[way] for mark in layout.members for item in layout.items
        ]
        if all(name in index for name in names):
            return tuple(index[name] for name in names)
    return None


def _wide_absent(layout: DiaryLayout, index: dict[str, int], source: str) -> DataError:
    for mark in layout.members:
        for item in layout.items:
            front, end = _wide_names(item.name, mark)
            if front not in index and end not in index:
                return DataError(
                    f"there is neither this column nor {shown(end)}. {_present(index)}",
                    Location(source, 1, printable(front)),
                )
    return DataError(
        f"the names {shown(layout.members[0])} and {shown(layout.members[1])} must stand on the "
        f"same side of every column's name. {_present(index)}",
        Location(source, 1, printable(layout.items[0].name)),
    )


def _partner_column(name: str, index: dict[str, int]) -> int | None:
    """Return the partner's column that belongs to an own column of a pairwise file."""
    for own, partner in PARTNER_MARKS:
        if name.endswith(own):
            found = index.get(name.removesuffix(own) + partner)
            if found is not None:
                return found
    for own, partner in PARTNER_FRONTS:
        if name.startswith(own):
            found = index.get(partner + name.removeprefix(own))
            if found is not None:
                return found
    return None
