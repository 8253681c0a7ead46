"""The Sunday table: two cards, turned together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples import queries, rules, services
from counterpoint.web.couples.kinds import CardKind
from counterpoint.web.couples.models import Card
from factories import browser_of
from pairs import OCTOBER, join

NOTHING = b"Nothing on the table this week."
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def october(db: None) -> Iterator[time_machine.Traveller]:
    """Stop the clock on a Thursday."""
    with time_machine.travel(OCTOBER, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def joined(october: time_machine.Traveller, owner: User, partner: User) -> None:
    """Join the two."""
    join(owner, partner)


def page_of(person: User) -> bytes:
    """Return the page for two as somebody sees it now."""
    return browser_of(person).get("/two/").content


def lay(person: User, text: str) -> None:
    """Lay a card on the page."""
    answer = browser_of(person).post("/two/table/", {"kind": "appreciation", "text": text})
    assert (answer.status_code, answer["Location"]) == (302, "/two/")


def test_both_cards_are_turned_at_the_turn_of_the_week(
    owner: User, partner: User, october: time_machine.Traveller
) -> None:
    lay(owner, "the soup on Tuesday")
    lay(partner, "your patience")
    assert b"your patience" not in page_of(owner)
    assert b"the soup on Tuesday" in page_of(owner)
    october.move_to(rules.next_turn(OCTOBER) - timedelta(seconds=1))
    assert NOTHING in page_of(owner)
    october.move_to(rules.next_turn(OCTOBER))
    for person in (owner, partner):
        page = page_of(person)
        assert b"your patience" in page
        assert b"the soup on Tuesday" in page
        assert NOTHING not in page
    october.shift(WEEK)
    for person in (owner, partner):
        assert NOTHING in page_of(person)


def test_one_card_alone_stays_face_down_and_says_nothing_to_the_other(
    owner: User, partner: User, october: time_machine.Traveller
) -> None:
    before = without_tokens(page_of(partner))
    lay(owner, "the soup on Tuesday")
    assert without_tokens(page_of(partner)) == before
    october.move_to(rules.next_turn(OCTOBER))
    for person in (owner, partner):
        page = page_of(person)
        assert NOTHING in page
        assert b"the soup on Tuesday" not in page


def without_tokens(page: bytes) -> list[bytes]:
    """Return a page without the lines that carry a token drawn anew."""
    return [line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("turned", [False, True])
def test_a_card_can_be_taken_back_at_any_time(
    turned: bool, owner: User, partner: User, october: time_machine.Traveller
) -> None:
    lay(owner, "the soup on Tuesday")
    lay(partner, "your patience")
    turn = rules.next_turn(OCTOBER)
    if turned:
        october.move_to(turn)
    path = f"/two/table/{turn.date().isoformat()}/take-back/"
    assert browser_of(owner).post(path).status_code == 302
    october.move_to(turn)
    for person in (owner, partner):
        assert NOTHING in page_of(person)
        assert b"the soup on Tuesday" not in page_of(person)
    assert b"your patience" not in page_of(owner)


def test_taking_back_touches_nobody_elses_card(owner: User, partner: User) -> None:
    lay(partner, "your patience")
    turn = rules.next_turn(OCTOBER).date().isoformat()
    assert browser_of(owner).post(f"/two/table/{turn}/take-back/").status_code == 302
    assert Card.objects.filter(owner=partner).count() == 1
    assert browser_of(owner).post("/two/table/never/take-back/").status_code == 404


def test_a_second_card_replaces_the_first(owner: User) -> None:
    lay(owner, "the soup on Tuesday")
    lay(owner, "the walk on Friday")
    card = Card.objects.get()
    assert queries.card_text(card) == "the walk on Friday"


def test_words_are_sealed(owner: User) -> None:
    card = services.lay_card(owner, CardKind.WISH, "a quiet evening")
    assert b"quiet" not in bytes(Card.objects.get().text_sealed)
    assert queries.card_text(card) == "a quiet evening"


def test_a_damaged_card_says_so_and_the_page_still_works(
    owner: User, partner: User, october: time_machine.Traveller
) -> None:
    lay(owner, "the soup on Tuesday")
    lay(partner, "your patience")
    Card.objects.filter(owner=partner).update(text_sealed=b"\x01" + bytes(40))
    october.move_to(rules.next_turn(OCTOBER))
    page = page_of(owner)
    assert b"cannot be read" in page
    assert b"the soup on Tuesday" in page


@pytest.mark.parametrize(
    "card", [{}, {"kind": "wish"}, {"text": "x"}, {"kind": "complaint", "text": "x"},
             {"kind": "wish", "text": "x" * 401}]
)  # fmt: skip
def test_half_a_card_is_not_laid_and_the_words_stay(card: dict[str, str], owner: User) -> None:
    answer = browser_of(owner).post("/two/table/", card)
    assert answer.status_code == 422
    assert card.get("text", "").encode() in answer.content
    assert Card.objects.count() == 0


def test_words_are_shown_as_words(
    owner: User, partner: User, october: time_machine.Traveller
) -> None:
    lay(owner, "<script>alert(1)</script>")
    lay(partner, "your patience")
    october.move_to(rules.next_turn(OCTOBER))
    assert b"<script>alert" not in page_of(partner)
    assert b"&lt;script&gt;alert" in page_of(partner)


def test_the_question_is_the_same_for_everybody_and_another_each_week(
    owner: User, partner: User, stranger: User, october: time_machine.Traveller
) -> None:
    asked = []
    for _ in range(26):
        asked.append(queries.question_of_week())
        october.shift(WEEK)
    assert len(set(asked)) == 26
    assert clock.now() == OCTOBER + 26 * WEEK
    question = queries.question_of_week().encode()
    assert question in page_of(owner)
    assert question in page_of(partner)
