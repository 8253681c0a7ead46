"""Without a yes of both there is one and the same answer, and it does not say why."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.core import clock
from counterpoint.web.core.neutral import NEUTRAL_STATE
from counterpoint.web.couples import queries, services
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Couple
from factories import browser_of
from pairs import OCTOBER, SUNDAY, holding, join, share


def all_is_well(partner: User, couple: Couple) -> None:
    """Share, and let the picture be made: the one world in which there is one."""
    share(partner, Kind.PATTERNS)
    make(couple)


def make(couple: Couple, days: int = 20) -> None:
    """Let the worker make the picture of the month."""
    with time_machine.travel(SUNDAY, tick=False):
        services.publish_release(couple.pk, holding(days), clock.now())


def never_said_yes(partner: User, couple: Couple) -> None:
    """Say nothing."""
    make(couple)


def said_no_later(partner: User, couple: Couple) -> None:
    """Take it back afterwards."""
    all_is_well(partner, couple)
    services.withdraw(partner, Kind.PATTERNS)


def stopped_everything(partner: User, couple: Couple) -> None:
    """Stop everything afterwards."""
    all_is_well(partner, couple)
    services.stop_everything(partner)


def froze_before(partner: User, couple: Couple) -> None:
    """Freeze before the first picture."""
    share(partner, Kind.PATTERNS)
    services.freeze(partner)
    make(couple)


def let_it_expire(partner: User, couple: Couple) -> None:
    """Share so long ago that it ends before the page is opened."""
    with time_machine.travel(OCTOBER - timedelta(days=60), tick=False):
        share(partner, Kind.PATTERNS)
    make(couple)


def too_few_days(partner: User, couple: Couple) -> None:
    """Share, and answer too little."""
    share(partner, Kind.PATTERNS)
    make(couple, days=13)


def the_job_died(partner: User, couple: Couple) -> None:
    """Share, and let the worker fail."""
    share(partner, Kind.PATTERNS)
    with time_machine.travel(SUNDAY, tick=False), pytest.raises(ZeroDivisionError):
        services.publish_release(couple.pk, lambda _: 1 // 0, clock.now())


def left(partner: User, couple: Couple) -> None:
    """Share, then leave."""
    all_is_well(partner, couple)
    services.leave(partner)


def deleted(partner: User, couple: Couple) -> None:
    """Share, then delete the account."""
    all_is_well(partner, couple)
    delete_person(partner)


REASONS: tuple[Callable[[User, Couple], None], ...] = (
    never_said_yes, said_no_later, stopped_everything, froze_before, let_it_expire, too_few_days,
    the_job_died, left, deleted,
)  # fmt: skip


def seen(owner: User) -> dict[str, tuple[int, dict[str, str], bytes]]:
    """Return what the owner gets two days after the Sunday: status, headers, bodies."""
    with time_machine.travel(SUNDAY + timedelta(days=2), tick=False):
        browser = browser_of(owner)
        found = {}
        for path in ("/two/", "/two/sharing/", "/two/dance/", "/plane/"):
            answer = browser.get(path)
            body = re.sub(
                rb'(csrfmiddlewaretoken|submission_key)" value="[^"]*"', b"", answer.content
            )
            found[path] = (answer.status_code, dict(answer.headers), body)
        assert queries.visible_release(owner) is None
        return found


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_looks_the_same(
    reason: Callable[[User, Couple], None], owner: User, partner: User, stranger: User
) -> None:
    """Status, headers and bytes of the page for two do not depend on why there is no picture."""
    with time_machine.travel(OCTOBER, tick=False):
        couple = join(owner, partner)
        share(owner, Kind.PATTERNS)
    plain = seen(owner)
    with time_machine.travel(OCTOBER, tick=False):
        reason(partner, couple)
    assert seen(owner) == plain


def test_there_is_a_picture_where_both_said_yes(owner: User, partner: User) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        couple = join(owner, partner)
        share(owner, Kind.PATTERNS)
        all_is_well(partner, couple)
    with time_machine.travel(SUNDAY + timedelta(days=2), tick=False):
        assert queries.visible_release(owner) is not None
    assert NEUTRAL_STATE.startswith("A joint picture may appear here")
