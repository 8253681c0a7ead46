"""The second screen of a check-in."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from checkins import today_of, write, write_more
from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.diary import queries
from counterpoint.web.diary.models import Checkin


def address(owner: User) -> str:
    return f"/checkin/{today_of(owner)}/1/more/"


def asked(page: str) -> set[str]:
    """Return the fields a page asks for."""
    return set(re.findall(r'name="(\w+)"', page)) - {"submission_key", "csrfmiddlewaretoken"} - {
        "viewport", "robots",
    }  # fmt: skip


def main_of(client: Client, where: str) -> str:
    page = client.get(where).content.decode()
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("connection", ["c2", "c3"])
@pytest.mark.parametrize("self_", ["s2", "s3"])
def test_the_coin_decides_what_is_asked(
    owner: User, as_owner: Client, connection: str, self_: str
) -> None:
    write(owner, today_of(owner), c1=5, e1="no")
    Checkin.objects.update(coin_connection=connection, coin_self=self_)
    expected = {connection, self_, "w", "w_some_of_both", "line"}
    expected |= {"s3_nothing_came_up"} if self_ == "s3" else set()
    assert asked(main_of(as_owner, address(owner))) == expected


@pytest.mark.parametrize(
    ("said", "more"),
    [("", set()), ("no", set()), ("a_little", {"e2", "e3"}), ("a_lot", {"e2", "e3"})],
)
def test_friction_is_asked_about_only_where_there_was_some(
    owner: User, as_owner: Client, said: str, more: set[str]
) -> None:
    write(owner, today_of(owner), c1=5, e1=said)
    page = main_of(as_owner, address(owner))
    assert asked(page) & {"e2", "e3"} == more
    assert (load_content().phrase("safety_line") in page) is bool(more)


def test_the_way_back_is_asked_once_more_on_the_next_day_only(
    owner: User, as_owner: Client
) -> None:
    today = today_of(owner)
    write(owner, today - timedelta(days=1), e1="a_little")
    write(owner, today, c1=5)
    assert "e2_yesterday" in asked(main_of(as_owner, address(owner)))
    write(owner, today, slot=2, c1=5)
    assert "e2_yesterday" not in asked(main_of(as_owner, f"/checkin/{today}/2/more/"))


def test_everything_sent_is_kept(owner: User, as_owner: Client) -> None:
    today = today_of(owner)
    write(owner, today - timedelta(days=1), e1="a_little")
    write(owner, today, c1=5, e1="a_lot")
    Checkin.objects.filter(about_on=today).update(coin_connection="c3", coin_self="s2")
    answer = as_owner.post(
        address(owner),
        {
            "submission_key": str(uuid.uuid4()),
            "c3": "0",
            "s2": "10",
            "w": "8",
            "w_some_of_both": "on",
            "e2": "3",
            "e3": ["stayed", "shut_down"],
            "e2_yesterday": "9",
            "line": "  Soup, then silence.\r\nThen tea.  ",
        },
    )
    assert answer["Location"] == f"/checkin/{today}/1/saved/"
    row = Checkin.objects.get(about_on=today)
    assert (row.c3, row.s2, row.w, row.w_some_of_both) == (0, 10, 8, True)
    assert (row.e2, row.e3) == (3, ["stayed", "shut_down"])
    assert queries.own_words(owner, row) == "Soup, then silence.\nThen tea."
    assert Checkin.objects.get(about_on=today - timedelta(days=1)).e2_next == 9
    page = main_of(as_owner, address(owner))
    for shown in (
        'id="c3-0" value="0" checked',
        'id="w-8" value="8" checked',
        "Soup, then silence.",
    ):
        assert shown in page
    assert re.search(r'name="w_some_of_both" checked', page)
    assert re.findall(r'name="e3" value="(\w+)" checked', page) == ["stayed", "shut_down"]


def test_an_answer_the_coin_did_not_ask_for_is_not_taken(owner: User, as_owner: Client) -> None:
    write(owner, today_of(owner), c1=5)
    Checkin.objects.update(coin_connection="c2", coin_self="s2")
    as_owner.post(address(owner), {"submission_key": str(uuid.uuid4()), "c3": "4", "s3": "4"})
    row = Checkin.objects.get()
    assert (row.c2, row.c3, row.s2, row.s3) == (None, None, None, None)


@pytest.mark.parametrize("line", ["x" * 501, "a bell \x07"])
def test_a_line_that_does_not_fit_is_refused_and_stays_in_the_box(
    owner: User, as_owner: Client, line: str
) -> None:
    write(owner, today_of(owner), c1=5)
    answer = as_owner.post(address(owner), {"submission_key": str(uuid.uuid4()), "line": line})
    assert answer.status_code == 422
    assert line in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    assert Checkin.objects.get().line_sealed is None


def test_any_writing_is_taken_and_shown_as_text(owner: User, as_owner: Client) -> None:
    write(owner, today_of(owner), c1=5)
    line = "<b>«Straße» \u202eעברית 🫖 </textarea><script>1</script>"
    as_owner.post(address(owner), {"submission_key": str(uuid.uuid4()), "line": line})
    assert queries.own_words(owner, Checkin.objects.get()) == line
    for where in (address(owner), f"/checkin/{today_of(owner)}/1/saved/", "/days/"):
        page = main_of(as_owner, where)
        assert "<script>1" not in page
        assert "&lt;script&gt;1" in page


def test_without_a_first_screen_it_leads_there(owner: User, as_owner: Client) -> None:
    assert as_owner.get(address(owner))["Location"] == f"/checkin/{today_of(owner)}/1/"
    answer = as_owner.post(address(owner), {"submission_key": str(uuid.uuid4()), "line": "x"})
    assert answer["Location"] == f"/checkin/{today_of(owner)}/1/"
    assert Checkin.objects.count() == 0


def test_damaged_words_are_named_and_kept(owner: User, as_owner: Client) -> None:
    write(owner, today_of(owner), c1=5)
    write_more(owner, today_of(owner), line="We sang.")
    Checkin.objects.update(line_sealed=b"\x01" + b"0" * 40)
    page = main_of(as_owner, address(owner))
    assert load_content().phrase("safety.cannot_be_read") in page


def test_a_partner_never_reaches_the_row(owner: User, as_owner: Client, as_partner: Client) -> None:
    write(owner, today_of(owner), c1=5)
    answer = as_partner.post(address(owner), {"submission_key": str(uuid.uuid4()), "line": "mine"})
    assert answer.status_code == 302
    assert list(Checkin.objects.values_list("owner", "line_sealed")) == [(owner.pk, None)]
