"""Whatever somebody said in the quiet check, both see the same joint pages, byte for byte.

Case 6: a partner infers B's safety answers from anything that vanishes, of the partner's own
pages or of B's joint pages, which a partner can make B open.
"""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from counterpoint.domain.couplings import Cost
from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment.services import draw_order as draw_questions
from counterpoint.web.core import clock
from counterpoint.web.couples import services as couples
from counterpoint.web.couples.kinds import CardKind, Kind
from counterpoint.web.couples.models import Couple
from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms
from counterpoint.web.diary.services import draw_order as draw_items
from counterpoint.web.dynamics.release_content import JointPicture
from counterpoint.web.dynamics.services import maps
from factories import browser_of
from pairs import OCTOBER, SUNDAY, days_until, join, share_both
from people import make_person
from quiet import HELD, WAYS, answer
from web.dynamics.test_joint import every_word
from web.worlds import all_got, all_paths, differences, in_a_world

YESTERDAY = date(2026, 10, 31)
NOBODY = uuid.UUID(int=7)
JOINT = re.compile(r"^/two/")
PUBLIC = re.compile(r"^/info/|^/example/|^/$")


@pytest.fixture
def two(db: None) -> Iterator[tuple[User, User, Couple]]:
    """A and B share and have a joint picture, two open maps and two turned cards."""
    with time_machine.travel(OCTOBER, tick=False) as calendar:
        a, b = make_person("a"), make_person("b")
        couple = join(a, b)
        share_both(a, b, Kind.PATTERNS, Kind.PLACE, Kind.PRACTICE)
        for person in (a, b):
            draw_questions(person)  # drawn by chance at the first look
            draw_items(person)
            maps.save_map(person, couple.pk, dict.fromkeys(Cost, 3))
            maps.lay_open(person, couple.pk)
            couples.lay_card(person, CardKind.WORKED, "that morning")
        calendar.move_to(SUNDAY)
        bands = random.Random(6).choice(list(every_word()))  # noqa: S311 - any picture will do

        def build(terms: ReleaseTerms) -> ReleaseDraft:
            held = dict.fromkeys(Member, days_until(terms.days_until, 20))
            return ReleaseDraft(content=JointPicture(bands).to_json(), held=held)

        assert couples.publish_release(couple.pk, build, clock.now()) is not None
        yield a, b, couple


def joint_paths() -> tuple[str, ...]:
    found = tuple(path for path in all_paths(YESTERDAY, NOBODY) if JOINT.match(path))
    assert {reverse("couples:page"), reverse("dynamics:joint"), reverse("dynamics:maps")} <= {
        *found
    }
    return found


@pytest.mark.parametrize("way", [way for way in WAYS if WAYS[way] is not None])
def test_the_partner_gets_the_same_of_everything(way: str, two: tuple[User, User, Couple]) -> None:
    a, b, _ = two
    paths = all_paths(YESTERDAY, NOBODY)
    before = in_a_world(lambda: None, lambda: all_got(a, paths))
    after = in_a_world(lambda: answer(b, WAYS[way]), lambda: all_got(a, paths))
    assert differences(before, after) == []


@pytest.mark.parametrize("way", [way for way in WAYS if WAYS[way] is not None])
def test_ones_own_look_at_what_is_joint_is_the_same(
    way: str, two: tuple[User, User, Couple]
) -> None:
    _, b, _ = two
    paths = joint_paths()
    before = in_a_world(lambda: None, lambda: all_got(b, paths))
    assert sum(got.status == 200 for got in before) > 6
    after = in_a_world(lambda: answer(b, WAYS[way]), lambda: all_got(b, paths))
    assert differences(before, after) == []


@pytest.mark.parametrize("way", [way for way in WAYS if WAYS[way] is not None])
def test_exercises_and_pages_of_words_are_the_same_for_everybody(
    way: str, two: tuple[User, User, Couple]
) -> None:
    _, b, _ = two
    paths = tuple(
        path
        for path in all_paths(YESTERDAY, NOBODY)
        if PUBLIC.match(path) or path.startswith(("/practice/", "/account/", "/quiet/"))
    )
    before = in_a_world(lambda: browser_of(b), lambda: all_got(b, paths))
    after = in_a_world(lambda: answer(b, WAYS[way]), lambda: all_got(b, paths))
    assert differences(before, after) == []


def test_what_is_done_on_a_joint_page_is_answered_alike(
    two: tuple[User, User, Couple],
) -> None:
    _, b, _ = two
    posts = [
        (reverse("couples:freeze"), {}),
        (reverse("couples:thaw"), {}),
        (reverse("dynamics:take_back"), {}),
        (reverse("dynamics:lay_open"), {}),
        (reverse("couples:kind", kwargs={"name": "place"}), {}),
    ]

    def answered() -> list[tuple[int, bytes, str]]:
        browser: Client = browser_of(b)
        found = [browser.post(path, data) for path, data in posts]
        return [(one.status_code, one.content, one["Location"]) for one in found]

    before = in_a_world(lambda: None, answered)
    assert in_a_world(lambda: answer(b, HELD), answered) == before


def test_when_a_new_joint_picture_may_come_does_not_depend_on_it(
    two: tuple[User, User, Couple],
) -> None:
    _, b, couple = two
    with time_machine.travel("2026-12-06T12:00:00Z", tick=False):
        before = couples.release_terms(couple.pk, clock.now())
        answer(b, HELD)
        assert couples.release_terms(couple.pk, clock.now()) == before


def test_the_home_holds_the_same_parts_in_another_order(
    two: tuple[User, User, Couple],
) -> None:
    """On B's own home help stands first; nothing is there that is not there for everybody."""
    _, b, _ = two

    def parts() -> list[bytes]:
        (got,) = all_got(b, ("/today/",))
        main = got.body.split(b"<main", 1)[1].split(b"</main>", 1)[0]
        return re.findall(rb"<section.*?</section>", main, re.DOTALL)

    before = parts()
    answer(b, HELD)
    after = parts()
    assert after != before
    assert sorted(after) == sorted(before)
    assert b"Someone to talk to" in after[0]
