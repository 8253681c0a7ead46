"""Changing keys while the site runs: a new master key, new data keys, every text sealed anew.

Where a rotation stands is in the rows themselves, so it can be ended at any moment and begun
again. A person goes through three steps, each safe to repeat:

1. the data key of an older master key is retired and a new generation takes its place, both
   sealed by the current master key (one transaction);
2. every text of an older generation is sealed under the new one, text by text; a text that its
   person changes meanwhile is left for the next run;
3. a retired key is deleted once nothing readable is sealed under it and an hour has passed, longer
   than any request that may still hold it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from counterpoint.errors import DataError
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import DataKey, Letter, RetiredKey, User
from counterpoint.web.accounts.portability import entries
from counterpoint.web.accounts.sealed import SealedText
from counterpoint.web.core import clock

RETIRED_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Standing:
    """How far the keys of a site are changed.

    Parameters
    ----------
    people
        People with a data key.
    older
        Keys still sealed by an older master key.
    retired
        Earlier data keys that are kept because something may still need them.
    """

    people: int
    older: int
    retired: int

    @property
    def is_unfinished(self) -> bool:
        """Whether a rotation was begun and is not at its end."""
        return bool(self.older or self.retired)


@dataclass(frozen=True)
class Tally:
    """What a run did.

    Parameters
    ----------
    rewrapped
        Data keys sealed by the current master key.
    renewed
        People who got a new data key.
    resealed
        Texts sealed anew.
    unreadable
        Texts that could not be read before and cannot now; they are left as they are.
    deleted
        Retired keys deleted.
    """

    rewrapped: int = 0
    renewed: int = 0
    resealed: int = 0
    unreadable: int = 0
    deleted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def standing() -> Standing:
    """Return how far the keys are changed."""
    current = keys.master_keys().current
    return Standing(
        people=DataKey.objects.count(),
        older=DataKey.objects.exclude(master_id=current).count()
        + RetiredKey.objects.exclude(master_id=current).count(),
        retired=RetiredKey.objects.count(),
    )


def masters_in_use() -> set[str]:
    """Return the ids of the master keys that some row needs."""
    found: set[str] = set()
    for rows in (DataKey.objects, RetiredKey.objects, Letter.objects):
        found |= set(rows.values_list("master_id", flat=True).distinct())
    return found


def rotate(*, new_data_keys: bool = True, each: Callable[[], object] = lambda: None) -> Tally:
    """Bring every person's keys and texts up to the current master key.

    Parameters
    ----------
    new_data_keys
        Give each person a new data key and seal their texts under it; otherwise only the data
        keys are sealed anew.
    each
        Called after each person.
    """
    tally = Tally()
    for owner_id in _people_to_do():
        tally += rotate_person(owner_id, new_data_keys=new_data_keys)
        each()
    return tally


def rotate_person(owner_id: UUID, *, new_data_keys: bool = True) -> Tally:
    """Take one person through the three steps."""
    tally = renew(owner_id, new_data_keys=new_data_keys)
    if not RetiredKey.objects.filter(owner_id=owner_id).exists():
        return tally
    owner = User.objects.filter(pk=owner_id).first()
    if owner is None:
        return tally
    return tally + reseal(owner) + delete_retired(owner)


@transaction.atomic
def renew(owner_id: UUID, *, new_data_keys: bool) -> Tally:
    """Seal a person's keys by the current master key, with a new data key or the same."""
    current = keys.master_keys().current
    row = DataKey.objects.select_for_update().filter(owner_id=owner_id).first()
    if row is None:
        return Tally()
    tally = Tally()
    for retired in RetiredKey.objects.filter(owner_id=owner_id).exclude(master_id=current):
        opened = _opened(retired)
        if opened is not None:
            retired.master_id, retired.wrapped = keys.wrap(owner_id, retired.generation, opened)
            retired.save(update_fields=["master_id", "wrapped"])
            tally += Tally(rewrapped=1)
    if row.master_id == current:
        return tally
    key = _opened(row)
    if key is None:  # its master key is gone, or the row is damaged: nothing can be saved here
        return tally + Tally(unreadable=1)
    if not new_data_keys:
        row.master_id, row.wrapped = keys.wrap(owner_id, row.generation, key)
        row.save(update_fields=["master_id", "wrapped"])
        return tally + Tally(rewrapped=1)
    master_id, wrapped = keys.wrap(owner_id, row.generation, key)
    RetiredKey.objects.create(
        owner_id=owner_id, generation=row.generation, master_id=master_id, wrapped=wrapped
    )
    row.generation += 1
    row.master_id, row.wrapped = keys.wrap(
        owner_id, row.generation, secrets.token_bytes(keys.KEY_BYTES)
    )
    row.made_at = clock.machine_now()
    row.save(update_fields=["generation", "master_id", "wrapped", "made_at"])
    return tally + Tally(renewed=1)


def reseal(owner: User) -> Tally:
    """Seal a person's texts of older generations under their current data key."""
    tally = Tally()
    current = DataKey.objects.get(owner_id=owner.pk).generation
    for text in _texts(owner):
        try:
            if keys.generation_of(text.sealed) == current:
                continue
            words = keys.open_sealed(owner, text.place, text.sealed)
        except DataError:
            tally += Tally(unreadable=1)
            continue
        tally += Tally(resealed=int(text.replace(keys.seal(owner, text.place, words))))
    return tally


def delete_retired(owner: User) -> Tally:
    """Delete the retired keys of a person that nothing needs any more."""
    rested = clock.machine_now() - RETIRED_FOR
    ripe = list(RetiredKey.objects.filter(owner_id=owner.pk, retired_at__lte=rested))
    if not ripe:
        return Tally()
    needed = {
        keys.generation_of(text.sealed) for text in _texts(owner) if _is_readable(owner, text)
    }
    spent = [row.pk for row in ripe if row.generation not in needed]
    RetiredKey.objects.filter(pk__in=spent).delete()
    keys.forget_opened(owner)
    return Tally(deleted=len(spent))


def _people_to_do() -> Iterator[UUID]:
    current = keys.master_keys().current
    older = DataKey.objects.exclude(master_id=current).values_list("owner_id", flat=True)
    retired = RetiredKey.objects.values_list("owner_id", flat=True)
    yield from sorted(set(older) | set(retired))


def _texts(owner: User) -> Iterator[SealedText]:
    for entry in entries():
        for source in entry.sealed:
            yield from source.texts(owner)


def _is_readable(owner: User, text: SealedText) -> bool:
    try:
        keys.open_sealed(owner, text.place, text.sealed)
    except DataError:
        return False
    return True


def _opened(row: DataKey | RetiredKey) -> bytes | None:
    try:
        return keys.unwrap(row)
    except DataError:
        return None
