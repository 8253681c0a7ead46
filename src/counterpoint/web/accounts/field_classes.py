"""What kind of thing each stored field is, so that no new one is passed over.

Each app names the class of every field where it says what it exports and erases
(:func:`counterpoint.web.accounts.portability.register`). What follows from a class is written
here once; system checks and tests hold every field to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class FieldClass(StrEnum):
    """What a field holds, seen by the person it belongs to."""

    WORDS = "words"
    """Own words. Sealed under the person's key; in their export."""

    SAFETY = "safety"
    """What was said on the screen for being safe. Sealed; never in the usual export."""

    ANSWER = "answer"
    """Taps, marks, answers, and when they were given. In the export."""

    RESULT = "result"
    """Worked out from own answers only. In the export."""

    CONSENT = "consent"
    """Joining, and what one lets the other see. Own ones in the export."""

    ACCOUNT = "account"
    """Address, zone, sessions, the door and the access log. In the export."""

    JOINT = "joint"
    """Made from two people. In nobody's export; goes when either deletes their account."""

    LOCKED = "locked"
    """Hashes, keys, secrets of second steps, sessions. In no export and on no page."""

    OWNER = "owner"
    """Whose it is, or which couple's."""

    TECHNICAL = "technical"
    """Ids and marks that keep a row in order and say nothing of a person."""


SEALED = frozenset({FieldClass.WORDS, FieldClass.SAFETY})
"""Classes that lie in the database under the person's own key only."""

EXPORTED = frozenset(
    {
        FieldClass.WORDS,
        FieldClass.ANSWER,
        FieldClass.RESULT,
        FieldClass.CONSENT,
        FieldClass.ACCOUNT,
    }
)
"""Classes a person takes away with the usual export."""

MAY_BE_TEXT = frozenset({FieldClass.LOCKED, FieldClass.TECHNICAL})
"""Classes for which a column of unlimited text is no place for unsealed words."""

Classed = Mapping[str, FieldClass]
"""Field name to class, for one model."""


def classed(**names: str) -> Classed:
    """Return the class of each field, from the names of each class.

    Parameters
    ----------
    names
        Class to field names between spaces: ``classed(answer="c1 s1", owner="owner")``.

    Raises
    ------
    ValueError
        If a class is unknown or a field is named twice.
    """
    found: dict[str, FieldClass] = {}
    for class_name, fields in names.items():
        for field in fields.split():
            if field in found:
                raise ValueError(f"{field} has two classes: {found[field]} and {class_name}")
            found[field] = FieldClass(class_name)
    return found
