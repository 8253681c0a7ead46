"""The page a person comes home to."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from checkins import today_of, write, write_past
from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import services as assessment
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.core import clock
from counterpoint.web.practice import services
from web.worlds import CHANCE

QUERIES = 19
A_SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)


def place(person: User) -> None:
    for kind in (MarkKind.NOW, MarkKind.WISH):
        assessment.place_mark(person, kind, connection_points=50, self_points=50, key=uuid.uuid4())


def answer_questions(person: User) -> None:
    for item_id in assessment.draw_order(person).item_ids:
        assessment.answer_item(person, item_id, 2)


def practise(person: User) -> None:
    services.start_run(person, load_content().exercises["wave_passes"], key=uuid.uuid4())


def headline(client: Client) -> str:
    page = client.get("/today/").content.decode()
    found = re.search(r'id="first">([^<]+)<', page)
    assert found is not None
    return found.group(1)


def test_one_thing_at_a_time_on_the_first_evening(owner: User, as_owner: Client) -> None:
    assert headline(as_owner) == "Place yourself"
    place(owner)
    assert headline(as_owner) == "What you notice"
    answer_questions(owner)
    assert headline(as_owner) == "How was today?"
    write(owner, today_of(owner), c1=5, s1=5)
    assert headline(as_owner) == "A few minutes for you"
    practise(owner)
    assert headline(as_owner) == load_content().phrase("empty.today")


def test_on_later_days_the_check_in_comes_first(owner: User, as_owner: Client) -> None:
    write_past(owner, [(5, 5)], today_of(owner) - timedelta(days=1))
    assert headline(as_owner) == "How was today?"


def test_the_other_things_are_one_tap_away(as_owner: Client) -> None:
    page = as_owner.get("/today/").content.decode()
    also = page[page.index('id="also"') : page.index("</main>")]
    for path in ("/questions/", "/practice/", "/plane/"):
        assert f'href="{path}"' in also


def test_days_known_are_told_and_no_day_is_called_missed(owner: User, as_owner: Client) -> None:
    assert load_content().phrase("days.none") in as_owner.get("/today/").content.decode()
    write_past(owner, [(5, 5), (None, 5), (5, 5)], today_of(owner) - timedelta(days=4))
    page = as_owner.get("/today/").content.decode()
    assert "Answered days so far: 2" in page
    for word in ("missed", "streak", "in a row", "overdue", "reminder"):
        assert word not in page.lower()


def test_yesterday_is_offered_until_it_is_written(owner: User, as_owner: Client) -> None:
    yesterday = today_of(owner) - timedelta(days=1)
    assert f"/checkin/{yesterday}/1/" in as_owner.get("/today/").content.decode()
    write(owner, yesterday, c1=5)
    assert f"/checkin/{yesterday}/1/" not in as_owner.get("/today/").content.decode()


@pytest.mark.parametrize("days", [1, 3])
def test_the_page_costs_the_same_however_many_days(
    owner: User,
    as_owner: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
    days: int,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: A_SUNDAY)  # more is open than on other days
    place(owner)
    write_past(owner, [(5, 5)] * days, today_of(owner))
    with django_assert_num_queries(QUERIES):
        as_owner.get("/today/")


def test_the_page_is_the_same_whether_or_not_a_partner_answers(
    owner: User, partner: User, as_owner: Client
) -> None:
    write_past(owner, [(5, 5)], today_of(owner))
    before = CHANCE.sub(b"", as_owner.get("/today/").content)
    place(partner)
    write_past(partner, [(5, 5)] * 9, today_of(partner))
    practise(partner)
    assert CHANCE.sub(b"", as_owner.get("/today/").content) == before
