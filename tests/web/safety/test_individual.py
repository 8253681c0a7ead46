"""Help first: what the route changes on one's own pages, and what it leaves as it is."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.services import place_mark
from counterpoint.web.dynamics import rules
from counterpoint.web.dynamics.models import SoloFit
from counterpoint.web.dynamics.results import Quantity, SoloResult
from counterpoint.web.practice.queries import shelves
from counterpoint.web.safety import queries
from counterpoint.web.safety.services import forget_route, keep_route
from factories import browser_of, make_person
from web.dynamics.evenings import answer_evenings, evening_of
from web.worlds import CHANCE

pytestmark = pytest.mark.django_db

DAYS = 50
SAID = Quantity(mean=0.6, sd=0.1, q05=0.4, q50=0.6, q95=0.8, prob=0.99, said=True)
RESULT = SoloResult(
    place=(60.0, 55.0),
    spread=((20.0, 2.0), (2.0, 20.0)),
    draws=tuple((60.0 + at, 55.0 - at) for at in (-2, -1, 0, 1, 2)),
    same_day=SAID,
    same_day_mood_apart=None,
    couplings={"self<-connection": SAID},
    costs={"closeness_costs_self": SAID},
    at_the_top=False,
)
GONE = ("On the same day", "From one day to the next")


@pytest.fixture
def robin() -> User:
    """Somebody with fifty answered days, a wish, and a fit that may say everything."""
    person = make_person("robin", zone="UTC", simulated=True)
    last = answer_evenings(person, DAYS)
    place_mark(person, MarkKind.WISH, connection_points=80, self_points=80, key=uuid.uuid4())
    moment = evening_of(last)
    SoloFit.objects.create(
        owner=person, made_at=moment, made_on=last, from_on=last - timedelta(days=DAYS - 1),
        through_on=last, answered_days=DAYS, answers_digest="x", engine_version="1",
        content_version="1", prior_id="p", seed=1, sweeps=100, backend="compiled",
        provisional=False, is_usable=True, result=RESULT.to_json(),
    )  # fmt: skip
    return person


@pytest.fixture(autouse=True)
def _evening() -> object:
    from web.dynamics.evenings import MONDAY

    with time_machine.travel(evening_of(MONDAY + timedelta(days=DAYS)), tick=False):
        yield


def body_of(person: User, path: str) -> bytes:
    answer = browser_of(person).get(path)
    assert answer.status_code == 200
    return CHANCE.sub(rb'\1"', answer.content)


def plane(person: User) -> bytes:
    return body_of(person, reverse("dynamics:plane"))


def test_the_own_plane_leaves_out_what_goes_together_and_what_moves_what(robin: User) -> None:
    clear = plane(robin).decode()
    keep_route(robin, {"afraid": True})
    held = plane(robin).decode()
    said = load_content().phrase
    for heading in GONE:
        assert heading in clear
        assert heading not in held
    for phrase in ("same_day.together", "coupling.closeness_costs_self"):
        assert said(phrase) in clear
        assert said(phrase) not in held
    assert said("place.connection.further") in held


def test_it_is_the_page_of_closed_gates_to_the_byte(robin: User) -> None:
    """The same page as of somebody whose newest picture rests on too few days for more."""
    keep_route(robin, {"afraid": True})
    held = plane(robin)
    forget_route(robin)
    few = rules.SAME_DAY_FROM_DAYS - 1
    SoloFit.objects.update(answered_days=few)
    say = load_content().phrase
    waiting = plane(robin)
    assert held.count(say("days.known", days=DAYS).encode()) == 1
    assert waiting == held.replace(
        say("days.known", days=DAYS).encode(), say("days.known", days=few).encode()
    )


@pytest.mark.parametrize("days", [0, 3, rules.SAME_DAY_FROM_DAYS - 1])
def test_before_the_gates_open_nothing_differs_at_all(robin: User, days: int) -> None:
    if days >= rules.PLACE_FROM_DAYS:
        SoloFit.objects.update(answered_days=days)
    else:
        SoloFit.objects.all().delete()
    before = plane(robin)
    keep_route(robin, {"afraid": True})
    assert plane(robin) == before


@pytest.mark.parametrize("yes", ["loud_words", "hurting_oneself"])
def test_other_routes_leave_the_plane_as_it_is(robin: User, yes: str) -> None:
    before = plane(robin)
    keep_route(robin, {yes: True})
    assert plane(robin) == before


def test_deleting_the_line_brings_everything_back(robin: User) -> None:
    before = plane(robin)
    keep_route(robin, {"afraid": True})
    assert plane(robin) != before
    forget_route(robin)
    assert plane(robin) == before


@pytest.mark.parametrize("yes", ["afraid", "hurting_oneself"])
def test_help_comes_first_on_the_home(robin: User, yes: str) -> None:
    def first_heading() -> str:
        main = body_of(robin, "/today/").decode().split("<main", 1)[1]
        found = re.search(r"<h2[^>]*>([^<]+)<", main)
        assert found is not None
        return found[1]

    assert first_heading() == "How was today?"
    keep_route(robin, {yes: True})
    assert first_heading() == load_content().phrase("help.card.title")
    assert queries.comes_help_first(robin)


def test_the_card_reads_the_same_for_everybody_and_names_no_topic(robin: User) -> None:
    card = re.compile(r'<section class="[^"]*someone".*?</section>', re.DOTALL)
    (below,) = card.findall(body_of(robin, "/today/").decode())
    keep_route(robin, {"afraid": True})
    (above,) = card.findall(body_of(robin, "/today/").decode())
    assert above == below
    for word in ("safe", "fear", "afraid", "hurt", "violence", "partner", "crisis"):
        assert word not in above.lower()


@pytest.mark.parametrize("yes", [None, "afraid", "loud_words", "hurting_oneself"])
def test_the_check_is_offered_by_calendar_whatever_was_said(robin: User, yes: str | None) -> None:
    from web.dynamics.evenings import MONDAY

    User.objects.filter(pk=robin.pk).update(date_joined=evening_of(MONDAY))
    if yes is not None:
        keep_route(robin, {yes: True})
    offered = []
    for week in range(18):
        with time_machine.travel(evening_of(MONDAY + timedelta(weeks=week, days=3)), tick=False):
            page = browser_of(robin).get("/today/").content.decode()
        if 'href="/quiet/"' in page:
            offered.append(week)
    assert offered == [0, 8, 16]


PROMPTS = re.compile(r"invite|invitation|share with|tell your partner|show your partner", re.I)


def test_no_own_page_prompts_anybody_to_share_or_invite(robin: User) -> None:
    """So nothing has to vanish for one person: there is no such prompt for anybody."""
    keep_route(robin, {"afraid": True})
    for path in ("/today/", "/plane/", "/days/", "/practice/", "/questions/", "/account/"):
        main = body_of(robin, path).decode().split("<main", 1)[1].split("</main>", 1)[0]
        assert PROMPTS.search(main) is None, path


@pytest.mark.parametrize("weeks", range(4))
def test_the_plan_is_that_of_somebody_of_whom_nothing_is_known_to_the_byte(
    robin: User, weeks: int
) -> None:
    from web.dynamics.evenings import MONDAY

    joined = evening_of(MONDAY + timedelta(days=DAYS)) - timedelta(weeks=weeks)
    User.objects.filter(pk=robin.pk).update(date_joined=joined)
    assert (
        load_content().phrase("plan.because.place.connection.further")
        in body_of(robin, "/practice/why/").decode()
    )
    keep_route(robin, {"afraid": True})
    held = [body_of(robin, path) for path in ("/practice/", "/practice/why/")]
    forget_route(robin)
    SoloFit.objects.all().delete()
    assert [body_of(robin, path) for path in ("/practice/", "/practice/why/")] == held


def test_the_shelves_are_the_same_for_everybody_and_begin_with_what_is_done_alone(
    robin: User,
) -> None:
    """Nothing vanishes for one person: an exercise for two says how one half is done alone."""
    before = body_of(robin, "/practice/").split(b'id="shelves"')[1]
    keep_route(robin, {"afraid": True})
    assert body_of(robin, "/practice/").split(b'id="shelves"')[1] == before
    content = load_content()
    for shelf in shelves(robin):
        joint = [exercise.joint for exercise, _ in shelf.exercises]
        assert joint == sorted(joint)
    for exercise in content.exercises.values():
        assert not (exercise.joint and exercise.discloses)
        assert bool(exercise.alone) is exercise.joint


def test_the_stored_picture_tells_nobody_who_holds_the_database(robin: User) -> None:
    """A fit made on either route has the same form; only the page leaves things out."""
    from counterpoint.web.dynamics.services.solo import fit_person

    SoloFit.objects.all().delete()
    fit_person(robin, backend="portable")
    clear = SoloFit.objects.get(owner=robin)
    SoloFit.objects.all().delete()
    keep_route(robin, {"afraid": True})
    fit_person(robin, backend="portable")
    held = SoloFit.objects.get(owner=robin)
    assert held.result == clear.result
