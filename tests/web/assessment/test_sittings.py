"""Three sittings on three days, and the same sentences ten weeks later."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from counterpoint.content import load_content
from counterpoint.domain.signs import Sign
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import queries, services
from counterpoint.web.assessment.models import ItemAnswer, ItemOrder
from counterpoint.web.assessment.portability import export_assessment
from counterpoint.web.assessment.rules import FIRST, SITTINGS, Place, sitting_open
from factories import browser_of

START = datetime(2027, 3, 1, 19, 0, tzinfo=UTC)
QUESTIONNAIRE = load_content().questionnaire
WORDS_A_MINUTE = 200
SECONDS_A_TAP = 4


def main_of(client: Client, where: str = "/questions/") -> str:
    page = client.get(where).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def sit(client: Client, value: str = "2") -> list[str]:
    """Answer the open sitting to its end; return the items met."""
    page = main_of(client)
    if "/questions/again/" in page:
        where = client.post("/questions/again/")["Location"]
    else:
        where = re.search(r'href="(/questions/\w+_\d/)"', page).group(1)
    met = []
    while where != "/questions/done/":
        met.append(where.split("/")[2])
        where = client.post(where, {"value": value})["Location"]
    return met


@pytest.fixture
def on_day() -> Callable[[int], time_machine.travel]:
    return lambda days: time_machine.travel(START + timedelta(days=days), tick=False)


def sit_all(owner: User, on_day, *, first: int, value: str = "2") -> list[str]:
    met = []
    for number in range(3):
        with on_day(first + number):
            met += sit(browser_of(owner), value)
    return met


def test_each_sitting_asks_one_sentence_of_each_sign() -> None:
    for number in SITTINGS:
        asked = QUESTIONNAIRE.in_sitting(number)
        assert sorted(item.sign for item in asked) == sorted(Sign)


def test_all_three_take_under_eight_minutes_to_read_and_tap() -> None:
    """At 200 words a minute, with the options read once a sitting and four seconds a tap."""
    words = sum(len(item.text.split()) for item in QUESTIONNAIRE.items)
    words += len(SITTINGS) * sum(
        len(option.label.split()) for option in QUESTIONNAIRE.response_options
    )
    seconds = 60 * words / WORDS_A_MINUTE + SECONDS_A_TAP * len(QUESTIONNAIRE.items)
    assert seconds < 8 * 60


def test_the_next_sitting_waits_for_a_later_day(owner: User, on_day) -> None:
    with on_day(0):
        first = sit(browser_of(owner))
        assert browser_of(owner).get("/questions/")["Location"] == "/questions/done/"
        assert browser_of(owner).get("/questions/staying_quiet_2/").status_code == 404
    with on_day(1):
        assert load_content().phrase("questionnaire.more", left=15) in main_of(browser_of(owner))
        second = sit(browser_of(owner))
        assert browser_of(owner).get("/questions/")["Location"] == "/questions/done/"
    with on_day(4):
        third = sit(browser_of(owner))
    assert sorted(first + second + third) == sorted(item.item_id for item in QUESTIONNAIRE.items)
    drawn = {row.sitting: row.item_ids for row in ItemOrder.objects.filter(owner=owner)}
    assert drawn == {1: first, 2: second, 3: third}
    with on_day(5):
        page = main_of(browser_of(owner), "/questions/done/")
    assert load_content().phrase("questionnaire.done", answered=45, items=45) in page
    assert page.count("<ol") == 3


def test_a_sitting_that_was_begun_goes_on_where_it_was_left(owner: User, on_day) -> None:
    with on_day(0):
        sit(browser_of(owner))
    with on_day(1):
        where = re.search(r'href="(/questions/\w+_2/)"', main_of(browser_of(owner))).group(1)
        for sent in ({"value": "1"}, {"skip": "1"}, {"value": "4"}):
            where = browser_of(owner).post(where, sent)["Location"]
    with on_day(9):
        page = main_of(browser_of(owner))
        assert where in page
        assert ">Go on<" in page
        assert load_content().phrase("questionnaire.more", left=12) in page


def test_a_sign_is_left_out_of_every_sitting(owner: User, on_day) -> None:
    with on_day(0):
        sit(browser_of(owner))
        browser_of(owner).post("/questions/staying_quiet/leave-out/")
    with on_day(1):
        assert len(sit(browser_of(owner))) == 14
        assert browser_of(owner).get("/questions/staying_quiet_2/").status_code == 404
        assert browser_of(owner).get("/questions/staying_quiet_3/").status_code == 404


def test_ten_weeks_later_the_same_sentences_are_offered_and_the_first_answers_stay(
    owner: User, on_day
) -> None:
    sit_all(owner, on_day, first=0, value="1")
    with on_day(69):
        assert browser_of(owner).get("/questions/")["Location"] == "/questions/done/"
        browser_of(owner).post("/questions/again/")
        assert set(ItemOrder.objects.values_list("round", flat=True)) == {1}
    with on_day(70):
        page = main_of(browser_of(owner))
        assert load_content().phrase("questionnaire.again") in page
        change = browser_of(owner).post("/questions/staying_quiet_1/", {"value": "0"})
        assert change["Location"] == "/questions/done/"
        assert ItemAnswer.objects.get(item_id="staying_quiet_1").round == 1
    sit_all(owner, on_day, first=71, value="3")
    assert set(queries.answers_in(owner, 1).values()) == {0, 1}
    assert set(queries.answers_in(owner, 2).values()) == {3}
    assert ItemAnswer.objects.count() == 90
    with on_day(200):
        assert browser_of(owner).get("/questions/")["Location"] == "/questions/done/"
        page = main_of(browser_of(owner), "/questions/done/")
        assert page.count(">often") + page.count("often <") >= 45


def test_a_later_change_or_a_sign_brought_back_delays_nothing(owner: User, on_day) -> None:
    with on_day(0):
        sit(browser_of(owner))
        browser_of(owner).post("/questions/staying_quiet/leave-out/")
    with on_day(1):
        browser_of(owner).post("/questions/staying_quiet/take-in/")
        sit(browser_of(owner))
        item_id = ItemOrder.objects.get().item_ids[0]
        browser_of(owner).post(f"/questions/{item_id}/", {"value": "4"})
        assert queries.sittings(owner).open_place == (1, 2)


def test_the_second_round_waits_for_the_first_sitting(owner: User, on_day) -> None:
    with on_day(0):
        where = re.search(r'href="(/questions/\w+_1/)"', main_of(browser_of(owner))).group(1)
        browser_of(owner).post(where, {"value": "1"})
    with on_day(80):
        assert ">Go on<" in main_of(browser_of(owner))


def test_the_first_sitting_is_what_progress_means(owner: User, on_day) -> None:
    sit_all(owner, on_day, first=0)
    so_far = queries.progress(owner)
    assert so_far.is_done
    assert len(so_far.order) == 15


def test_today_offers_the_next_sitting_in_one_quiet_line(owner: User, on_day) -> None:
    more = load_content().phrase("questionnaire.more", left=15)
    with on_day(0):
        sit(browser_of(owner))
        assert more not in main_of(browser_of(owner), "/today/")
    with on_day(1):
        assert more in main_of(browser_of(owner), "/today/")
        sit(browser_of(owner))
        assert more not in main_of(browser_of(owner), "/today/")
    with on_day(2):
        sit(browser_of(owner))
    with on_day(70):
        assert load_content().phrase("questionnaire.again") in main_of(browser_of(owner), "/today/")


def test_what_was_answered_twice_is_taken_along_twice(owner: User) -> None:
    for round_, value in ((1, 0), (2, 4)):
        services.draw_order(owner, Place(round_, 1))
        services.answer_item(owner, "voicing_needs_1", value, round_=round_)
    exported = export_assessment(owner)
    assert [(row["round"], row["value"]) for row in exported["answers"]] == [(1, 0), (2, 4)]
    assert {(row["round"], row["sitting"]) for row in exported["question_order"]} == {
        (1, 1),
        (2, 1),
    }


DAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("done", "begun", "days", "expected"),
    [
        ({}, (), 0, FIRST),
        ({FIRST: 0}, (), 0, None),
        ({FIRST: 0}, (), 1, Place(1, 2)),
        ({FIRST: 0, Place(1, 2): 1}, (), 1, None),
        ({FIRST: 1}, (Place(1, 2),), 1, Place(1, 2)),
        ({FIRST: 0, Place(1, 2): 1, Place(1, 3): 2}, (), 69, None),
        ({FIRST: 0, Place(1, 2): 1, Place(1, 3): 2}, (), 70, Place(2, 1)),
        ({FIRST: 0}, (Place(1, 2),), 70, Place(2, 1)),
        ({}, (FIRST,), 90, FIRST),
        ({FIRST: 0, Place(2, 1): 70}, (), 71, Place(2, 2)),
    ],
)
def test_which_sitting_is_open(done, begun, days, expected) -> None:
    found = sitting_open(
        {place: DAY + timedelta(days=after) for place, after in done.items()},
        begun,
        first_on=DAY if done or begun else None,
        today=DAY + timedelta(days=days),
    )
    assert found == expected
