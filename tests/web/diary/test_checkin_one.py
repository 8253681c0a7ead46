"""The first screen of a check-in."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from checkins import today_of, write
from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.diary import services
from counterpoint.web.diary.models import Checkin


def key() -> str:
    return str(uuid.uuid4())


def test_the_words_are_those_of_the_content(owner: User, as_owner: Client) -> None:
    page = as_owner.get(f"/checkin/{today_of(owner)}/1/").content.decode()
    for item in load_content().checkin.on_screen(1):
        assert item.prompt in page
    assert 'href="/info/people/"' in page
    assert "It frightened me" in page
    assert [item.item_id for item in load_content().checkin.on_screen(1)] == [
        "g", "c1", "s1", "n", "e1",
    ]  # fmt: skip


def test_the_taps_stand_in_the_persons_own_order(owner: User, as_owner: Client) -> None:
    order = [name for name in services.draw_order(owner) if name in {"g", "c1", "s1"}]
    page = as_owner.get(f"/checkin/{today_of(owner)}/1/").content.decode()
    assert list(dict.fromkeys(re.findall(r'name="(g|c1|s1|n|e1)"', page))) == [*order, "n", "e1"]


def test_every_question_starts_without_an_answer_and_can_go_back_to_it(
    owner: User, as_owner: Client
) -> None:
    address = f"/checkin/{today_of(owner)}/1/"
    page = as_owner.get(address).content.decode()
    assert re.findall(r'value="(\w*)" checked', page) == [""] * 5
    as_owner.post(address, {"submission_key": key(), "c1": "6", "s1": "7", "e1": "no"})
    as_owner.post(address, {"submission_key": key(), "c1": "", "s1": "7", "e1": ""})
    row = Checkin.objects.get()
    assert (row.c1, row.s1, row.e1) == (None, 7, "")


def test_saving_leads_to_three_more_and_is_kept_by_itself(owner: User, as_owner: Client) -> None:
    address = f"/checkin/{today_of(owner)}/1/"
    answer = as_owner.post(
        address,
        {"submission_key": key(), "g": "4", "c1": "0", "s1": "10", "n": "some", "e1": "a_lot"},
    )
    assert answer["Location"] == f"{address}more/"
    row = Checkin.objects.get()
    assert (row.g, row.c1, row.s1, row.n, row.e1) == (4, 0, 10, "some", "a_lot")
    assert row.owner == owner
    assert row.second_at is None
    assert row.zone == owner.zone


def test_what_was_written_is_there_to_be_changed(owner: User, as_owner: Client) -> None:
    day = today_of(owner)
    write(owner, day, c1=6, n="a_lot")
    page = as_owner.get(f"/checkin/{day}/1/").content.decode()
    assert 'id="c1-6" value="6" checked' in page
    assert 'name="n" value="a_lot" checked' in page


def test_sending_twice_writes_once(owner: User, as_owner: Client) -> None:
    address, same = f"/checkin/{today_of(owner)}/1/", key()
    for _ in range(2):
        as_owner.post(address, {"submission_key": same, "c1": "6"})
    as_owner.post(address, {"submission_key": key(), "c1": "7"})
    as_owner.post(address, {"submission_key": same, "c1": "6"})
    assert list(Checkin.objects.values_list("c1", flat=True)) == [7]


def test_nothing_said_is_told_kindly_and_makes_no_row(owner: User, as_owner: Client) -> None:
    address = f"/checkin/{today_of(owner)}/1/"
    answer = as_owner.post(address, {"submission_key": key()}, follow=True)
    assert answer.redirect_chain == [(f"{address}saved/", 302)]
    assert load_content().phrase("back.nothing") in answer.content.decode()
    assert Checkin.objects.count() == 0


@pytest.mark.parametrize(
    "sent",
    [
        {"c1": "11"},
        {"c1": "-1"},
        {"c1": "6.5"},
        {"c1": "1e3"},
        {"c1": "٣"},
        {"n": "always"},
        {"e1": "yes"},
        {"c1": "x" * 5000},
    ],
)
def test_an_answer_that_is_none_is_refused_and_the_others_stay_on_the_page(
    owner: User, as_owner: Client, sent: dict[str, str]
) -> None:
    answer = as_owner.post(
        f"/checkin/{today_of(owner)}/1/", {"submission_key": key(), "s1": "3", **sent}
    )
    assert answer.status_code == 422
    assert 'id="s1-3" value="3" checked' in answer.content.decode()
    assert Checkin.objects.count() == 0


@pytest.mark.parametrize("sent", [{}, {"submission_key": "1"}])
def test_a_form_without_its_key_is_not_written(
    owner: User, as_owner: Client, sent: dict[str, str]
) -> None:
    answer = as_owner.post(f"/checkin/{today_of(owner)}/1/", {"c1": "6", **sent})
    assert answer.status_code == 422
    assert Checkin.objects.count() == 0
    assert "Please send it once more." in answer.content.decode()
    (again,) = re.findall(r'name="submission_key" value="([^"]+)"', answer.content.decode())
    retry = as_owner.post(f"/checkin/{today_of(owner)}/1/", {"c1": "6", "submission_key": again})
    assert retry.status_code == 302


def test_nobody_can_slip_in_an_owner_a_day_or_a_time(
    owner: User, partner: User, as_owner: Client
) -> None:
    day = today_of(owner)
    as_owner.post(
        f"/checkin/{day}/1/",
        {
            "submission_key": key(),
            "c1": "6",
            "owner": str(partner.pk),
            "owner_id": str(partner.pk),
            "about_on": "2020-01-01",
            "recorded_at": "2020-01-01",
            "slot": "2",
        },
    )
    row = Checkin.objects.get()
    assert (row.owner, row.about_on, row.slot) == (owner, day, 1)
    assert row.recorded_at.year != 2020


@pytest.mark.parametrize("text", ["2026-13-01", "20260310", "2026-W11-2", "today", "2026-3-1"])
def test_an_address_that_is_no_day_is_not_there(as_owner: Client, text: str) -> None:
    assert as_owner.get(f"/checkin/{text}/1/").status_code == 404


def test_other_slots_and_a_second_before_a_first_are_not_there(
    owner: User, as_owner: Client
) -> None:
    day = today_of(owner)
    for address in (f"/checkin/{day}/0/", f"/checkin/{day}/3/", f"/checkin/{day}/2/"):
        assert as_owner.get(address).status_code == 404
        assert as_owner.post(address, {"submission_key": key(), "c1": "6"}).status_code == 404
    write(owner, day, c1=6)
    assert as_owner.get(f"/checkin/{day}/2/").status_code == 200


def test_a_day_to_come_has_no_page_and_takes_no_answer(owner: User, as_owner: Client) -> None:
    day = today_of(owner) + timedelta(days=1)
    assert as_owner.get(f"/checkin/{day}/1/", follow=True).status_code == 404
    answer = as_owner.post(f"/checkin/{day}/1/", {"submission_key": key(), "c1": "6"})
    assert answer.status_code == 422  # who travelled west with an open page keeps what they wrote
    assert 'id="c1-6" value="6" checked' in answer.content.decode()
    assert Checkin.objects.count() == 0


def test_a_closed_day_is_read_not_written(owner: User, as_owner: Client) -> None:
    day = today_of(owner) - timedelta(days=2)
    assert as_owner.get(f"/checkin/{day}/1/")["Location"] == f"/days/{day}/"


def test_the_two_open_days_lead_to_each_other(owner: User, as_owner: Client) -> None:
    today = today_of(owner)
    yesterday = today - timedelta(days=1)
    assert f"/checkin/{yesterday}/1/" in as_owner.get(f"/checkin/{today}/1/").content.decode()
    page = as_owner.get(f"/checkin/{yesterday}/1/").content.decode()
    assert "How was yesterday?" in page
    assert f"/checkin/{today}/1/" in page


def test_the_page_is_one_form_that_needs_no_script(owner: User, as_owner: Client) -> None:
    page = as_owner.get(f"/checkin/{today_of(owner)}/1/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count("<form") == 1
    assert '<button class="button button--primary">Save</button>' in main
    assert "onclick" not in page
    assert "style=" not in page
