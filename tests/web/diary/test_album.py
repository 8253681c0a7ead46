"""The album: own days in four corners."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from checkins import today_of, write, write_more, write_past
from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.diary.album import CORNERS, DAYS_A_LEAF

QUERIES = 5  # session, person, the days' corners, rows of the leaf, the data key


def test_before_the_first_day_it_says_what_will_stand_here(as_owner: Client) -> None:
    page = as_owner.get("/album/").content.decode()
    assert load_content().phrase("corners.none") in page
    assert '<ol class="days"' not in page


def test_without_a_day_that_worked_it_waits_for_one(owner: User, as_owner: Client) -> None:
    write_past(owner, [(2, 3)], today_of(owner))
    assert load_content().phrase("album.none") in as_owner.get("/album/").content.decode()
    other = as_owner.get("/album/2/").content.decode()
    assert load_content().phrase("corners.near_and_less_myself", n=0, days=1) in other


def test_days_of_a_corner_stand_with_own_words_the_newest_first(
    owner: User, as_owner: Client
) -> None:
    today = today_of(owner)
    yesterday = today - timedelta(days=1)
    write_past(owner, [(9, 9), (2, 9)], today - timedelta(days=2))
    write(owner, yesterday, c1=8, s1=7)
    write_more(owner, yesterday, line="Cooked & laughed.")
    write(owner, today, c1=6, s1=5)
    page = as_owner.get("/album/").content.decode()
    assert load_content().phrase("corners.near_and_myself", n=3, days=4) in page
    assert load_content().phrase("corners.ask.near_and_myself") in page
    assert page.index(f"/days/{today}/") < page.index(f"/days/{yesterday}/")
    assert f"/days/{today - timedelta(days=2)}/" not in page
    assert "Cooked &amp; laughed." in page
    assert page.count(load_content().phrase("album.no_line")) == 1
    apart = as_owner.get("/album/3/").content.decode()
    assert load_content().phrase("corners.ask.apart_and_myself") in apart
    assert f"/days/{today - timedelta(days=2)}/" in apart
    assert "Cooked" not in apart


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_each_corner_has_its_own_question(owner: User, as_owner: Client, number: int) -> None:
    write_past(owner, [(8, 8), (8, 2), (2, 8), (2, 2)], today_of(owner))
    page = as_owner.get(f"/album/{number}/").content.decode()
    asked = [each for each in CORNERS if load_content().phrase(f"corners.ask.{each}") in page]
    assert asked == [CORNERS[number - 1]]


@pytest.mark.parametrize("days", [1, 3])
def test_a_leaf_costs_the_same_however_long(
    owner: User, as_owner: Client, django_assert_num_queries: DjangoAssertNumQueries, days: int
) -> None:
    write_past(owner, [(7, 7)] * days, today_of(owner))
    write_more(owner, today_of(owner), line="Some words.")
    with django_assert_num_queries(QUERIES):
        page = as_owner.get("/album/").content.decode()
    assert page.count('class="day"') == days


def test_leaves_lead_to_each_other_and_end(owner: User, as_owner: Client) -> None:
    write_past(owner, [(7, 7)] * (DAYS_A_LEAF + 1), today_of(owner))
    first = as_owner.get("/album/").content.decode()
    assert first.count('class="day"') == DAYS_A_LEAF
    assert 'href="?page=2"' in first
    second = as_owner.get("/album/?page=2").content.decode()
    assert second.count('class="day"') == 1
    assert 'href="?page=1"' in second
    assert as_owner.get("/album/?page=3").status_code == 404
    assert as_owner.get("/album/?page=x").status_code == 404


def test_nobody_reads_the_album_of_another(
    owner: User, as_owner: Client, as_partner: Client
) -> None:
    write_past(owner, [(7, 7)], today_of(owner))
    write_more(owner, today_of(owner), line="For me alone.")
    assert "For me alone." in as_owner.get("/album/").content.decode()
    theirs = as_partner.get("/album/").content.decode()
    assert "For me alone." not in theirs
    assert load_content().phrase("corners.none") in theirs
