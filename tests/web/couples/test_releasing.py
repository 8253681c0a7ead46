"""Joint pictures: made on a first Sunday under consents that still hold when they are published."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
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
from pairs import NEXT_SUNDAY, OCTOBER, SUNDAY, days_until, holding, join, share, share_both


@pytest.fixture(autouse=True)
def calendar(db: None) -> Iterator[time_machine.Traveller]:
    """Stop the clock on the first Thursday of October."""
    with time_machine.travel(OCTOBER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def couple(calendar: time_machine.Traveller, owner: User, partner: User) -> Couple:
    """Join the two, let both share patterns, and move to the first Sunday of November."""
    joined = join(owner, partner)
    share_both(owner, partner, Kind.PATTERNS)
    calendar.move_to(SUNDAY)
    return joined


def publish(couple: Couple, count: int = 20) -> Release | None:
    """Publish a picture that holds so many days."""
    return services.publish_release(couple.pk, holding(count), clock.now())


def test_both_see_it_once_it_is_published(couple: Couple, owner: User, partner: User) -> None:
    assert queries.due_for_release(clock.now()) == [couple.pk]
    release = publish(couple)
    assert release is not None
    assert (release.month, release.made_at, release.is_exact) == ("2026-11", SUNDAY, False)
    assert release.days_until == rules.last_held_day(SUNDAY)
    assert queries.held_days(release)[Member.A] == days_until(release.days_until, 20)
    for viewer in (owner, partner):
        assert queries.visible_release(viewer) == release
        assert queries.get_release(viewer, release.pk) == release
    assert queries.due_for_release(clock.now()) == []


def test_nobody_else_sees_it(couple: Couple, stranger: User) -> None:
    release = publish(couple)
    assert release is not None
    assert queries.visible_release(stranger) is None
    assert queries.get_release(stranger, release.pk) is None


def test_too_few_days_decide_the_month_too(couple: Couple, owner: User) -> None:
    assert publish(couple, 13) is None
    assert queries.due_for_release(clock.now()) == []
    assert queries.visible_release(owner) is None


def say_nothing(terms: ReleaseTerms) -> ReleaseDraft | None:
    """Find nothing to say of these two."""
    assert set(terms.people) == set(Member)
    return None


def test_nothing_to_say_decides_the_month_too(couple: Couple) -> None:
    assert services.publish_release(couple.pk, say_nothing, clock.now()) is None
    assert queries.due_for_release(clock.now()) == []
    assert Release.objects.count() == 0


def test_a_builder_that_fails_leaves_the_month_open(couple: Couple) -> None:
    def fail(terms: ReleaseTerms) -> ReleaseDraft | None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        services.publish_release(couple.pk, fail, clock.now())
    assert queries.due_for_release(clock.now()) == [couple.pk]


def test_once_a_month_even_if_asked_twice(couple: Couple) -> None:
    assert publish(couple) is not None
    assert publish(couple) is None
    assert Release.objects.count() == 1


def test_the_next_one_needs_fourteen_days_no_earlier_one_held(
    couple: Couple, calendar: time_machine.Traveller, owner: User
) -> None:
    first = publish(couple)
    calendar.move_to(NEXT_SUNDAY)
    terms = services.release_terms(couple.pk, clock.now())
    assert terms is not None
    assert terms.held_before[Member.B] == days_until(rules.last_held_day(SUNDAY), 20)
    newest = rules.last_held_day(NEXT_SUNDAY)
    assert not terms.has_new_days(Member.A, days_until(newest, 13))
    assert terms.has_new_days(Member.A, days_until(newest, 14))
    assert publish(couple, 13) is None
    assert queries.visible_release(owner) == first
    Couple.objects.update(looked_month="")
    assert publish(couple, 14) is not None


def test_an_exact_one_comes_where_both_share_their_days(
    couple: Couple, calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    calendar.move_to(SUNDAY - timedelta(days=3))
    share_both(owner, partner, Kind.DAYS)
    calendar.move_to(SUNDAY)
    release = publish(couple)
    assert release is not None
    assert release.is_exact
    assert queries.is_open_diary(owner)
    services.withdraw(partner, Kind.DAYS)
    assert not queries.is_open_diary(owner)
    assert queries.visible_release(owner) is None
    release.refresh_from_db()
    assert release.content is None


def test_a_yes_on_the_sunday_itself_waits_for_the_next_month(
    calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    couple = join(owner, partner)
    share(owner, Kind.PATTERNS)
    calendar.move_to(SUNDAY)
    share(partner, Kind.PATTERNS)
    assert queries.due_for_release(clock.now()) == []
    assert publish(couple) is None
    calendar.move_to(NEXT_SUNDAY)
    assert publish(couple) is not None


def test_a_freeze_of_either_stops_new_ones_and_keeps_the_last(
    couple: Couple, calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    release = publish(couple)
    services.freeze(partner)
    calendar.move_to(NEXT_SUNDAY)
    assert queries.due_for_release(clock.now()) == []
    assert publish(couple) is None
    assert queries.visible_release(owner) == release
    services.thaw(partner)  # on the Sunday itself: waits
    assert publish(couple) is None


def test_taking_patterns_back_hides_it_for_good_and_for_both(
    couple: Couple, owner: User, partner: User
) -> None:
    release = publish(couple)
    assert release is not None
    services.withdraw(partner, Kind.PATTERNS)
    for viewer in (owner, partner):
        assert queries.visible_release(viewer) is None
        assert queries.get_release(viewer, release.pk) is None
    release.refresh_from_db()
    assert (release.content, release.withdrawn_at) == (None, SUNDAY)
    share(partner, Kind.PATTERNS)
    assert queries.visible_release(owner) is None


def test_expiry_hides_it_and_a_new_yes_does_not_bring_it_back(
    couple: Couple, calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    assert publish(couple) is not None
    calendar.move_to(OCTOBER + timedelta(days=90))
    assert queries.visible_release(owner) is None
    share_both(owner, partner, Kind.PATTERNS)
    assert queries.visible_release(owner) is None


def test_a_renewal_in_time_keeps_it(
    couple: Couple, calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    release = publish(couple)
    share_both(owner, partner, Kind.PATTERNS)
    calendar.move_to(OCTOBER + timedelta(days=100))
    assert queries.visible_release(owner) == release


def test_an_older_picture_never_takes_the_place_of_a_newer_one_that_went(
    couple: Couple, calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    first = publish(couple)
    share_both(owner, partner, Kind.DAYS)
    calendar.move_to(NEXT_SUNDAY)
    second = publish(couple)
    assert first is not None
    assert second is not None
    assert second.is_exact
    services.withdraw(owner, Kind.DAYS)
    assert queries.visible_release(owner) is None
    assert queries.get_release(owner, first.pk) is None


def test_leaving_and_joining_again_does_not_make_held_days_new(
    couple: Couple, calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    assert publish(couple, 40) is not None
    services.leave(owner)
    services.leave(partner)
    again = join(partner, owner)
    share_both(owner, partner, Kind.PATTERNS)
    calendar.move_to(NEXT_SUNDAY)
    terms = services.release_terms(again.pk, clock.now())
    assert terms is not None
    held = days_until(rules.last_held_day(SUNDAY), 40)
    assert dict(terms.held_before) == {Member.A: held, Member.B: held}
    assert publish(again, 13) is None


def test_another_partner_starts_without_the_pictures_of_the_first(
    couple: Couple, calendar: time_machine.Traveller, owner: User, stranger: User
) -> None:
    assert publish(couple, 40) is not None
    services.leave(owner)
    again = join(owner, stranger)
    share_both(owner, stranger, Kind.PATTERNS)
    assert queries.visible_release(stranger) is None
    calendar.move_to(NEXT_SUNDAY)
    terms = services.release_terms(again.pk, clock.now())
    assert terms is not None
    assert dict(terms.held_before) == {Member.A: frozenset(), Member.B: frozenset()}


def test_an_unknown_or_ended_couple_gets_none(couple: Couple, owner: User) -> None:
    assert services.publish_release(uuid.uuid4(), holding(20), clock.now()) is None
    services.leave(owner)
    assert publish(couple) is None
    assert queries.due_for_release(clock.now()) == []
