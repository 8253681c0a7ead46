"""Saying that a reason of the plan does not fit, and taking that back."""

from __future__ import annotations

from django.db import transaction

from counterpoint.content.telling import skills_spoken_for
from counterpoint.errors import DataError
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content
from counterpoint.web.practice.models import ContestedReason


@transaction.atomic
def contest(owner: User, key: str) -> None:
    """Keep that a reason does not fit, so that it no longer counts; doing it again is nothing.

    Raises
    ------
    DataError
        When there is no such reason.
    """
    if key not in skills_spoken_for(current_content()):
        raise DataError("there is no such reason in a plan")
    ContestedReason.objects.get_or_create(
        owner=owner, key=key, defaults={"contested_at": clock.now()}
    )


@transaction.atomic
def take_in_again(owner: User, key: str) -> None:
    """Let a contested reason count again."""
    ContestedReason.objects.filter(owner=owner, key=key).delete()
