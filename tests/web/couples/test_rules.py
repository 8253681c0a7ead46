"""Who may see what of whom, and when a joint picture may be made; no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from counterpoint.web.couples import rules
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.rules import ConsentFact, ReleaseFact

ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)
SUNDAY = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
"""Noon of the first Sunday of a month."""

TURN = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
GRANTED = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
THURSDAY = date(2026, 10, 29)


def consent(
    grantor: UUID = ONE, grantee: UUID | None = TWO, kind: Kind = Kind.PATTERNS
) -> ConsentFact:
    """Return a consent in force on the Sunday."""
    return ConsentFact(grantor, grantee, kind, GRANTED, GRANTED + timedelta(days=90))


def both(*kinds: Kind) -> list[ConsentFact]:
    """Return consents of both for some kinds."""
    return [
        consent(grantor, grantee, kind)
        for kind in kinds
        for grantor, grantee in ((ONE, TWO), (TWO, ONE))
    ]


def days(count: int, *, last: date = THURSDAY) -> frozenset[date]:
    """Return so many days in a row."""
    return frozenset(last - timedelta(days=offset) for offset in range(count))


def release(
    *,
    one: Iterable[date] | None = None,
    two: Iterable[date] | None = None,
    month: str = "2026-11",
    made_at: datetime = SUNDAY,
) -> ReleaseFact:
    """Return a picture that holds fourteen days of each."""
    held = {
        ONE: days(14) if one is None else frozenset(one),
        TWO: days(14) if two is None else frozenset(two),
    }
    return ReleaseFact(month=month, made_at=made_at, held=held)


class TestSeeing:
    def test_each_may_see_their_own(self) -> None:
        assert rules.may_see(ONE, ONE, Kind.DAYS, [], SUNDAY)

    def test_the_other_may_see_what_was_granted_to_them(self) -> None:
        given = [consent()]
        assert rules.may_see(TWO, ONE, Kind.PATTERNS, given, SUNDAY)
        assert not rules.may_see(ONE, TWO, Kind.PATTERNS, given, SUNDAY)
        assert not rules.may_see(THREE, ONE, Kind.PATTERNS, given, SUNDAY)

    @pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PATTERNS])
    def test_one_kind_grants_no_other(self, kind: Kind) -> None:
        assert not rules.may_see(TWO, ONE, kind, [consent()], SUNDAY)

    def test_nobody_sees_through_a_consent_whose_grantee_is_gone(self) -> None:
        assert not rules.may_see(TWO, ONE, Kind.PATTERNS, [consent(grantee=None)], SUNDAY)

    def test_a_consent_holds_from_its_grant_until_just_before_its_end(self) -> None:
        row = consent()
        told = {
            moment: rules.is_in_force(row, moment)
            for moment in (
                GRANTED - SECOND,
                GRANTED,
                row.expires_at - SECOND,
                row.expires_at,
            )
        }
        assert list(told.values()) == [False, True, True, False]

    @pytest.mark.parametrize("part", ["withdrawn_at", "ended_at"])
    def test_what_was_withdrawn_or_ended_holds_no_more(self, part: str) -> None:
        row = replace(consent(), **{part: GRANTED})
        assert not rules.is_in_force(row, SUNDAY)
        assert rules.consent_for(TWO, ONE, Kind.PATTERNS, [row], SUNDAY) is None

    def test_a_freeze_hides_nothing(self) -> None:
        row = replace(consent(), frozen_at=GRANTED)
        assert rules.consent_for(TWO, ONE, Kind.PATTERNS, [row], SUNDAY) is row

    def test_the_consent_found_is_the_one_in_force(self) -> None:
        old, new = replace(consent(), withdrawn_at=GRANTED), consent()
        assert rules.consent_for(TWO, ONE, Kind.PATTERNS, [old, new], SUNDAY) is new


class TestOpenDiary:
    def test_it_needs_the_days_of_both(self) -> None:
        first, second = both(Kind.DAYS)
        assert rules.is_open_diary(ONE, TWO, [first, second], SUNDAY)
        assert not rules.is_open_diary(ONE, TWO, [first], SUNDAY)
        assert not rules.is_open_diary(ONE, TWO, [second], SUNDAY)

    def test_no_other_kind_opens_it(self) -> None:
        others = both(*(kind for kind in Kind if kind is not Kind.DAYS))
        assert not rules.is_open_diary(ONE, TWO, others, SUNDAY)

    def test_consents_may_come_from_a_query_read_once(self) -> None:
        assert rules.is_open_diary(ONE, TWO, iter(both(Kind.DAYS)), SUNDAY)


class TestTurnOfTheWeek:
    @pytest.mark.parametrize(
        ("moment", "turn"),
        [
            (TURN - SECOND, TURN - timedelta(days=7)),
            (TURN, TURN),
            (SUNDAY, TURN),
            (TURN + timedelta(days=6, hours=23), TURN),
            (TURN + timedelta(days=7), TURN + timedelta(days=7)),
        ],
    )
    def test_a_week_turns_on_sunday_at_four(self, moment: datetime, turn: datetime) -> None:
        assert rules.last_turn(moment) == turn
        assert rules.next_turn(moment) == turn + timedelta(days=7)

    def test_what_is_shared_reaches_to_the_last_turn_or_to_the_freeze(self) -> None:
        row = consent()
        early = TURN - timedelta(days=3)
        assert rules.shown_until(row, SUNDAY) == TURN
        assert rules.shown_until(replace(row, frozen_at=early), SUNDAY) == early
        assert rules.shown_until(replace(row, frozen_at=SUNDAY), SUNDAY) == TURN

    def test_the_number_of_the_week_goes_up_by_one_at_each_turn(self) -> None:
        number = rules.week_number(TURN)
        assert isinstance(number, int)
        assert rules.week_number(TURN - SECOND) == number - 1
        assert rules.week_number(TURN + timedelta(days=7) - SECOND) == number
        assert rules.week_number(TURN + timedelta(days=7)) == number + 1


class TestReleaseDay:
    @pytest.mark.parametrize(
        ("moment", "is_one"),
        [
            (TURN, True),
            (TURN - SECOND, False),
            (TURN + timedelta(days=1) - SECOND, True),
            (TURN + timedelta(days=1), False),
            (TURN + timedelta(days=7), False),
            (datetime(2026, 2, 1, 12, tzinfo=UTC), True),
            (datetime(2026, 6, 7, 12, tzinfo=UTC), True),
            (datetime(2026, 6, 14, 12, tzinfo=UTC), False),
            (datetime(2026, 11, 29, 12, tzinfo=UTC), False),
        ],
    )
    def test_it_is_the_first_sunday_of_a_month(self, moment: datetime, is_one: bool) -> None:
        assert rules.is_release_day(moment) is is_one

    def test_the_newest_moment_that_could_make_one(self) -> None:
        for moment in (SUNDAY, TURN):
            assert rules.last_release_moment(moment) == moment
        for later in (timedelta(days=1), timedelta(days=14), timedelta(days=34, hours=15)):
            assert rules.last_release_moment(SUNDAY + later) == TURN
        before = datetime(2026, 10, 4, 4, tzinfo=UTC)
        assert rules.last_release_moment(TURN - SECOND) == before

    def test_the_month_is_that_of_the_sunday(self) -> None:
        assert rules.month_of(SUNDAY) == "2026-11"

    def test_the_newest_day_that_may_be_held_is_closed_everywhere(self) -> None:
        assert rules.last_held_day(SUNDAY) == THURSDAY
        closes_last = datetime(2026, 10, 31, 4, tzinfo=UTC) + timedelta(hours=12)  # at UTC-12
        assert closes_last <= TURN


class TestMaking:
    def test_both_have_to_share_patterns(self) -> None:
        first, second = both(Kind.PATTERNS)
        assert rules.may_be_made(ONE, TWO, [first, second], SUNDAY)
        assert not rules.may_be_made(ONE, TWO, [first], SUNDAY)
        assert not rules.may_be_made(ONE, TWO, [second], SUNDAY)
        assert not rules.may_be_made(ONE, TWO, both(Kind.DAYS), SUNDAY)
        assert not rules.may_be_made(ONE, ONE, [consent(ONE, ONE)], SUNDAY)

    def test_an_exact_one_needs_the_days_of_both(self) -> None:
        first, second = both(Kind.DAYS)
        assert rules.may_be_exact(ONE, TWO, [first, second], SUNDAY)
        assert not rules.may_be_exact(ONE, TWO, [first], SUNDAY)
        assert not rules.may_be_exact(ONE, TWO, both(Kind.PATTERNS), SUNDAY)

    @pytest.mark.parametrize(
        ("change", "settled"),
        [
            ({}, True),
            ({"granted_at": TURN - SECOND}, True),
            ({"granted_at": TURN}, False),
            ({"granted_at": SUNDAY}, False),
            ({"frozen_at": GRANTED}, False),
            ({"thawed_at": TURN - SECOND}, True),
            ({"thawed_at": TURN}, False),
            ({"withdrawn_at": GRANTED}, False),
            ({"expires_at": SUNDAY}, False),
            ({"ended_at": SUNDAY}, False),
        ],
    )
    def test_a_consent_has_to_be_settled_before_the_turn(
        self, change: dict[str, datetime], settled: bool
    ) -> None:
        row = replace(consent(), **change)
        assert rules.is_settled(row, SUNDAY) is settled
        given = [row, consent(TWO, ONE)]
        assert rules.may_be_made(ONE, TWO, given, SUNDAY) is settled

    def test_places_need_the_place_of_both(self) -> None:
        first, second = both(Kind.PLACE)
        assert rules.may_hold_places(ONE, TWO, iter([first, second]), SUNDAY)
        for given in ([first], [second], both(Kind.PATTERNS, Kind.DAYS)):
            assert not rules.may_hold_places(ONE, TWO, given, SUNDAY)
        late = replace(first, granted_at=TURN)
        assert not rules.may_hold_places(ONE, TWO, [late, second], SUNDAY)


class TestPublishing:
    def test_fourteen_new_days_of_each_are_enough(self) -> None:
        assert rules.can_publish(release(), [], both(Kind.PATTERNS), SUNDAY)

    def test_thirteen_of_either_are_not(self) -> None:
        for picture in (release(one=days(13)), release(two=days(13))):
            assert not rules.can_publish(picture, [], both(Kind.PATTERNS), SUNDAY)

    @pytest.mark.parametrize("new", [14, 13])
    def test_days_an_earlier_picture_held_are_not_new(self, new: int) -> None:
        old = days(20, last=THURSDAY - timedelta(days=new))
        before = release(month="2026-10", one=old, two=old - days(14))
        picture = release(one=days(40) & (days(new) | old), two=days(40))
        may = rules.can_publish(picture, [before], both(Kind.PATTERNS), SUNDAY)
        assert may is (new == 14)

    def test_a_withdrawn_picture_was_seen_and_counts(self) -> None:
        before = replace(
            release(month="2026-10", made_at=GRANTED), withdrawn_at=GRANTED + timedelta(days=1)
        )
        assert not rules.can_publish(release(), [before], both(Kind.PATTERNS), SUNDAY)

    def test_days_of_several_earlier_pictures_count_together(self) -> None:
        first = release(month="2026-09", one=days(7), two=[])
        second = release(month="2026-10", one=days(14), two=[])
        picture = release(one=days(27), two=days(14))
        assert rules.new_days(picture, [first, second], ONE) == days(27) - days(14)
        assert rules.new_days(picture, [first, second], TWO) == days(14)
        assert not rules.can_publish(picture, [first, second], both(Kind.PATTERNS), SUNDAY)

    def test_days_of_a_picture_with_somebody_else_do_not_count(self) -> None:
        other = ReleaseFact(month="2026-09", made_at=GRANTED, held={THREE: days(20)})
        assert rules.new_days(release(), [other], ONE) == days(14)

    def test_once_a_month(self) -> None:
        before = release(one=[], two=[])
        assert not rules.can_publish(release(), [before], both(Kind.PATTERNS), SUNDAY)
        earlier = replace(before, month="2026-10")
        assert rules.can_publish(release(), [earlier], both(Kind.PATTERNS), SUNDAY)

    def test_on_the_first_sunday_only_and_for_its_own_month(self) -> None:
        given = both(Kind.PATTERNS)
        assert not rules.can_publish(release(), [], given, SUNDAY + timedelta(days=1))
        assert not rules.can_publish(release(), [], given, SUNDAY + timedelta(days=7))
        assert not rules.can_publish(release(month="2026-10"), [], given, SUNDAY)

    def test_no_day_that_was_still_open_at_the_turn(self) -> None:
        late = days(14, last=THURSDAY + timedelta(days=1))
        for picture in (release(one=late), release(two=late)):
            assert not rules.can_publish(picture, [], both(Kind.PATTERNS), SUNDAY)

    def test_both_consents_are_needed_when_it_is_published(self) -> None:
        first, second = both(Kind.PATTERNS)
        for given in ([], [first], [second], both(Kind.DAYS)):
            assert not rules.can_publish(release(), [], given, SUNDAY)

    def test_an_exact_one_needs_the_days_of_both_too(self) -> None:
        picture = replace(release(), is_exact=True)
        first, second = both(Kind.DAYS)
        assert rules.can_publish(picture, [], both(Kind.PATTERNS, Kind.DAYS), SUNDAY)
        for given in (both(Kind.PATTERNS), [*both(Kind.PATTERNS), first], [first, second]):
            assert not rules.can_publish(picture, [], given, SUNDAY)

    def test_it_is_about_exactly_two_people(self) -> None:
        picture = release()
        alone = replace(picture, held={ONE: days(14)})
        three = replace(picture, held={**picture.held, THREE: days(14)})
        for wrong in (alone, three):
            assert not rules.can_publish(wrong, [], both(Kind.PATTERNS), SUNDAY)

    def test_facts_may_come_from_queries_read_once(self) -> None:
        before = [release(month="2026-10", one=[], two=[])]
        assert rules.can_publish(release(), iter(before), iter(both(Kind.PATTERNS)), SUNDAY)


class TestVisible:
    def test_while_both_share_patterns(self) -> None:
        first, second = both(Kind.PATTERNS)
        later = SUNDAY + timedelta(days=3)
        assert rules.is_release_visible(release(), [first, second], later)
        assert rules.is_release_visible(release(), iter([first, second]), later)
        for given in ([], [first], [second], both(Kind.DAYS)):
            assert not rules.is_release_visible(release(), given, later)

    def test_an_exact_one_while_both_share_their_days_too(self) -> None:
        picture = replace(release(), is_exact=True)
        first, second = both(Kind.DAYS)
        patterns = both(Kind.PATTERNS)
        assert rules.is_release_visible(picture, [*patterns, first, second], SUNDAY)
        for given in (patterns, [*patterns, first], [*patterns, second], [first, second]):
            assert not rules.is_release_visible(picture, given, SUNDAY)

    def test_not_once_it_was_withdrawn(self) -> None:
        picture = replace(release(), withdrawn_at=SUNDAY)
        assert not rules.is_release_visible(picture, both(Kind.PATTERNS), SUNDAY)

    def test_not_before_it_was_made(self) -> None:
        assert rules.is_release_visible(release(), both(Kind.PATTERNS), SUNDAY)
        assert not rules.is_release_visible(release(), both(Kind.PATTERNS), SUNDAY - SECOND)

    def test_a_new_consent_does_not_bring_an_old_picture_back(self) -> None:
        first, second = both(Kind.PATTERNS)
        at_once = replace(first, granted_at=SUNDAY)
        again = replace(first, granted_at=SUNDAY + SECOND)
        later = SUNDAY + timedelta(days=3)
        assert rules.is_release_visible(release(), [at_once, second], later)
        assert not rules.is_release_visible(release(), [again, second], later)

    def test_it_is_about_exactly_two_people(self) -> None:
        alone = replace(release(), held={ONE: days(14)})
        assert not rules.is_release_visible(alone, both(Kind.PATTERNS), SUNDAY)


class TestPlacesOfAPicture:
    def test_while_both_share_their_place(self) -> None:
        first, second = both(Kind.PLACE)
        later = SUNDAY + timedelta(days=3)
        assert rules.are_places_visible(release(), iter([first, second]), later)
        gone = replace(first, withdrawn_at=SUNDAY)
        for given in ([], [first], [second], [gone, second], both(Kind.PATTERNS)):
            assert not rules.are_places_visible(release(), given, later)
        assert not rules.are_places_visible(release(), [first, second], first.expires_at)

    def test_a_new_consent_does_not_bring_them_back(self) -> None:
        first, second = both(Kind.PLACE)
        again = replace(first, granted_at=SUNDAY + SECOND)
        assert not rules.are_places_visible(release(), [again, second], SUNDAY + timedelta(days=3))

    def test_they_are_of_exactly_two_people(self) -> None:
        alone = replace(release(), held={ONE: days(14)})
        assert not rules.are_places_visible(alone, both(Kind.PLACE), SUNDAY)


class TestCodes:
    def test_a_code_lives_until_it_expires_is_entered_or_taken_back(self) -> None:
        alive = rules.is_code_alive
        assert alive(SUNDAY, None, None, SUNDAY - SECOND)
        assert not alive(SUNDAY, None, None, SUNDAY)
        assert not alive(SUNDAY, GRANTED, None, SUNDAY - SECOND)
        assert not alive(SUNDAY, None, GRANTED, SUNDAY - SECOND)

    def test_a_joining_is_open_for_seventy_two_hours(self) -> None:
        until = SUNDAY + timedelta(hours=72)
        assert rules.is_joining_open(SUNDAY, SUNDAY)
        assert rules.is_joining_open(SUNDAY, until - SECOND)
        assert not rules.is_joining_open(SUNDAY, until)
        assert not rules.is_joining_open(SUNDAY, SUNDAY - SECOND)


@pytest.mark.parametrize(
    ("mine", "theirs", "ended", "turned"),
    [
        (True, True, None, True),
        (True, False, None, False),
        (False, True, None, False),
        (False, False, None, False),
        (True, True, SUNDAY, False),
    ],
)
def test_cards_are_turned_if_both_lie_there(
    mine: bool, theirs: bool, ended: datetime | None, turned: bool
) -> None:
    assert rules.are_cards_turned(mine, theirs, ended) is turned


def test_the_figures_are_those_of_the_promises() -> None:
    assert (rules.CONSENT_DAYS, rules.CODE_HOURS, rules.NEW_DAYS) == (90, 72, 14)
