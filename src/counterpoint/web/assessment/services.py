"""Writing marks and answers; each function is one transaction."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime

from django.db import transaction

from counterpoint.domain.signs import Sign
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.models import ItemAnswer, ItemOrder, LeftOutSign, Mark
from counterpoint.web.assessment.rules import FIRST, Place
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content, current_language


@transaction.atomic
def place_mark(
    owner: User,
    kind: MarkKind,
    *,
    connection_points: int,
    self_points: int,
    key: uuid.UUID,
    made_at: datetime | None = None,
) -> Mark:
    """Set a mark; the same submission sent again changes its one row and adds none.

    Parameters
    ----------
    owner
        Whose mark it is.
    kind
        What the mark stands for.
    connection_points, self_points
        Where it lies, 0-100.
    key
        Idempotency key of the form.
    made_at
        When it was made; now, unless it is a mark of the past of a simulated person.

    Returns
    -------
    Mark
        The row.
    """
    mark, created = Mark.objects.select_for_update().get_or_create(
        owner=owner,
        kind=kind,
        submission_key=key,
        defaults={
            "connection_points": connection_points,
            "self_points": self_points,
            "made_at": made_at or clock.now(),
        },
    )
    moved = (mark.connection_points, mark.self_points) != (connection_points, self_points)
    if not created and moved:
        mark.connection_points = connection_points
        mark.self_points = self_points
        mark.made_at = clock.now()
        mark.save(update_fields=["connection_points", "self_points", "made_at"])
    return mark


@transaction.atomic
def draw_order(owner: User, place: Place = FIRST) -> ItemOrder:
    """Return the owner's order of the items of one sitting, drawing it on the first visit."""
    questionnaire = current_content().questionnaire
    item_ids = [item.item_id for item in questionnaire.in_sitting(place.sitting)]
    secrets.SystemRandom().shuffle(item_ids)
    order, _ = ItemOrder.objects.get_or_create(
        owner=owner,
        questionnaire_id=questionnaire.id,
        round=place.round,
        sitting=place.sitting,
        defaults={
            "questionnaire_version": questionnaire.version,
            "item_ids": item_ids,
            "drawn_at": clock.now(),
        },
    )
    return order


@transaction.atomic
def answer_item(
    owner: User,
    item_id: str,
    value: int | None,
    *,
    round_: int = 1,
    answered_at: datetime | None = None,
) -> ItemAnswer:
    """Keep one answer of a round; ``None`` keeps that the item was skipped.

    Answering again changes the one row, so a form that arrives twice does no harm.

    Parameters
    ----------
    owner
        Whose answer it is.
    item_id
        Which item.
    value
        A stored value of the response options.
    round_
        1, or 2 for the same items ten weeks later.
    answered_at
        When, for the simulated people; by default now.
    """
    questionnaire = current_content().questionnaire
    answer, _ = ItemAnswer.objects.update_or_create(
        owner=owner,
        questionnaire_id=questionnaire.id,
        round=round_,
        item_id=item_id,
        defaults={
            "questionnaire_version": questionnaire.version,
            "language": current_language(),
            "value": value,
            "answered_at": answered_at or clock.now(),
        },
    )
    return answer


@transaction.atomic
def leave_sign_out(owner: User, sign: Sign) -> None:
    """Leave a sign out and take away what was answered about it, in both rounds."""
    LeftOutSign.objects.get_or_create(
        owner=owner, sign=sign.value, defaults={"left_out_at": clock.now()}
    )
    items = [item.item_id for item in current_content().questionnaire.items if item.sign is sign]
    ItemAnswer.objects.filter(owner=owner, item_id__in=items).delete()


def take_sign_in(owner: User, sign: Sign) -> None:
    """Take a sign in again; its sentences are open as on the first day."""
    LeftOutSign.objects.filter(owner=owner, sign=sign.value).delete()
