"""The list of days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from checkins import today_of, write, write_more, write_past
from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.diary import queries
from counterpoint.web.diary.models import Checkin
from web.worlds import CHANCE

QUERIES = 7  # session, person, answered days, open days, the page's days, their rows, the data key


def test_without_days_it_says_what_will_stand_here(as_owner: Client) -> None:
    page = as_owner.get("/days/").content.decode()
    assert load_content().phrase("empty.days") in page
    assert load_content().phrase("days.none") in page


@pytest.mark.parametrize("days", [1, 3])
def test_a_list_costs_the_same_however_long(
    owner: User,
    as_owner: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    days: int,
) -> None:
    write_past(owner, [(6, 6)] * days, today_of(owner))
    for day in (today_of(owner), today_of(owner) - timedelta(days=1)):
        write_more(owner, day, line="Some words.")
    with django_assert_num_queries(QUERIES):
        page = as_owner.get("/days/").content.decode()
    assert page.count('class="day"') == max(days, 2)
    assert page.count("Some words.") == 2


def test_the_newest_day_comes_first_with_own_numbers_and_words(
    owner: User, as_owner: Client
) -> None:
    today = today_of(owner)
    write(owner, today - timedelta(days=1), c1=2, s1=9)
    write(owner, today, c1=8)
    write_more(owner, today, line="A quiet one.")
    page = as_owner.get("/days/").content.decode()
    assert page.index(f"/days/{today}/") < page.index(f"/days/{today - timedelta(days=1)}/")
    assert load_content().phrase("corner.apart_and_myself") in page
    assert "near 2, yourself 9" in page
    assert "A quiet one." in page


def test_days_known_are_counted_and_nothing_is_said_of_the_others(
    owner: User, as_owner: Client
) -> None:
    write_past(owner, [(6, 6), (None, None), (6, 6)], today_of(owner))
    page = as_owner.get("/days/").content.decode()
    assert "Answered days so far: 2" in page
    for word in ("missed", "missing", "streak", "in a row"):
        assert word not in page


def test_one_damaged_line_leaves_the_others_readable(owner: User, as_owner: Client) -> None:
    today = today_of(owner)
    for day in (today, today - timedelta(days=1)):
        write(owner, day, c1=5)
        write_more(owner, day, line=f"Words of {day}.")
    # a sealed text moved to another row opens there no more
    first, second = Checkin.objects.order_by("about_on")
    Checkin.objects.filter(pk=first.pk).update(line_sealed=second.line_sealed)
    page = as_owner.get("/days/").content.decode()
    assert f"Words of {today}." in page
    assert page.count(load_content().phrase("safety.cannot_be_read")) == 1


def test_pages_hold_four_weeks_and_lead_to_each_other(owner: User, as_owner: Client) -> None:
    write_past(owner, [(6, 6)] * (2 * queries.DAYS_A_PAGE + 1), today_of(owner))
    counts = []
    for page in (1, 2, 3):
        text = as_owner.get(f"/days/?page={page}").content.decode()
        counts.append(text.count('class="day"'))
        assert (f"?page={page + 1}" in text) is (page < 3)
        assert (f"?page={page - 1}" in text) is (page > 1)
    assert counts == [28, 28, 1]


@pytest.mark.parametrize("page", ["0", "-1", "4", "x", "1e3", "٢", "99999999999"])
def test_a_page_that_is_none_is_not_there(as_owner: Client, page: str) -> None:
    assert as_owner.get(f"/days/?page={page}").status_code == 404


def test_nobody_sees_another_persons_days(
    owner: User, as_owner: Client, as_partner: Client
) -> None:
    before = CHANCE.sub(b"", as_partner.get("/days/").content)
    write(owner, today_of(owner), c1=5, s1=5)
    write_more(owner, today_of(owner), line="Mine alone.")
    assert CHANCE.sub(b"", as_partner.get("/days/").content) == before
