"""Own words to a reflection: sealed, read by their owner and by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from counterpoint.domain.signs import Sign
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment.models import Reflection
from counterpoint.web.core import clock


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote to one reflection.

    Parameters
    ----------
    words
        ``None`` where they cannot be read.
    changed_at
        When it was last changed.
    """

    words: str | None
    changed_at: datetime


def words_place(row: Reflection) -> keys.Place:
    """Return where the words of a reflection live, for their seal."""
    return keys.Place("assessment.Reflection", row.pk, "words")


def reflection_of(owner: User, reflection_id: str, sign: Sign | None = None) -> Written | None:
    """Return what the owner wrote to one reflection, ``None`` where nothing is kept."""
    row = Reflection.objects.filter(
        owner=owner, reflection_id=reflection_id, sign=sign or ""
    ).first()
    return None if row is None else Written(_opened(owner, row), row.changed_at)


def written(owner: User) -> Iterator[tuple[Reflection, str | None]]:
    """Yield every reflection the owner wrote, with its words; for taking them along."""
    for row in Reflection.objects.filter(owner=owner).order_by("changed_at", "pk"):
        yield row, _opened(owner, row)


@transaction.atomic
def keep_reflection(owner: User, reflection_id: str, words: str, sign: Sign | None = None) -> None:
    """Keep own words to a reflection; empty words take the row away.

    The same words sent twice leave one row. Words that cannot be read now are kept as they are
    when nothing was written over them.
    """
    User.objects.select_for_update().get(pk=owner.pk)
    rows = Reflection.objects.filter(owner=owner, reflection_id=reflection_id, sign=sign or "")
    row = rows.first()
    if not words.strip():
        if row is not None and _opened(owner, row) is not None:
            row.delete()
        return
    if row is None:
        row = Reflection(owner=owner, reflection_id=reflection_id, sign=sign or "")
    row.words_sealed = keys.seal(owner, words_place(row), words)
    row.changed_at = clock.now()
    row.save()


def _opened(owner: User, row: Reflection) -> str | None:
    return keys.open_if_readable(owner, words_place(row), bytes(row.words_sealed))
