"""Days as music: the page, the sheet, the sound, and both people's in an open diary."""

from __future__ import annotations

import io
import re
import uuid
import wave
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from checkins import write_past
from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.services import place_mark
from counterpoint.web.couples import services
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Couple
from counterpoint.web.dynamics.score_page import Piece, first_of_weeks, own_piece
from counterpoint.web.dynamics.services import joint
from counterpoint.web.safety.services import keep_route
from factories import browser_of, make_person
from pairs import OCTOBER, SUNDAY, join, share_both
from web.dynamics.both_evenings import write_both
from web.dynamics.evenings import MONDAY, answer_evenings
from web.dynamics.test_own_plane import NEVER, text_of

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 10, 29)


@pytest.fixture
def robin() -> User:
    return make_person("robin", zone="UTC", simulated=True)


def say(phrase_id: str) -> str:
    return load_content().phrase(phrase_id)


def html_of(person: User, route: str) -> str:
    response = browser_of(person).get(reverse(route))
    assert response.status_code == 200
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_before_the_first_day_the_page_invites(robin: User) -> None:
    page = text_of(html_of(robin, "dynamics:score"))
    assert say("empty.days") in page
    assert "<audio" not in page
    assert not NEVER.search(page)


def test_own_days_are_drawn_told_and_heard(robin: User) -> None:
    place_mark(robin, MarkKind.WISH, connection_points=70, self_points=80, key=uuid.uuid4())
    answer_evenings(robin, 20, skipped=(3, 4))
    html = html_of(robin, "dynamics:score")
    page = text_of(html)
    assert "18 days as notes" in page
    assert "how much yourself you wish to be" in page
    assert "2 March to 21 March 2026" in page
    assert say("music.listen.room") in page
    assert 'preload="none"' in html
    assert "autoplay" not in html
    assert html.count("<svg") - html.count('focusable="false"') == 2
    assert not NEVER.search(page)


def test_each_days_numbers_stand_in_the_table(robin: User) -> None:
    write_past(robin, [(7, 4), (None, 6), (2, None)], last=MONDAY + timedelta(days=2))
    rows = re.findall(
        r'<th scope="row">([^<]+)</th><td>([^<]+)</td><td>([^<]+)</td>',
        html_of(robin, "dynamics:score"),
    )
    assert rows == [
        ("2 March", "40", "70"),
        ("3 March", "60", "not known"),
        ("4 March", "not known", "20"),
    ]


def test_ten_weeks_from_a_monday_on(robin: User) -> None:
    answer_evenings(robin, 150)
    piece = own_piece(robin)
    assert piece is not None
    assert piece.first_on.weekday() == 0
    assert 63 < len(piece.days) <= 70
    last = MONDAY + timedelta(days=149)
    assert piece.first_on + timedelta(days=len(piece.days) - 1) == last
    assert first_of_weeks(last) == piece.first_on


def test_nothing_of_the_partner_is_in_it(robin: User) -> None:
    sam = make_person("sam", zone="UTC", simulated=True)
    answer_evenings(robin, 12)
    alone = html_of(robin, "dynamics:score")
    join(robin, sam)
    answer_evenings(sam, 12, seed=5)
    assert html_of(robin, "dynamics:score") == alone


def test_the_quiet_route_changes_nothing_here(robin: User) -> None:
    answer_evenings(robin, 12)
    before = html_of(robin, "dynamics:score")
    keep_route(robin, {"afraid": True})
    assert html_of(robin, "dynamics:score") == before


def test_the_plane_leads_to_it(robin: User) -> None:
    assert reverse("dynamics:score") not in html_of(robin, "dynamics:plane")
    answer_evenings(robin, 1)
    assert reverse("dynamics:score") in html_of(robin, "dynamics:plane")


def test_the_sheet_opens_with_what_it_is_not(robin: User) -> None:
    answer_evenings(robin, 12)
    page = text_of(html_of(robin, "dynamics:score_sheet"))
    assert say("music.own") in page
    assert say("dance.not_for") in page
    assert page.index(say("music.own")) < page.index("12 days as notes")
    assert not NEVER.search(page)


def frames(sound: bytes) -> tuple[int, int]:
    with wave.open(io.BytesIO(sound)) as file:
        return file.getnchannels(), file.getnframes()


def test_the_sound_is_private_and_may_be_asked_for_in_parts(robin: User) -> None:
    answer_evenings(robin, 12)
    browser = browser_of(robin)
    address = reverse("dynamics:score_sound")
    whole = browser.get(address)
    assert whole["Content-Type"] == "audio/wav"
    assert whole["Cache-Control"] == "private, no-store"
    assert whole["Accept-Ranges"] == "bytes"
    assert "Content-Disposition" not in whole
    assert frames(whole.content)[0] == 1
    first = browser.get(address, headers={"Range": "bytes=0-1"})
    assert (first.status_code, first.content) == (206, b"RI")
    assert first["Content-Range"] == f"bytes 0-1/{len(whole.content)}"
    rest = browser.get(address, headers={"Range": "bytes=2-"})
    assert first.content + rest.content == whole.content


def test_no_days_no_sound(robin: User, as_nobody: Client) -> None:
    assert browser_of(robin).get(reverse("dynamics:score_sound")).status_code == 404
    answer = as_nobody.get(reverse("dynamics:score_sound"))
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


def test_the_longest_piece_is_drawn_in_time(robin: User) -> None:
    import time

    answer_evenings(robin, 150)
    own_piece(robin)
    started = time.process_time()
    piece = own_piece(robin)
    assert piece is not None
    assert piece.phone.svg
    assert piece.sheet.svg
    assert time.process_time() - started < 0.1


def test_anybody_may_see_and_hear_the_simulated_two(as_nobody: Client) -> None:
    html = as_nobody.get(reverse("dynamics:simulated")).content.decode()
    page = text_of(html)
    assert "Their weeks in two voices" in page
    assert re.search(r"Robin: \d+ days known, Sam: \d+ days known", page)
    assert "you" not in re.findall(r"<figcaption>([^<]*one bar a week[^<]*)", html)[0].lower()
    sound = as_nobody.get(reverse("dynamics:simulated_sound"))
    assert frames(sound.content)[0] == 2
    assert sound["Cache-Control"] == "private, no-store"


@pytest.fixture
def open_diary(owner: User, partner: User) -> Couple:
    with time_machine.travel(OCTOBER, tick=False):
        couple = join(owner, partner)
        share_both(owner, partner, Kind.PATTERNS, Kind.DAYS)
    with time_machine.travel(SUNDAY, tick=False):
        write_both(owner, partner, 70, last=THURSDAY)
        joint.run_joint_release(str(couple.pk))
    return couple


def test_both_voices_in_an_open_diary(open_diary: Couple, owner: User, partner: User) -> None:
    with time_machine.travel(SUNDAY, tick=False):
        pages = [text_of(html_of(person, "dynamics:joint")) for person in (owner, partner)]
        told = [re.search(r"From one day to the next [^.]+\.", p) for p in pages]
        assert told[0] is not None
        assert told[1] is not None
        assert told[0][0] == told[1][0]
        sounds = [browser_of(p).get(reverse("dynamics:joint_sound")) for p in (owner, partner)]
        assert [frames(sound.content)[0] for sound in sounds] == [2, 2]
        assert sounds[0].content != sounds[1].content
        sheet = text_of(html_of(owner, "dynamics:joint_sheet"))
        assert say("dance.opening") in sheet
        assert say("dance.not_for") in sheet
    for page in (*pages, sheet):
        assert say("music.both") in page or page == sheet
        assert not re.search(r"\bscore", page)


def test_a_day_taken_back_by_either_closes_it_for_both(
    open_diary: Couple, owner: User, partner: User
) -> None:
    with time_machine.travel(SUNDAY, tick=False):
        services.withdraw(partner, Kind.DAYS)
        answers = {person: closed(person) for person in (owner, partner)}
    assert answers[owner] == answers[partner] == (404, "/two/picture/", False)


def closed(person: User) -> tuple[int, str, bool]:
    browser = browser_of(person)
    sound = browser.get(reverse("dynamics:joint_sound"))
    sheet = browser.get(reverse("dynamics:joint_sheet"))
    page = browser.get(reverse("dynamics:joint")).content.decode()
    return sound.status_code, sheet["Location"], "figure music" in page


def test_default_pictures_hold_no_music(owner: User, partner: User) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        couple = join(owner, partner)
        share_both(owner, partner, Kind.PATTERNS)
    with time_machine.travel(SUNDAY, tick=False):
        write_both(owner, partner, 70, last=THURSDAY)
        joint.run_joint_release(str(couple.pk))
        assert closed(owner) == (404, "/two/picture/", False)
        assert "How you two move" in html_of(owner, "dynamics:joint")


def test_one_day_is_named_once_and_more_by_their_ends() -> None:
    day = date(2026, 11, 24)
    assert Piece(day, [None]).span == "24 November 2026"
    assert Piece(day, [None, None, None]).span == "24 November to 26 November 2026"
