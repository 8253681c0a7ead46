"""Opening a letter: it is written in that moment, from own words and counts, and kept."""

from __future__ import annotations

import uuid

from django.db import transaction

from counterpoint.domain.movements import Movement
from counterpoint.web.accounts.keys import seal
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content
from counterpoint.web.practice import queries
from counterpoint.web.practice.models import Letter


@transaction.atomic
def open_letter(owner: User, movement: Movement) -> Letter | None:
    """Write the letter that closes a movement and keep it sealed; one that is kept stays.

    Parameters
    ----------
    owner
        Whose letter.
    movement
        Which movement.

    Returns
    -------
    Letter or None
        ``None`` where there is no such letter yet.
    """
    User.objects.select_for_update().get(pk=owner.pk)
    kept = queries.kept_letter(owner, movement)
    if kept is not None:
        return kept
    began = queries.letters_there(owner).get(movement)
    if began is None:
        return None
    text = queries.compose(owner, movement, began)
    letter_id = uuid.uuid4()
    return Letter.objects.create(
        id=letter_id,
        owner=owner,
        movement=movement.value,
        opened_at=clock.now(),
        content_version=current_content().version,
        text_sealed=seal(owner, queries.letter_place(letter_id), text.to_json()),
    )
