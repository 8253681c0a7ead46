from __future__ import annotations

import re
import subprocess
import sys
import time
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from counterpoint.content import load_content
from counterpoint.engine import backend_ready
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.services import place_mark
from counterpoint.web.dynamics.own_page import own_page
from counterpoint.web.dynamics.services import solo
from factories import browser_of, make_person
from web.dynamics.evenings import MONDAY, answer_evenings, evening_of

pytestmark = pytest.mark.django_db

FULL = "compiled" if backend_ready() else "portable"

NEVER = re.compile(
    r"codepend|\bindepend|interdepend|\bscore|streak|missed|healthy|toxic|diagnos|should|"
    r"\bfail|good job|well done|%|\bnan\b|\bnone\b",
    re.IGNORECASE,
)


@pytest.fixture
def robin() -> User:
    return make_person("robin", zone="UTC", simulated=True)


def say(phrase_id: str, **values) -> str:
    return load_content().phrase(phrase_id, **values)


def page_on(person: User, day: date) -> str:
    """Return the words of the page, as its owner sees it on the evening of a day."""
    with time_machine.travel(evening_of(day), tick=False):
        response = browser_of(person).get(reverse("dynamics:plane"))
    assert response.status_code == 200
    return text_of(response.content.decode())


def text_of(html: str) -> str:
    main = html.split("<main", 1)[1].split("</main>", 1)[0]
    words = re.sub(r"<[^>]+>", " ", main)
    words = words.replace("&#x27;", "'").replace("&quot;", '"')
    return re.sub(r"\s+", " ", words)


def fit_on(person: User, day: date) -> None:
    with time_machine.travel(evening_of(day) + timedelta(minutes=5), tick=False):
        assert solo.fit_person(person, backend=FULL) is True


def wish_for(person: User, connection: int, myself: int) -> None:
    place_mark(
        person,
        MarkKind.WISH,
        connection_points=connection,
        self_points=myself,
        key=uuid.uuid4(),
    )


def test_on_the_first_day_the_page_waits_without_a_reproach(robin: User) -> None:
    page = page_on(robin, MONDAY)
    assert say("empty.plane") in page
    assert say("days.none") in page
    assert say("days.needed.place", needed=6) in page
    assert say("empty.days") in page
    assert "where your days put you" not in page
    assert not NEVER.search(page)


def test_own_marks_are_seen_at_once(robin: User) -> None:
    for kind in MarkKind:
        place_mark(robin, kind, connection_points=40, self_points=70, key=uuid.uuid4())
    page = page_on(robin, MONDAY)
    assert "your mark for the last two weeks" in page
    assert "where you would like to be" in page
    assert "your guess where your partner would put you" in page


def test_days_and_counts_come_without_a_gate(robin: User) -> None:
    last = answer_evenings(robin, 3, near=8, myself=8)
    page = page_on(robin, last)
    assert say("days.known", days=3) in page
    assert say("days.needed.place", needed=3) in page
    assert "3 days near and myself" in page
    assert "3 days as notes" in page
    assert "most likely between" not in page


def test_the_place_opens_after_six_days_and_is_told_against_the_wish(robin: User) -> None:
    wish_for(robin, 100, 10)
    last = answer_evenings(robin, 6, near=5, myself=7)
    fit_on(robin, last)
    page = page_on(robin, last)
    assert "most likely between" in page
    assert say("place.connection.further") in page
    assert say("place.self.more") in page
    assert say("days.known", days=6) in page
    assert say("place.range") in page
    assert say("place.sundays") in page
    assert say("days.needed.as_wished", needed=5) in page
    assert "On the same day" not in page


def test_other_side_of_the_wish_is_told_the_other_way(robin: User) -> None:
    wish_for(robin, 0, 100)
    last = answer_evenings(robin, 6, near=6, myself=4)
    fit_on(robin, last)
    page = page_on(robin, last)
    assert say("place.connection.nearer") in page
    assert say("place.self.less") in page


def test_what_cannot_be_told_is_said_so(robin: User) -> None:
    last = answer_evenings(robin, 6, near=6, myself=6)
    fit_on(robin, last)
    found = SoloPlace(robin)
    wish_for(robin, round(found.connection), round(found.self))
    page = page_on(robin, last)
    assert say("place.connection.cannot_tell") in page
    assert say("place.self.cannot_tell") in page


def test_about_where_you_wished_waits_for_eleven_days(robin: User) -> None:
    last = answer_evenings(robin, 28, near=6, myself=6)
    fit_on(robin, last)
    found = SoloPlace(robin)
    wish_for(robin, round(found.connection), round(found.self))
    page = page_on(robin, last)
    assert say("place.connection.as_wished") in page
    assert say("place.self.as_wished") in page


def test_without_a_wish_the_place_stands_by_itself(robin: User) -> None:
    last = answer_evenings(robin, 7)
    fit_on(robin, last)
    page = page_on(robin, last)
    assert say("place.no_wish") in page
    assert "Place yourself" in page


def test_same_day_opens_at_twenty_one(robin: User) -> None:
    last = answer_evenings(robin, 20, go_together=0.9)
    fit_on(robin, last)
    page = page_on(robin, last)
    assert "On the same day" not in page
    assert say("days.needed.same_day", needed=1) in page


def test_what_goes_together_is_said_when_both_readings_agree(robin: User) -> None:
    last = answer_evenings(robin, 40, go_together=0.95)
    fit_on(robin, last)
    page = page_on(robin, last)
    assert say("same_day.together") in page
    assert "set aside" in page
    assert "From one day to the next" not in page


def test_next_day_opens_at_forty_two_and_shows_no_arrow_to_the_partner(robin: User) -> None:
    last = answer_evenings(robin, 45)
    fit_on(robin, last)
    page = page_on(robin, last)
    assert "From one day to the next" in page
    assert say("coupling.wide") in page
    assert "partner" not in page.split("From one day to the next", 1)[1].split("nobody else", 1)[0]
    assert not NEVER.search(page)


def test_a_new_picture_waits_for_sunday(robin: User) -> None:
    last = answer_evenings(robin, 6)  # Monday to Saturday
    fit_on(robin, last)
    more = answer_evenings(robin, 3, first=last + timedelta(days=2))  # Monday to Wednesday
    fit_on(robin, more)
    assert say("days.known", days=9) not in page_on(robin, more)
    assert say("days.known", days=6) in page_on(robin, more)
    sunday = more + timedelta(days=(6 - more.weekday()) % 7)
    assert say("days.known", days=9) in page_on(robin, sunday)


def test_own_counts_do_not_wait_for_sunday(robin: User) -> None:
    last = answer_evenings(robin, 6, near=8, myself=8)
    fit_on(robin, last)
    more = answer_evenings(robin, 1, first=last + timedelta(days=2), near=8, myself=8)
    assert "7 days near and myself" in page_on(robin, more)


def test_a_first_picture_in_the_making_is_announced(robin: User) -> None:
    last = answer_evenings(robin, 6)
    assert "being made" in page_on(robin, last)


def test_answers_that_cannot_be_read_leave_days_and_counts(robin: User) -> None:
    from counterpoint.web.dynamics.models import SoloFit

    last = answer_evenings(robin, 8, near=8, myself=8)
    fit_on(robin, last)
    SoloFit.objects.update(is_usable=False)
    page = page_on(robin, last)
    assert "most likely between" not in page
    assert "8 days near and myself" in page
    assert "cannot read" in page


def test_a_rough_picture_says_no_sentence(robin: User) -> None:
    from counterpoint.web.dynamics.models import SoloFit

    wish_for(robin, 100, 0)
    last = answer_evenings(robin, 45)
    fit_on(robin, last)
    SoloFit.objects.update(provisional=True)
    page = page_on(robin, last)
    assert say("place.provisional") in page
    assert "where your days put you" in page
    for phrase_id in ("place.connection.further", "place.self.more", "coupling.cannot_tell"):
        assert say(phrase_id) not in page
    assert "On the same day" not in page


def test_own_page_is_the_same_whether_or_not_the_partner_answers(robin: User) -> None:
    wish_for(robin, 80, 80)
    last = answer_evenings(robin, 12)
    fit_on(robin, last)
    alone = whole_page(robin, last)
    sam = make_person("sam", zone="UTC", simulated=True)
    wish_for(sam, 10, 10)
    answer_evenings(sam, 12, seed=5)
    fit_on(sam, last)
    assert whole_page(robin, last) == alone


def whole_page(person: User, day: date) -> str:
    with time_machine.travel(evening_of(day), tick=False):
        html = browser_of(person).get(reverse("dynamics:plane")).content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', r'\1=""', html)


@pytest.mark.parametrize("fits", [1, 3])
def test_page_costs_the_same_queries_however_many_fits(
    robin: User, fits: int, django_assert_num_queries
) -> None:
    last = answer_evenings(robin, 6)
    fit_on(robin, last)
    for _ in range(fits - 1):
        last = answer_evenings(robin, 1, first=last + timedelta(days=7))
        fit_on(robin, last)
    with time_machine.travel(evening_of(last), tick=False):
        browser = browser_of(robin)
        with django_assert_num_queries(10):
            browser.get(reverse("dynamics:plane"))


def test_years_of_checkins_are_drawn_in_the_newest_weeks_and_in_time(robin: User) -> None:
    last = answer_evenings(robin, 4000)
    page = page_on(robin, last)
    assert "70 days as notes" in page
    assert "One dot stands for" in page
    started = time.process_time()
    own_page(robin, last)
    assert time.process_time() - started < 0.3


def test_nobody_signed_in_is_led_to_the_door(as_nobody: Client) -> None:
    response = as_nobody.get(reverse("dynamics:plane"))
    assert response.status_code == 302
    assert "sign-in" in response["Location"]


def test_page_changes_nothing(as_owner: Client) -> None:
    assert as_owner.post(reverse("dynamics:plane")).status_code == 405


def test_showing_pages_never_loads_the_engine() -> None:
    script = (
        "import sys, django; django.setup();"
        "from django.urls import resolve; resolve('/plane/');"
        "from counterpoint.web.dynamics.views.pages import _simulated_page; _simulated_page('en');"
        "loaded = [m for m in ('numba', 'scipy', 'counterpoint.engine') if m in sys.modules];"
        "print(loaded); sys.exit(bool(loaded))"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "counterpoint.web.config.settings_test",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


class SoloPlace:
    """The place on show."""

    def __init__(self, owner: User) -> None:
        from counterpoint.web.dynamics.models import SoloFit

        self.connection, self.self = (
            SoloFit.objects.filter(owner=owner).latest("made_at").result["place"]
        )
