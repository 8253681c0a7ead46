"""The fifteen sentences: asked in one's own order, each kept at once, any of them left open."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import escape

from counterpoint.content import load_content
from counterpoint.domain.signs import Sign
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import queries
from counterpoint.web.assessment.models import ItemAnswer, ItemOrder, LeftOutSign

SAFETY_SIGNS = (Sign.STAYING_QUIET, Sign.HARMONY_OVER_HONESTY, Sign.LOSING_OWN_FEELINGS)
ITEMS = load_content().questionnaire.in_sitting(1)


def main_of(client: Client, where: str) -> str:
    page = client.get(where).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def first_item(client: Client) -> str:
    found = re.search(r"/questions/(\w+_1)/", main_of(client, "/questions/"))
    assert found is not None
    return found.group(1)


def answer_all(client: Client, value: str = "2", skipped: int = 0) -> list[str]:
    """Answer from where one stands to the end, leaving the first few open; return the order."""
    order = []
    where = f"/questions/{first_item(client)}/"
    while where != "/questions/done/":
        order.append(where.split("/")[2])
        sent = {"skip": "1"} if len(order) <= skipped else {"value": value}
        where = client.post(where, sent)["Location"]
    return order


def test_there_is_one_sentence_for_each_sign() -> None:
    assert sorted(item.sign for item in ITEMS) == sorted(Sign)


def test_everybody_has_an_order_of_their_own_and_keeps_it(
    owner: User, partner: User, as_owner: Client, as_partner: Client
) -> None:
    mine = answer_all(as_owner)
    assert sorted(mine) == sorted(item.item_id for item in ITEMS)
    assert list(queries.progress(owner).order) == mine
    ItemAnswer.objects.filter(owner=owner).delete()
    assert answer_all(as_owner) == mine
    others = {tuple(mine)}
    for _ in range(4):
        ItemOrder.objects.filter(owner=partner).delete()
        ItemAnswer.objects.filter(owner=partner).delete()
        others.add(tuple(answer_all(as_partner)))
    assert len(others) > 1


def test_each_answer_is_kept_at_once_with_what_was_asked(owner: User, as_owner: Client) -> None:
    item_id = first_item(as_owner)
    as_owner.post(f"/questions/{item_id}/", {"value": "3"})
    row = ItemAnswer.objects.get()
    questionnaire = load_content().questionnaire
    assert (row.owner, row.questionnaire_id, row.questionnaire_version, row.item_id, row.value) == (
        owner, questionnaire.id, questionnaire.version, item_id, 3,
    )  # fmt: skip


def test_one_can_stop_and_go_on_another_day(owner: User, as_owner: Client) -> None:
    where = f"/questions/{first_item(as_owner)}/"
    for _ in range(4):
        where = as_owner.post(where, {"value": "1"})["Location"]
    page = main_of(as_owner, "/questions/")
    assert where in page
    assert load_content().phrase("questionnaire.progress", answered=4, left=11) in page
    assert ">Go on<" in page


def test_a_sentence_can_be_left_open(owner: User, as_owner: Client) -> None:
    answer_all(as_owner, skipped=2)
    assert sorted(
        ItemAnswer.objects.values_list("value", flat=True), key=lambda value: value is not None
    ) == [None, None, *[2] * 13]
    page = main_of(as_owner, "/questions/done/")
    assert load_content().phrase("questionnaire.done", answered=13, items=15) in page
    assert page.count("left open") == 2


def test_all_left_open_is_all_right(as_owner: Client) -> None:
    answer_all(as_owner, skipped=15)
    page = main_of(as_owner, "/questions/done/")
    assert load_content().phrase("questionnaire.done_none") in page


def test_answering_again_changes_the_one_row(as_owner: Client) -> None:
    item_id = answer_all(as_owner)[3]
    answer = as_owner.post(f"/questions/{item_id}/", {"value": "4"})
    assert answer["Location"] == "/questions/done/"
    assert ItemAnswer.objects.get(item_id=item_id).value == 4
    assert ItemAnswer.objects.count() == 15
    assert 'value="4" checked' in main_of(as_owner, f"/questions/{item_id}/")


def test_the_page_asks_in_the_words_of_the_content(as_owner: Client) -> None:
    questionnaire = load_content().questionnaire
    for item in ITEMS:
        page = main_of(as_owner, f"/questions/{item.item_id}/")
        assert escape(item.text) in page
        assert questionnaire.recall_period in page
        assert all(option.label in page for option in questionnaire.response_options)


@pytest.mark.parametrize("value", ["", "5", "-1", "often", "2.0"])
def test_an_answer_that_is_none_is_refused(as_owner: Client, value: str) -> None:
    answer = as_owner.post(f"/questions/{ITEMS[0].item_id}/", {"value": value})
    assert answer.status_code == 422
    assert "value-error" in answer.content.decode()
    assert ItemAnswer.objects.count() == 0


def test_a_sentence_that_is_none_is_not_there(as_owner: Client) -> None:
    assert as_owner.get("/questions/no_such_item/").status_code == 404
    assert as_owner.post("/questions/no_such_item/", {"value": "1"}).status_code == 404


def test_the_end_says_what_was_said_and_adds_nothing_up(as_owner: Client) -> None:
    answer_all(as_owner, value="3")
    page = main_of(as_owner, "/questions/done/")
    for item in ITEMS:
        assert escape(item.text) in page
    assert page.count(">often") + page.count("often <") >= 15
    words = re.sub(r"<[^>]+>", " ", page).lower()
    for verdict in ("score", "points", "codependen", "independen", "interdependen", "%"):
        assert verdict not in words


def test_the_end_is_not_shown_before_the_end(as_owner: Client) -> None:
    assert as_owner.get("/questions/done/")["Location"] == "/questions/"
    answer_all(as_owner)
    assert as_owner.get("/questions/")["Location"] == "/questions/done/"


@pytest.mark.parametrize("sign", Sign)
def test_the_line_about_safety_stands_beside_its_signs_and_no_other(
    as_owner: Client, sign: Sign
) -> None:
    item = next(item for item in ITEMS if item.sign is sign)
    page = main_of(as_owner, f"/questions/{item.item_id}/")
    line = (
        "Quiet because speaking is not safe? "
        "Then this is not a sign about you. It is care for yourself."
    )
    assert (line in page) is (sign in SAFETY_SIGNS)
    assert (f"/questions/{sign.value}/leave-out/" in page) is (sign in SAFETY_SIGNS)


@pytest.mark.parametrize("sign", SAFETY_SIGNS)
def test_a_sign_left_out_takes_its_answer_with_it_and_can_come_back(
    owner: User, as_owner: Client, sign: Sign
) -> None:
    answer_all(as_owner)
    item = next(item for item in ITEMS if item.sign is sign)
    as_owner.post(f"/questions/{sign.value}/leave-out/")
    as_owner.post(f"/questions/{sign.value}/leave-out/")
    assert not ItemAnswer.objects.filter(item_id=item.item_id).exists()
    assert queries.left_out_signs(owner) == {sign}
    assert as_owner.get(f"/questions/{item.item_id}/").status_code == 404
    page = main_of(as_owner, "/questions/done/")
    assert escape(item.text) not in page
    assert load_content().signs[sign].title in page
    assert load_content().phrase("questionnaire.done", answered=14, items=14) in page
    as_owner.post(f"/questions/{sign.value}/take-in/")
    assert queries.progress(owner).next_item == item.item_id


def test_only_the_signs_with_the_line_can_be_left_out(as_owner: Client) -> None:
    for sign in ("hard_to_rely", "no_such_sign"):
        assert as_owner.post(f"/questions/{sign}/leave-out/").status_code == 404
        assert as_owner.post(f"/questions/{sign}/take-in/").status_code == 404
    assert LeftOutSign.objects.count() == 0


def test_answers_are_ones_own(owner: User, as_owner: Client, as_partner: Client) -> None:
    answer_all(as_owner)
    as_owner.post("/questions/staying_quiet/leave-out/")
    assert not queries.progress(owner).next_item
    page = main_of(as_partner, "/questions/")
    assert ">Begin<" in page
    answer_all(as_partner, value="0")
    assert set(ItemAnswer.objects.filter(owner=owner).values_list("value", flat=True)) == {2}
