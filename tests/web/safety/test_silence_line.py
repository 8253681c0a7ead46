"""The line for silence kept for safety stands on every page that shows what it is about."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import escape

from counterpoint.content import load_content
from counterpoint.content.checks import SAFETY_LINE_SIGNS
from counterpoint.domain.dyad import Member
from counterpoint.domain.loops import Loop
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import services as assessment
from counterpoint.web.core import clock
from counterpoint.web.couples import services as couples
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms
from counterpoint.web.diary.services import (
    ScreenOne,
    ScreenTwo,
    record_screen_one,
    record_screen_two,
)
from counterpoint.web.dynamics.release_content import JointPicture
from factories import browser_of
from pairs import OCTOBER, SUNDAY, days_until, join, share_both
from people import make_person
from web.dynamics.test_joint import every_word
from web.worlds import all_paths

LINE = escape(load_content().phrase("safety_line"))
NOBODY = uuid.UUID(int=7)


def marks_of_silence() -> Iterator[str]:
    """Yield every text that tells of one of the three signs, or of what one did in friction."""
    content = load_content()
    for sign in SAFETY_LINE_SIGNS:
        text = content.signs[sign]
        yield from (text.title, text.meaning, text.protects)
        for item in content.questionnaire.items:
            if item.sign is sign:
                yield item.text
    e3 = content.checkin.items["e3"]
    yield e3.prompt
    yield from (option.label for option in e3.options)
    yield content.loops[Loop.ADAPT_DETACH].meaning
    for phrase_id, phrase in content.phrases.items():
        if "adapt_detach" in phrase_id and "{" not in phrase.text:
            yield phrase.text


MARKS = sorted({escape(mark) for mark in marks_of_silence()})


@pytest.fixture
def lived(db: None) -> Iterator[User]:
    """Somebody with all there is: questions answered, a sign left out, friction, a picture."""
    with time_machine.travel(OCTOBER, tick=False) as calendar:
        a, b = make_person("a"), make_person("b")
        couple = join(a, b)
        share_both(a, b, Kind.PATTERNS, Kind.PLACE, Kind.PRACTICE)
        calendar.move_to(SUNDAY)
        today = clock.today(a.zone)
        for day in (today, today - timedelta(days=1)):
            record_screen_one(a, day, 1, ScreenOne(c1=4, s1=3, e1="a_lot"), key=uuid.uuid4())
            record_screen_two(a, day, 1, ScreenTwo(e2=2, e3=("gave_in",)), key=uuid.uuid4())
        for item_id in assessment.draw_order(a).item_ids:
            assessment.answer_item(a, item_id, 2)
        bands = next(iter(every_word()))

        def build(terms: ReleaseTerms) -> ReleaseDraft:
            held = dict.fromkeys(Member, days_until(terms.days_until, 20))
            return ReleaseDraft(content=JointPicture(bands).to_json(), held=held)

        assert couples.publish_release(couple.pk, build, clock.now()) is not None
        yield a


def pages_of(person: User, today: date) -> Iterator[tuple[str, str]]:
    browser = browser_of(person)
    questions = [
        reverse("assessment:question", kwargs={"item_id": item.item_id})
        for item in load_content().questionnaire.items
    ]
    paths = {*all_paths(today, NOBODY), *all_paths(today - timedelta(days=1), NOBODY), *questions}
    for path in sorted(paths):
        answer = browser.get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            yield path, answer.content.decode()


def telling(page: str) -> list[str]:
    """Return what a page tells of silence; whole texts, not parts of other words."""
    return [mark for mark in MARKS if re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", page)]


def test_no_page_that_needs_the_line_lacks_it(lived: User) -> None:
    pages = dict(pages_of(lived, clock.today(lived.zone)))
    assert len(pages) > 40
    needing = {path for path, page in pages.items() if telling(page)}
    assert {path for path in needing if LINE not in pages[path]} == set()
    assert {
        reverse("assessment:questions_done"),
        reverse("dynamics:joint"),
        reverse("diary:day", kwargs={"day": "2026-11-01"}),
        reverse("diary:checkin_more", kwargs={"day": "2026-11-01", "slot": 1}),
        *(
            reverse("assessment:question", kwargs={"item_id": item.item_id})
            for item in load_content().questionnaire.in_sitting(1)
            if item.sign in SAFETY_LINE_SIGNS
        ),
    } <= needing


def test_a_sign_that_was_left_out_keeps_its_line(lived: User) -> None:
    browser = browser_of(lived)
    for sign in SAFETY_LINE_SIGNS:
        browser.post(reverse("assessment:leave_out", kwargs={"sign": sign.value}))
    pages = dict(pages_of(lived, clock.today(lived.zone)))
    needing = {path for path, page in pages.items() if telling(page)}
    assert {path for path in needing if LINE not in pages[path]} == set()
    assert needing & {reverse("assessment:questions_done"), reverse("assessment:questions")}


def test_where_such_a_sign_is_asked_it_can_be_left_out(lived: User) -> None:
    browser = browser_of(lived)
    for item in load_content().questionnaire.in_sitting(1):
        page = browser.get(reverse("assessment:question", kwargs={"item_id": item.item_id}))
        way_out = reverse("assessment:leave_out", kwargs={"sign": item.sign.value})
        there = f'action="{way_out}"' in page.content.decode()
        assert there is (item.sign in SAFETY_LINE_SIGNS)


def test_a_page_that_lacks_it_is_found() -> None:
    sign = load_content().signs[next(iter(SAFETY_LINE_SIGNS))]
    assert telling(f"<h2>{escape(sign.title)}</h2>")
    assert not telling("<p>Two people, one evening.</p>")
