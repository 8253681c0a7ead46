"""The quiet check: asked behind proof, read once, one sealed line kept."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape

from counterpoint.content import load_content
from counterpoint.domain.quiet import Lead
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.neutral import NEUTRAL_TITLE
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.safety import queries, services
from counterpoint.web.safety.models import QuietLine
from counterpoint.web.safety.rules import UNREADABLE
from doors import add_app, code_now, prove
from factories import browser_of
from pairs import join, share
from people import PASSWORD, make_person
from quiet import ALL_OUT, CLEAR, DARK, HELD, LINE, LOUD, QUESTIONS, WAYS, answer, opened
from quiet import proven_browser as proven

CHECK = load_content().quiet
MOMENT = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


def text_of(answer_: object) -> str:
    return answer_.content.decode()


def leads_of(person: User) -> set[Lead]:
    kept = queries.quiet_of(person)
    assert kept is not None
    return set(kept.route)


def test_it_first_asks_whether_one_is_alone(as_owner: Client) -> None:
    page = text_of(as_owner.get("/quiet/"))
    assert f"<title>{NEUTRAL_TITLE}</title>" in page
    assert f"<h1>{CHECK.question}</h1>" in page
    assert re.search(rf'href="/today/">{CHECK.another_time}<', page)
    assert not any(item.text in page for item in CHECK.items)
    assert not QuietLine.objects.exists()


def test_without_fresh_proof_nothing_of_it_is_shown_or_kept(as_owner: Client, owner: User) -> None:
    for path in (QUESTIONS, LINE):
        assert as_owner.get(path)["Location"].startswith("/account/again/")
    assert as_owner.post(QUESTIONS, HELD)["Location"].startswith("/account/again/")
    assert as_owner.post(LINE, {"forget": "1"})["Location"].startswith("/account/again/")
    assert not QuietLine.objects.exists()


def test_with_a_second_step_the_password_alone_opens_nothing(owner: User) -> None:
    add_app(owner)
    browser = browser_of(owner)
    prove(browser)
    assert browser.get(QUESTIONS).status_code == 302
    prove(browser, code=code_now())
    assert browser.get(QUESTIONS).status_code == 200


def test_every_question_can_be_left_out_and_none_is_set(owner: User) -> None:
    page = text_of(proven(owner).get(QUESTIONS))
    for item in CHECK.items:
        assert escape(item.text) in page
        assert f'name="{item.item_id}" value="" checked' in page
    assert page.count(" checked") == len(CHECK.items)
    assert page.count('autocomplete="off"') >= 1
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        (ALL_OUT, set()),
        ({}, set()),
        (CLEAR, set()),
        (LOUD, {Lead.INFORMATION}),
        (HELD, {Lead.INDIVIDUAL}),
        (DARK, {Lead.CRISIS}),
        (HELD | DARK | LOUD, set(Lead)),
        ({"afraid": "perhaps"}, set()),
        (HELD | ALL_OUT, set()),
    ],
)
def test_only_what_comes_first_is_kept(owner: User, said: dict[str, str], leads: set[Lead]) -> None:
    assert answer(owner, said)["Location"] == LINE
    assert leads_of(owner) == leads


def test_the_answer_to_the_form_is_the_same_whatever_was_said(owner: User) -> None:
    answers = [answer(owner, said) for said in WAYS.values() if said is not None]
    kinds = {
        (one.status_code, one.content, tuple(sorted((k, v) for k, v in one.items())))
        for one in answers
    }
    assert len(kinds) == 1


def test_the_sealed_line_has_one_length_and_no_neighbour(owner: User) -> None:
    lengths = set()
    for said in WAYS.values():
        answer(owner, said)
        lengths |= {len(row.line_sealed) for row in QuietLine.objects.all()}
    assert len(lengths) == 1
    assert {field.name for field in QuietLine._meta.get_fields()} == {"owner", "line_sealed"}
    assert QuietLine.objects.count() == 1


def test_leaving_all_of_it_out_later_takes_nothing_away(owner: User) -> None:
    answer(owner, HELD)
    answer(owner, ALL_OUT)
    assert leads_of(owner) == {Lead.INDIVIDUAL}
    answer(owner, CLEAR)
    assert leads_of(owner) == set()


def test_answers_are_taken_for_half_an_hour_after_the_page_was_opened(owner: User) -> None:
    with time_machine.travel(MOMENT, tick=False) as clock:
        browser = proven(owner)
        token = opened(browser)
        clock.shift(timedelta(minutes=9))  # longer than proof counts, shorter than the idle lock
        sent = browser.post(QUESTIONS, {"opened": token, **HELD})
        assert sent["Location"] == LINE
        assert browser.get(LINE)["Location"].startswith("/account/again/")
    assert leads_of(owner) == {Lead.INDIVIDUAL}
    with time_machine.travel(MOMENT, tick=False) as clock:
        browser = browser_of(owner)
        browser.session.set_expiry(60 * 60)
        prove(browser)
        token = opened(browser)
        clock.shift(timedelta(minutes=31))
        assert browser.post(QUESTIONS, {"opened": token, **CLEAR})["Location"] != LINE
    assert leads_of(owner) == {Lead.INDIVIDUAL}


def test_what_opened_the_page_opens_it_for_nobody_else(owner: User, stranger: User) -> None:
    token = opened(proven(owner))
    assert browser_of(stranger).post(QUESTIONS, {"opened": token})["Location"] != LINE
    assert browser_of(owner).post(QUESTIONS, {"opened": token})["Location"] != LINE
    assert not QuietLine.objects.exists()


def test_the_own_page_says_in_words_what_is_kept(owner: User) -> None:
    with time_machine.travel(MOMENT, tick=False):
        answer(owner, HELD)
        page = text_of(proven(owner).get(LINE))
    said = load_content().phrase
    assert said("quiet.kept", day="24 November 2026") in page
    assert said("quiet.kept.individual") in page
    assert load_content().phrase("safety.not_reviewed") in page
    for paragraph in CHECK.after["individual"].paragraphs:
        assert escape(paragraph) in page


def test_the_card_for_hard_moments_comes_first(owner: User) -> None:
    answer(owner, HELD | DARK | LOUD)
    page = text_of(proven(owner).get(LINE))
    headings = [CHECK.after[one].heading for one in ("crisis", "individual")]
    places = [page.index(heading) for heading in headings]
    assert places == sorted(places)
    assert CHECK.after["information"].heading not in page


def test_before_anything_is_kept_it_says_so(owner: User) -> None:
    page = text_of(proven(owner).get(LINE))
    assert load_content().phrase("quiet.kept.nothing") in page
    assert "Delete the line" not in page
    assert proven(owner).post(LINE, {"take": "1"})["Content-Type"].startswith("text/html")


def test_it_can_be_deleted(owner: User) -> None:
    answer(owner, HELD)
    assert proven(owner).post(LINE, {"forget": "1"})["Location"] == LINE
    assert not QuietLine.objects.exists()
    assert not queries.is_individual(owner)


def test_it_is_taken_away_only_on_its_own(owner: User, as_owner: Client) -> None:
    with time_machine.travel(MOMENT, tick=False):
        answer(owner, HELD)
        file = proven(owner).post(LINE, {"take": "1"})
    assert file["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert text_of(file).splitlines() == [
        load_content().phrase("quiet.kept", day="24 November 2026"),
        load_content().phrase("quiet.kept.individual"),
    ]
    stream = as_owner.post("/account/take-away/", {"password": PASSWORD})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(stream)))
    assert not [name for name in archive.namelist() if "quiet" in name or "safety" in name]
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert load_content().phrase("quiet.kept.individual").encode() not in everything


def test_a_damaged_line_stands_for_the_careful_side(owner: User) -> None:
    answer(owner, CLEAR)
    QuietLine.objects.update(line_sealed=b"\x02" + bytes(42))
    assert queries.quiet_of(owner) == UNREADABLE
    assert load_content().phrase("quiet.kept.unreadable") in text_of(proven(owner).get(LINE))
    answer(owner, CLEAR)
    assert leads_of(owner) == set()


def test_a_line_of_somebody_else_cannot_be_put_in_its_place(owner: User, partner: User) -> None:
    services.keep_route(partner, {})
    services.keep_route(owner, {"afraid": True})
    clear = QuietLine.objects.get(owner=partner).line_sealed
    QuietLine.objects.filter(owner=owner).update(line_sealed=clear)
    assert queries.is_individual(owner)


def test_freezing_and_stopping_are_offered_to_one_alone(owner: User, partner: User) -> None:
    answer(owner, HELD)
    assert "/two/sharing/stop/" not in text_of(
        proven(owner).get(LINE)
    )  # nothing is shared with anybody
    join(owner, partner)
    share(owner, Kind.PATTERNS)
    page = text_of(proven(owner).get(LINE))
    for path in ("/two/sharing/freeze/", "/two/sharing/stop/"):
        assert f'action="{path}"' in page
    assert load_content().phrase("quiet.sharing") in page
    answer(partner, LOUD)
    assert "/two/sharing/stop/" not in text_of(proven(partner).get(LINE))


WORDS_AGAINST = re.compile(
    r"you are safe|tell your partner|talk to your partner|leave your partner|confront|"
    r"couple (?:therapy|counsel)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("way", [way for way, said in WAYS.items() if said is not None])
def test_it_says_neither_safe_nor_what_to_do_about_the_partner(owner: User, way: str) -> None:
    browser = proven(owner)
    pages = [text_of(browser.get(path)) for path in ("/quiet/", QUESTIONS)]
    answer(owner, WAYS[way])
    pages.append(text_of(proven(owner).get(LINE)))
    for page in pages:
        assert WORDS_AGAINST.search(page) is None


def test_words_of_the_own_part_and_of_parting_keep_the_same_rule(as_nobody: Client) -> None:
    for path in ("/info/people/", "/info/own-part/", "/info/after/"):
        assert WORDS_AGAINST.search(text_of(as_nobody.get(path))) is None


def test_no_way_leads_back_to_the_answers(owner: User) -> None:
    browser = proven(owner)
    browser.post(QUESTIONS, {"opened": opened(browser), **HELD})
    for path in (QUESTIONS, LINE, "/quiet/"):
        page = text_of(browser.get(path))
        assert 'value="yes" checked' not in page
    assert CHECK.items[0].text not in text_of(browser.get(LINE))


def test_who_comes_while_the_demo_is_weeks_ahead_is_in_the_first_week(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "days_forward", lambda: 24)
    newcomer = make_person("newcomer")
    today = clock.today(newcomer.zone)
    assert queries.is_offered(newcomer, today)
    assert not queries.is_offered(newcomer, today + timedelta(days=24))
