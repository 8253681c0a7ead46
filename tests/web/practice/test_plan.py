"""The plan at the top of practice, and its "why this?"."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from checkins import today_of, write, write_more
from counterpoint.content import load_content
from counterpoint.domain.signs import Sign
from counterpoint.domain.skills import Skill
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import services as assessment
from counterpoint.web.assessment.models import ItemAnswer
from counterpoint.web.practice import queries, services
from counterpoint.web.practice.models import ContestedReason
from counterpoint.web.practice.portability import erase_practice, export_practice
from quiet import HELD, answer

CONTENT = load_content()
SAY = CONTENT.phrase


def main_of(client: Client, where: str) -> str:
    page = client.get(where).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def say_often(person: User, *signs: Sign) -> None:
    """Answer the first sentence of each sign so that the sign is often so."""
    assessment.draw_order(person)
    for item in CONTENT.questionnaire.in_sitting(1):
        if item.sign in signs:
            assessment.answer_item(person, item.item_id, 1 if item.reverse_keyed else 3)


def test_two_suggestions_whatever_is_known_and_every_exercise_beside_them(
    as_owner: Client,
) -> None:
    page = main_of(as_owner, "/practice/")
    for words in (SAY("plan.lead"), SAY("plan.drawn"), SAY("plan.why"), SAY("plan.free")):
        assert escape(words) in page
    assert page.count('class="card stack"') == 2
    for exercise_id in CONTENT.exercises:
        assert f'href="/practice/{exercise_id}/"' in page.split('id="shelves"')[1]


def test_without_a_reason_nobody_is_told_to_speak_or_stay(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for week in range(5):
        monkeypatch.setattr("counterpoint.web.practice.planning.turn_of", lambda *_, at=week: at)
        drawn = [one.skill.skill for one in queries.plan_of(owner).suggestions]
        both = [Skill.TOLERATE_DISCOMFORT, Skill.RECEIVE_LOVE]
        assert drawn == (both if week % 2 == 0 else both[::-1])


def test_what_was_said_is_a_reason_in_words(owner: User, as_owner: Client) -> None:
    say_often(owner, Sign.STAYING_QUIET)
    page = main_of(as_owner, "/practice/")
    reason = f'You said it was so "often": {CONTENT.signs[Sign.STAYING_QUIET].title}.'
    assert escape(reason) in page
    assert SAY("plan.first", title=CONTENT.skills[Skill.EXPRESS_NEEDS].title) in page
    assert escape(SAY("safety_line")) in page
    assert escape(SAY("plan.drawn")) not in page


def test_days_with_friction_are_a_reason(owner: User, as_owner: Client) -> None:
    today = today_of(owner)
    for day in (today - timedelta(days=1), today):
        write(owner, day, c1=5, s1=5, e1="a_lot")
        write_more(owner, day, e3=("shut_down",))
    page = main_of(as_owner, "/practice/why/")
    assert "On 2 of 2 days with friction you shut down" in page
    assert escape(SAY("safety_line")) in page


def test_a_reason_can_be_contested_and_taken_in_again(owner: User, as_owner: Client) -> None:
    say_often(owner, Sign.HARD_TO_RELY)
    words = escape(CONTENT.signs[Sign.HARD_TO_RELY].title)
    assert words in main_of(as_owner, "/practice/")
    for _ in range(2):
        sent = {"reason": "sign.hard_to_rely", "fits": "no"}
        assert as_owner.post("/practice/why/", sent)["Location"] == "/practice/why/"
    assert [one.key for one in ContestedReason.objects.filter(owner=owner)] == ["sign.hard_to_rely"]
    assert words not in main_of(as_owner, "/practice/")
    assert escape(SAY("plan.contested")) in main_of(as_owner, "/practice/why/")
    as_owner.post("/practice/why/", {"reason": "sign.hard_to_rely", "fits": "yes"})
    assert words in main_of(as_owner, "/practice/")
    assert not ContestedReason.objects.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"reason": "sign.nobody", "fits": "no"}, {"reason": "friction.pushed"}]
)
def test_what_is_no_reason_is_not_kept(as_owner: Client, sent: dict[str, str]) -> None:
    assert as_owner.post("/practice/why/", sent).status_code == 422
    assert not ContestedReason.objects.exists()


def test_a_sign_left_out_is_no_reason(owner: User) -> None:
    say_often(owner, Sign.STAYING_QUIET)
    assert "sign.staying_quiet" in queries.plan_of(owner).keys
    assessment.leave_sign_out(owner, Sign.STAYING_QUIET)
    assert queries.plan_of(owner).keys == frozenset()


def test_where_it_is_not_safe_nothing_said_is_a_reason_and_nobody_is_told_to_speak_or_stay(
    owner: User, as_owner: Client
) -> None:
    say_often(owner, Sign.STAYING_QUIET, Sign.SUFFOCATED_BY_CLOSENESS, Sign.HARD_TO_RELY)
    services.contest(owner, "sign.hard_to_rely")
    answer(owner, HELD)
    plan = queries.plan_of(owner)
    assert plan.keys == frozenset()
    assert plan.contested == ()
    assert {one.skill.skill for one in plan.suggestions} == {
        Skill.TOLERATE_DISCOMFORT, Skill.RECEIVE_LOVE,
    }  # fmt: skip
    page = main_of(as_owner, "/practice/")
    ItemAnswer.objects.filter(owner=owner).delete()
    assert main_of(as_owner, "/practice/") == page


def test_a_plan_never_begins_with_an_exercise_for_two_or_one_that_tells(owner: User) -> None:
    for sign in Sign:
        ItemAnswer.objects.filter(owner=owner).delete()
        say_often(owner, sign)
        for one in queries.plan_of(owner).suggestions:
            assert one.exercises
            assert not any(each.joint or each.discloses for each, _ in one.exercises)


def test_the_plan_is_the_same_whether_or_not_a_partner_answers(
    owner: User, partner: User, as_owner: Client
) -> None:
    before = main_of(as_owner, "/practice/")
    say_often(partner, *Sign)
    services.contest(partner, "sign.hard_to_rely")
    assert main_of(as_owner, "/practice/") == before


def test_contested_reasons_are_taken_along_and_erased(owner: User, partner: User) -> None:
    for person in (owner, partner):
        services.contest(person, "friction.pushed")
    (row,) = export_practice(owner)["contested_reasons"]
    assert row["key"] == "friction.pushed"
    erase_practice(owner)
    assert [one.owner for one in ContestedReason.objects.all()] == [partner]
