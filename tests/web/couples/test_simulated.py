"""The two people of the demo are joined, and their joint picture is there on any day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from counterpoint.errors import SetupError
from counterpoint.web.accounts.models import User
from counterpoint.web.config.demo_couple import seed_demo_couple
from counterpoint.web.core import clock
from counterpoint.web.couples import queries, rules, services
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Couple
from pairs import SUNDAY, holding


@pytest.mark.parametrize("days", [1, 10, 24, 34])
@pytest.mark.django_db
def test_their_picture_belongs_to_the_newest_first_sunday(
    days: int, settings: Any, tmp_path: Path
) -> None:
    settings.COUNTERPOINT_DEMO, settings.COUNTERPOINT_DATA = True, tmp_path
    with time_machine.travel(SUNDAY + timedelta(days=days), tick=False):
        seed_demo_couple()
        seed_demo_couple()
        couple = Couple.objects.get()
        assert queries.due_for_release(clock.now()) == [couple.pk]
        release = services.publish_release(couple.pk, holding(20), clock.now())
        assert release is not None
        assert release.made_at == rules.last_turn(SUNDAY)
        assert queries.due_for_release(clock.now()) == []
        for person in User.objects.all():
            assert queries.visible_release(person) == release
            assert queries.shared_place(person) is not None
        for person in User.objects.all():
            services.leave(person)
        seed_demo_couple()
        assert Couple.objects.count() == 1


@pytest.mark.django_db
def test_nobody_real_is_joined_by_the_program(owner: User, partner: User) -> None:
    with pytest.raises(SetupError):
        services.seed_simulated_couple(
            owner, partner, joined_at=clock.now(), kinds=(Kind.PATTERNS,)
        )
    assert Couple.objects.count() == 0
