"""Where people's sealed texts lie, named once by each app, so that all can be sealed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.apps import apps

from counterpoint.web.accounts.keys import Place
from counterpoint.web.accounts.models import User


@dataclass(frozen=True)
class SealedText:
    """One sealed text of a person.

    Parameters
    ----------
    place
        What its seal is bound to.
    sealed
        The bytes as they lie in the database.
    replace
        Puts other bytes in their place, unless they were changed meanwhile; returns whether it did.
    """

    place: tuple[str, UUID | str, str]
    sealed: bytes
    replace: Callable[[bytes], bool]


class SealedSource(Protocol):
    """Something that knows sealed texts of a person."""

    @property
    def column(self) -> str:
        """Which column they lie in, as ``app.Model.field``."""

    def texts(self, owner: User) -> Iterator[SealedText]:
        """Yield a person's sealed texts."""


@dataclass(frozen=True)
class SealedColumn:
    """A binary column of sealed texts.

    Parameters
    ----------
    model
        Label such as ``diary.Checkin``.
    name
        Name of the column, such as ``line_sealed``.
    field
        Field name in the seal's place, such as ``line``.
    owner
        Name of the key that leads to the person.
    """

    model: str
    name: str
    field: str
    owner: str = "owner"

    @property
    def column(self) -> str:
        """Which column they lie in."""
        return f"{self.model}.{self.name}"

    def texts(self, owner: User) -> Iterator[SealedText]:
        """Yield a person's sealed texts in this column."""
        rows = apps.get_model(self.model)._default_manager.filter(
            **{f"{self.owner}_id": owner.pk, f"{self.name}__isnull": False}
        )
        for row_id in list(rows.values_list("pk", flat=True)):
            found = rows.filter(pk=row_id).values_list(self.name, flat=True).first()
            if found is None:
                continue
            yield self._text(row_id, bytes(found))

    def _text(self, row_id: UUID | str, sealed: bytes) -> SealedText:
        rows = apps.get_model(self.model)._default_manager.filter(pk=row_id)

        def replace(other: bytes) -> bool:
            changed: int = rows.filter(**{self.name: sealed}).update(**{self.name: other})
            return changed == 1

        return SealedText(Place(self.model, row_id, self.field), sealed, replace)
