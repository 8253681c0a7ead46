"""Placing oneself on the plane."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client

from counterpoint.content import load_content
from counterpoint.domain.plane import Place
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import queries
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.models import Mark
from counterpoint.web.core import clock


def key() -> str:
    return str(uuid.uuid4())


def set_mark(client: Client, kind: str, near: int, myself: int, same: str | None = None) -> str:
    answer = client.post(
        f"/place/{kind}/",
        {"submission_key": same or key(), "connection": str(near), "self_": str(myself)},
    )
    assert answer.status_code == 302
    return str(answer["Location"])


def places(owner: User) -> dict[str, Place]:
    return {kind.value: mark.place for kind, mark in queries.newest_marks(owner).items()}


def test_the_three_marks_are_asked_for_one_after_the_other(owner: User, as_owner: Client) -> None:
    assert as_owner.get("/place/")["Location"] == "/place/now/"
    assert set_mark(as_owner, "now", 7, 3) == "/place/wish/"
    assert set_mark(as_owner, "wish", 8, 8) == "/place/partner_guess/"
    assert set_mark(as_owner, "partner_guess", 0, 10) == "/place/"
    assert places(owner) == {
        "now": Place(70.0, 30.0),
        "wish": Place(80.0, 80.0),
        "partner_guess": Place(0.0, 100.0),
    }


@pytest.mark.parametrize("kind", MarkKind.values)
def test_each_page_asks_in_the_words_of_the_content(as_owner: Client, kind: str) -> None:
    page = as_owner.get(f"/place/{kind}/").content.decode()
    assert load_content().phrase(f"mark.{kind}.prompt") in page
    assert load_content().phrase("mark.reading") in page


def test_the_partners_mark_can_be_left_out(as_owner: Client) -> None:
    page = as_owner.get("/place/partner_guess/").content.decode()
    assert re.search(r'href="/place/">Leave this one out', page)
    assert "Leave this one out" not in as_owner.get("/place/wish/").content.decode()


def test_a_mark_is_seen_at_once(as_owner: Client) -> None:
    set_mark(as_owner, "now", 7, 3)
    page = as_owner.get("/place/").content.decode()
    assert "<svg" in page
    assert "The last two weeks" in page
    assert "nearness 70, being oneself 30" in page
    assert "70" in page[page.index("<table") :]


def test_marks_are_kept_and_the_newest_counts(owner: User, as_owner: Client) -> None:
    set_mark(as_owner, "now", 7, 3)
    set_mark(as_owner, "wish", 8, 8)
    before = clock.now()
    assert set_mark(as_owner, "wish", 6, 9) == "/place/"
    assert places(owner)["wish"] == Place(60.0, 90.0)
    assert Mark.objects.filter(kind="wish").count() == 2
    assert queries.wish_at(owner, before) == Place(80.0, 80.0)
    assert queries.wish_at(owner, clock.now()) == Place(60.0, 90.0)


def test_moving_a_mark_asks_for_nothing_more(as_owner: Client) -> None:
    set_mark(as_owner, "now", 7, 3)
    assert set_mark(as_owner, "now", 6, 3) == "/place/"
    page = as_owner.get("/place/now/").content.decode()
    assert 'id="id_connection_6" value="6" checked' in page
    assert 'id="id_self__3" value="3" checked' in page
    assert "Move my mark" in page


def test_sending_twice_sets_one_mark(owner: User, as_owner: Client) -> None:
    same = key()
    for _ in range(2):
        set_mark(as_owner, "now", 7, 3, same)
    assert Mark.objects.count() == 1
    set_mark(as_owner, "now", 5, 5, same)  # back, moved, sent
    assert Mark.objects.count() == 1
    assert places(owner)["now"] == Place(50.0, 50.0)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"self_": "3"}, "Please choose how near"),
        ({"connection": "3"}, "Please choose how much yourself"),
        ({"connection": "11", "self_": "3"}, "11"),
        ({"connection": "3", "self_": "-1"}, "-1"),
    ],
)
def test_half_a_mark_is_refused_and_the_other_tap_stays(
    as_owner: Client, sent: dict[str, str], told: str
) -> None:
    answer = as_owner.post("/place/now/", {"submission_key": key(), **sent})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert len(re.findall(r'value="3" checked', page)) == 1
    assert Mark.objects.count() == 0


def test_other_marks_stand_on_the_board_while_one_is_set(as_owner: Client) -> None:
    def heads(page: str) -> int:
        board = page[page.index("data-board") : page.index("</svg>", page.index("data-board"))]
        return board.count("<ellipse")

    assert heads(as_owner.get("/place/wish/").content.decode()) == 1
    set_mark(as_owner, "now", 7, 3)
    assert heads(as_owner.get("/place/wish/").content.decode()) == 2


def test_the_rows_alone_move_the_mark_without_a_script() -> None:
    from pathlib import Path

    from counterpoint.web import assessment

    sheet = Path(assessment.__path__[0]) / "static" / "assessment" / "assessment.css"
    rules = sheet.read_text(encoding="utf-8")
    for tap in range(11):
        assert f'[name="connection"][value="{tap}"]:checked) {{ --near: {tap}; }}' in rules
        assert f'[name="self_"][value="{tap}"]:checked) {{ --myself: {tap}; }}' in rules


def test_marks_are_ones_own(owner: User, as_owner: Client, as_partner: Client) -> None:
    set_mark(as_owner, "now", 7, 3)
    assert as_partner.get("/place/")["Location"] == "/place/now/"
    set_mark(as_partner, "now", 1, 1)
    assert places(owner) == {"now": Place(70.0, 30.0)}
