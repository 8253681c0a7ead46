"""One day, as it was written."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from checkins import today_of, write, write_more, write_past
from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.diary.models import Checkin
from web.worlds import CHANCE


def test_an_open_day_can_be_changed(owner: User, as_owner: Client) -> None:
    day = today_of(owner) - timedelta(days=1)
    write(owner, day, c1=5)
    page = as_owner.get(f"/days/{day}/").content.decode()
    assert f'href="/checkin/{day}/1/"' in page
    assert load_content().phrase("checkin.closed") not in page


def test_an_older_day_can_be_read_only(owner: User, as_owner: Client) -> None:
    day = today_of(owner) - timedelta(days=2)
    write_past(owner, [(5, 6)], day)
    page = as_owner.get(f"/days/{day}/").content.decode()
    assert f'href="/checkin/{day}/1/"' not in page
    assert load_content().phrase("checkin.closed") in page
    assert as_owner.post(f"/checkin/{day}/1/", {"c1": "0"}).status_code == 422
    assert Checkin.objects.get().c1 == 5


def test_every_answer_stands_there_in_words_and_open_questions_do_not(
    owner: User, as_owner: Client
) -> None:
    day = today_of(owner)
    write(owner, day, c1=5, n="hardly_any", e1="a_little")
    Checkin.objects.update(coin_connection="c2", coin_self="s3")
    write_more(
        owner, day, self_=None, s3_nothing_came_up=True, w=8, w_some_of_both=True, e2=0,
        e3=("gave_in", "stayed"), line="One line.",
    )  # fmt: skip
    page = as_owner.get(f"/days/{day}/").content.decode()
    items = load_content().checkin.items
    shown = {name for name, item in items.items() if item.prompt in page}
    assert shown == {"c1", "n", "e1", "s3", "w", "e2", "e3"}
    for words in (
        "hardly any", "a little", "nothing came up", "some of both",
        "stayed with myself, gave in to keep the peace", "One line.",
    ):  # fmt: skip
        assert words in page


def test_two_check_ins_stand_side_by_side(owner: User, as_owner: Client) -> None:
    day = today_of(owner)
    write(owner, day, c1=3)
    write(owner, day, slot=2, c1=8)
    page = as_owner.get(f"/days/{day}/").content.decode()
    assert page.index("First time") < page.index("Second time")
    assert f'href="/checkin/{day}/2/"' in page


def test_what_is_not_ones_own_and_what_is_not_there_answer_alike(
    owner: User, as_partner: Client
) -> None:
    day = today_of(owner)
    write(owner, day, c1=5)
    theirs = as_partner.get(f"/days/{day}/")
    nothing = as_partner.get("/days/2001-01-01/")
    assert theirs.status_code == nothing.status_code == 404
    there = CHANCE.sub(b"", theirs.content).replace(str(day).encode(), b"")
    assert there == CHANCE.sub(b"", nothing.content).replace(b"2001-01-01", b"")
