"""What is written when, and that sending twice writes once."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from checkins import today_of, write, write_more
from counterpoint.errors import DataError
from counterpoint.web.accounts.models import User
from counterpoint.web.diary import queries, services
from counterpoint.web.diary.models import Checkin, ItemOrder, Submission
from counterpoint.web.diary.services import ClosedDayError, PastCheckin, ScreenOne, ScreenTwo
from factories import damaged


def test_one_row_a_day_and_slot_whatever_is_sent_how_often(owner: User) -> None:
    day = today_of(owner)
    for near in (3, 4, 5):
        write(owner, day, c1=near, s1=near)
    write(owner, day, slot=2, c1=9)
    rows = Checkin.objects.order_by("slot").values_list("slot", "c1", "s1")
    assert list(rows) == [(1, 5, 5), (2, 9, None)]


def test_the_same_content_under_its_key_is_written_once(owner: User) -> None:
    day, key = today_of(owner), uuid.uuid4()
    services.record_screen_one(owner, day, 1, ScreenOne(c1=3), key=key)
    write(owner, day, c1=8)
    services.record_screen_one(owner, day, 1, ScreenOne(c1=3), key=key)  # a late retry
    assert Checkin.objects.get().c1 == 8


def test_other_content_under_the_same_key_is_an_edit(owner: User) -> None:
    day, key = today_of(owner), uuid.uuid4()
    services.record_screen_one(owner, day, 1, ScreenOne(c1=3), key=key)
    services.record_screen_one(owner, day, 1, ScreenOne(c1=4), key=key)  # back, changed, sent
    assert Checkin.objects.get().c1 == 4


def test_a_key_of_one_person_says_nothing_about_another(owner: User, partner: User) -> None:
    day, key = today_of(owner), uuid.uuid4()
    for person in (owner, partner):
        services.record_screen_one(person, day, 1, ScreenOne(c1=3), key=key)
    assert Checkin.objects.count() == 2


def test_old_keys_are_let_go(owner: User) -> None:
    write(owner, today_of(owner), c1=3)
    Submission.objects.update(received_at=services.clock.now() - timedelta(days=8))
    write(owner, today_of(owner), c1=4)
    assert Submission.objects.count() == 1


def test_an_edit_keeps_when_the_day_was_first_written(owner: User) -> None:
    day = today_of(owner)
    first = write(owner, day, c1=3)
    second = write(owner, day, c1=4)
    assert second.pk == first.pk
    assert second.recorded_at == first.recorded_at
    assert second.changed_at > first.changed_at


def test_nothing_said_makes_no_row_and_can_clear_one(owner: User) -> None:
    day = today_of(owner)
    empty = ScreenOne()
    assert services.record_screen_one(owner, day, 1, empty, key=uuid.uuid4()) is None
    assert Checkin.objects.count() == 0
    write(owner, day, c1=3, n="some", e1="no")
    row = services.record_screen_one(owner, day, 1, empty, key=uuid.uuid4())
    assert row is not None
    assert (row.c1, row.n, row.e1) == (None, "", "")


@pytest.mark.parametrize("away", [-2, 1])
def test_only_today_and_yesterday_can_be_written(owner: User, away: int) -> None:
    day = today_of(owner) + timedelta(days=away)
    with pytest.raises(ClosedDayError):
        write(owner, day, c1=3)
    with pytest.raises(ClosedDayError):
        write_more(owner, day, line="late")
    assert Checkin.objects.count() == 0


def test_the_coin_is_drawn_for_each_check_in_and_stays(owner: User) -> None:
    day = today_of(owner)
    first = write(owner, day, c1=3)
    again = [write(owner, day, c1=tap) for tap in range(8)]
    assert {(row.coin_connection, row.coin_self) for row in again} == {
        (first.coin_connection, first.coin_self)
    }
    drawn = set()
    for _ in range(60):
        Checkin.objects.all().delete()
        row = write(owner, day, c1=3)
        drawn.add((row.coin_connection, row.coin_self))
    assert drawn == {(c, s) for c in ("c2", "c3") for s in ("s2", "s3")}


def test_only_the_items_the_coin_chose_are_written(owner: User) -> None:
    day = today_of(owner)
    Checkin.objects.filter(pk=write(owner, day, c1=3).pk).update(
        coin_connection="c3", coin_self="s3"
    )
    row = write_more(owner, day, connection=7, self_=2, w=5, w_some_of_both=True)
    assert (row.c2, row.c3, row.s2, row.s3) == (None, 7, None, 2)
    assert (row.w, row.w_some_of_both) == (5, True)


def test_nothing_came_up_counts_as_missing(owner: User) -> None:
    day = today_of(owner)
    Checkin.objects.filter(pk=write(owner, day, c1=3).pk).update(coin_self="s3")
    row = write_more(owner, day, self_=2, s3_nothing_came_up=True)
    assert (row.s3, row.s3_nothing_came_up) == (None, True)
    Checkin.objects.update(coin_self="s2")
    row = write_more(owner, day, self_=2, s3_nothing_came_up=True)
    assert (row.s2, row.s3_nothing_came_up) == (2, False)


def test_words_about_friction_need_friction(owner: User) -> None:
    day = today_of(owner)
    write(owner, day, e1="no")
    row = write_more(owner, day, e2=4, e3=("pushed",))
    assert (row.e2, row.e3) == (None, [])
    write(owner, day, e1="a_lot")
    row = write_more(owner, day, e2=4, e3=("pushed", "stayed"))
    assert (row.e2, row.e3) == (4, ["pushed", "stayed"])
    row = write(owner, day, e1="no")
    assert (row.e2, row.e3) == (None, [])


def test_the_way_back_is_asked_once_more_and_kept_with_the_day_of_the_friction(
    owner: User,
) -> None:
    today = today_of(owner)
    yesterday = today - timedelta(days=1)
    write(owner, yesterday, e1="a_little")
    changed = write_more(owner, yesterday, e2=2).changed_at
    write(owner, today, c1=5)
    write_more(owner, today, e2_yesterday=8)
    row = Checkin.objects.get(about_on=yesterday)
    assert (row.e2, row.e2_next) == (2, 8)
    assert row.e2_next_at is not None
    assert row.changed_at == changed  # no answer the model reads has changed


def test_the_line_is_sealed_for_its_row_and_can_be_taken_away(owner: User) -> None:
    day = today_of(owner)
    write(owner, day, c1=5)
    row = write_more(owner, day, line="We sang in the kitchen.")
    assert b"kitchen" not in bytes(row.line_sealed)
    assert queries.own_words(owner, row) == "We sang in the kitchen."
    assert queries.own_words(owner, write_more(owner, day, line="")) == ""


def test_a_line_that_cannot_be_read_is_not_wiped_by_saving_an_empty_box(owner: User) -> None:
    day = today_of(owner)
    write(owner, day, c1=5)
    torn = damaged(write_more(owner, day, line="We sang.").line_sealed)
    Checkin.objects.update(line_sealed=torn)
    row = write_more(owner, day, w=3, line="")
    assert bytes(row.line_sealed) == torn
    assert queries.own_words(owner, row) is None
    assert queries.own_words(owner, write_more(owner, day, line="New words.")) == "New words."


def test_the_order_of_the_taps_is_drawn_once(owner: User) -> None:
    orders = {services.draw_order(owner) for _ in range(5)}
    assert len(orders) == 1
    assert sorted(orders.pop()) == sorted(services.SHUFFLED_ITEMS)
    assert ItemOrder.objects.count() == 1


def test_people_meet_the_taps_in_different_orders(owner: User) -> None:
    orders = set()
    for _ in range(12):
        ItemOrder.objects.all().delete()
        orders.add(services.draw_order(owner))
    assert len(orders) > 1


def test_only_a_simulated_past_can_be_seeded(owner: User) -> None:
    day = today_of(owner) - timedelta(days=30)
    past = PastCheckin(
        about_on=day,
        recorded_at=services.clock.now() - timedelta(days=30),
        coin_connection="c2",
        coin_self="s3",
        first=ScreenOne(g=5, c1=6, s1=7, n="some", e1="a_little"),
        second=ScreenTwo(connection=4, self_=3, w=5, e2=6, e3=("stayed",), line="A walk."),
    )
    with pytest.raises(DataError, match="only a simulated"):
        services.seed_past_checkins(owner, [past])
    owner.simulated = True
    assert services.seed_past_checkins(owner, [past]) == 1
    row = Checkin.objects.get()
    assert (row.c1, row.c2, row.s3, row.e2, row.e3) == (6, 4, 3, 6, ["stayed"])
    assert queries.own_words(owner, row) == "A walk."
