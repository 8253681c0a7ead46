"""No two joint pictures differ by less than fourteen days of yours."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples import queries, rules, services
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Couple, Release
from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms
from pairs import NEXT_SUNDAY, OCTOBER, SUNDAY, days_until, holding, join, share_both


@pytest.fixture
def couple(db: None, owner: User, partner: User) -> Couple:
    """Join the two; both share patterns, and the first picture holds twenty days of each."""
    with time_machine.travel(OCTOBER, tick=False):
        joined = join(owner, partner)
        share_both(owner, partner, Kind.PATTERNS)
    with time_machine.travel(SUNDAY, tick=False):
        assert services.publish_release(joined.pk, holding(20), clock.now()) is not None
    return joined


@pytest.mark.parametrize(("new", "made"), [(0, False), (1, False), (13, False), (14, True)])
def test_fourteen_new_days_of_each_or_no_picture(couple: Couple, new: int, made: bool) -> None:
    """A picture one day apart from the last would tell that day."""
    old = days_until(rules.last_held_day(SUNDAY), 20)

    def build(terms: ReleaseTerms) -> ReleaseDraft:
        few = old | days_until(terms.days_until, new)
        many = old | days_until(terms.days_until, 30)
        return ReleaseDraft(content={}, held={Member.A: many, Member.B: few})

    with time_machine.travel(NEXT_SUNDAY, tick=False):
        release = services.publish_release(couple.pk, build, clock.now())
    assert (release is not None) is made


def test_no_day_of_the_month_but_the_first_sunday_makes_one(couple: Couple) -> None:
    """Editing an old answer makes no picture: nothing but the calendar does."""
    for offset in range(1, 35):
        with time_machine.travel(SUNDAY + timedelta(days=offset), tick=False):
            assert queries.due_for_release(clock.now()) == []
            assert services.publish_release(couple.pk, holding(60), clock.now()) is None
    assert Release.objects.count() == 1


def test_leaving_and_joining_again_makes_no_day_new(
    couple: Couple, owner: User, partner: User
) -> None:
    with time_machine.travel(SUNDAY + timedelta(days=1), tick=False):
        services.leave(owner)
        services.leave(partner)
        again = join(owner, partner)
        share_both(owner, partner, Kind.PATTERNS)
    old = days_until(rules.last_held_day(SUNDAY), 20)

    def build(terms: ReleaseTerms) -> ReleaseDraft:
        held = old | days_until(terms.days_until, 13)
        return ReleaseDraft(content={}, held=dict.fromkeys(Member, held))

    with time_machine.travel(NEXT_SUNDAY, tick=False):
        assert services.publish_release(again.pk, build, clock.now()) is None


def test_writing_on_the_sunday_brings_no_picture_about(
    db: None, owner: User, partner: User
) -> None:
    """A picture rests on days that were closed before the week turned, so its coming does not
    tell that somebody wrote just now."""
    with time_machine.travel(OCTOBER, tick=False):
        joined = join(owner, partner)
        share_both(owner, partner, Kind.PATTERNS)

    def build(terms: ReleaseTerms) -> ReleaseDraft:
        newest = days_until(SUNDAY.date(), 14)
        return ReleaseDraft(content={}, held=dict.fromkeys(Member, newest))

    with time_machine.travel(SUNDAY, tick=False):
        assert services.publish_release(joined.pk, build, clock.now()) is None
