"""Hunches: sealed, changed while sealed, opened for good beside what the days may say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from counterpoint.content import load_content
from counterpoint.content.telling import Guess, tell_hunch
from counterpoint.domain.bearings import Bearing
from counterpoint.domain.couplings import Cost
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples import services as couples
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms
from counterpoint.web.dynamics import rules
from counterpoint.web.dynamics.hunches import hunch_page, lean_of
from counterpoint.web.dynamics.models import Hunch, SoloFit
from counterpoint.web.dynamics.portability import (
    HUNCH_COLUMNS,
    erase_dynamics,
    export_dynamics,
)
from counterpoint.web.dynamics.queries import own_hunches
from counterpoint.web.dynamics.release_content import JointPicture, Numbers
from counterpoint.web.dynamics.results import Quantity, SoloResult
from counterpoint.web.dynamics.services.hunches import open_hunch, seal_hunches
from counterpoint.web.safety.services import forget_route, keep_route
from factories import browser_of, make_person
from pairs import OCTOBER, SUNDAY, days_until, join, share_both
from web.dynamics.evenings import MONDAY, answer_evenings, evening_of
from web.dynamics.test_joint import every_word
from web.worlds import CHANCE

CONTENT = load_content()
SAY = CONTENT.phrase
OWN = [cost for cost in Cost if not cost.cause_is_partner]
OF_BOTH = [cost for cost in Cost if cost.cause_is_partner]
DAYS = 50
OPEN = Quantity(mean=0.0, sd=0.2, q05=-0.3, q50=0.0, q95=0.3, prob=0.5, said=False)
ALL_HIGH = {cost.value: "high" for cost in Cost}


def main_of(client: Client, where: str = "/hunches/") -> str:
    page = client.get(where).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def result(*, costs: bool = False, supports: bool = False) -> SoloResult:
    """Return numbers whose couplings within one person say a cost, its other way, or neither."""
    couplings = {}
    for cost in OWN:
        mean = -cost.sign * 0.5 if supports else 0.0
        name = f"{cost.effect_axis.value}<-{cost.cause_axis.value}"
        couplings[name] = replace(OPEN, mean=mean, said=supports)
    return SoloResult(
        place=(60.0, 55.0),
        spread=((20.0, 2.0), (2.0, 20.0)),
        draws=((60.0, 55.0),),
        same_day=OPEN,
        same_day_mood_apart=None,
        couplings=couplings,
        costs={cost.value: replace(OPEN, said=costs) for cost in OWN},
        at_the_top=False,
    )


def fit(person: User, found: SoloResult, *, days: int = DAYS, provisional: bool = False) -> None:
    last = MONDAY + timedelta(days=DAYS - 1)
    SoloFit.objects.all().delete()
    SoloFit.objects.create(
        owner=person, made_at=evening_of(last), made_on=last, from_on=MONDAY, through_on=last,
        answered_days=days, answers_digest="x", engine_version="1", content_version="1",
        prior_id="p", seed=1, sweeps=100, backend="compiled", provisional=provisional,
        is_usable=True, result=found.to_json(),
    )  # fmt: skip


@pytest.fixture
def robin(db: None) -> User:
    """Somebody with fifty answered days and four open hunches, each that it costs."""
    person = make_person("robin", zone="UTC", simulated=True)
    answer_evenings(person, DAYS)
    seal_hunches(person, dict.fromkeys(Cost, Guess.HIGH))
    with time_machine.travel(evening_of(MONDAY + timedelta(days=30)), tick=False):
        for cost in Cost:
            open_hunch(person, cost)
    return person


@pytest.fixture
def now():
    with time_machine.travel(evening_of(MONDAY + timedelta(days=DAYS)), tick=False) as traveller:
        yield traveller


def told(person: User) -> dict[Cost, tuple[str, ...]]:
    today = clock.today(person.zone)
    return {card.cost: card.told for card in hunch_page(person, today).opened}


def test_four_sentences_are_offered_each_with_three_ends_and_none(as_owner: Client) -> None:
    page = main_of(as_owner)
    for cost in Cost:
        assert SAY(f"hunch.{cost.value}.stem") in page
        found = re.findall(rf'name="{cost.value}" value="([^"]*)"( checked)?', page)
        assert found == [("low", ""), ("middle", ""), ("high", ""), ("", " checked")]
    assert "Open it" not in page


def test_what_is_sealed_can_be_changed_until_it_is_open(owner: User, as_owner: Client) -> None:
    assert as_owner.post("/hunches/", ALL_HIGH)["Location"] == "/hunches/"
    page = main_of(as_owner)
    assert page.count("Open it") == 4
    assert SAY("hunch.for_good") in page
    assert page.count(' value="high" checked') == 4
    as_owner.post("/hunches/", {**ALL_HIGH, "contagion": "low", "pull_away": ""})
    assert {cost: hunch.guess for cost, hunch in own_hunches(owner).items()} == {
        Cost.CONTAGION: "low",
        Cost.CLOSENESS_COSTS_SELF: "high",
        Cost.SELF_COSTS_CLOSENESS: "high",
        Cost.PULL_AWAY: "",
    }


def test_one_that_is_open_stays_as_it_was(owner: User, as_owner: Client) -> None:
    as_owner.post("/hunches/", ALL_HIGH)
    answer = as_owner.post("/hunches/open/", {"hunch": "contagion"})
    assert answer["Location"] == "/hunches/#contagion"
    first = Hunch.objects.get(owner=owner, cost="contagion")
    page = main_of(as_owner)
    assert 'name="contagion"' not in page
    assert "It stays as it was." in page
    assert page.count("Open it") == 3
    as_owner.post("/hunches/", {**ALL_HIGH, "contagion": "low"})
    seal_hunches(owner, {Cost.CONTAGION: Guess.LOW})
    as_owner.post("/hunches/open/", {"hunch": "contagion"})
    again = Hunch.objects.get(owner=owner, cost="contagion")
    assert (again.guess, again.changed_at, again.opened_at) == (
        "high", first.changed_at, first.opened_at,
    )  # fmt: skip


def test_sealing_twice_leaves_one_row_and_its_time(owner: User, as_owner: Client) -> None:
    as_owner.post("/hunches/", ALL_HIGH)
    before = list(Hunch.objects.order_by("cost").values())
    as_owner.post("/hunches/", ALL_HIGH)
    assert list(Hunch.objects.order_by("cost").values()) == before
    assert len(before) == 4


def test_an_end_that_is_none_keeps_the_others_in_the_form(as_owner: Client) -> None:
    answer = as_owner.post("/hunches/", {**ALL_HIGH, "pull_away": "enormous"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count(' value="high" checked') == 3
    assert page.count("Choose one of the ends") == 1
    assert 'aria-describedby="pull_away-error"' in page
    assert Hunch.objects.count() == 0


@pytest.mark.parametrize("sent", ["", "no", "contagion"])
def test_what_was_not_sealed_cannot_be_opened(as_owner: Client, sent: str) -> None:
    assert as_owner.post("/hunches/open/", {"hunch": sent}).status_code == 404
    assert Hunch.objects.count() == 0


def test_a_partners_hunch_is_not_there(owner: User, as_owner: Client, as_partner: Client) -> None:
    as_owner.post("/hunches/", ALL_HIGH)
    assert as_partner.post("/hunches/open/", {"hunch": "contagion"}).status_code == 404
    assert "Open it" not in main_of(as_partner)
    assert not Hunch.objects.filter(opened_at__isnull=False).exists()


@pytest.mark.parametrize("cost", OWN)
def test_opened_beside_the_days_once_they_may_speak(robin: User, now, cost: Cost) -> None:
    for found, bearing in (
        (result(costs=True), Bearing.COSTS),
        (result(supports=True), Bearing.SUPPORTS),
        (result(), Bearing.NOT_SAID),
    ):
        fit(robin, found)
        assert lean_of(found, cost) is bearing
        assert told(robin)[cost] == tell_hunch(CONTENT, cost, Guess.HIGH, bearing)
    assert told(robin)[cost][1] == SAY("hunch.stands")


@pytest.mark.parametrize(
    "closed", [{"days": rules.COUPLINGS_FROM_DAYS - 1}, {"provisional": True}], ids=str
)
def test_before_the_gate_every_hunch_stands(robin: User, now, closed: dict) -> None:
    fit(robin, result(costs=True), **closed)
    for cost in OWN:
        assert told(robin)[cost][1] == SAY("hunch.stands")
    SoloFit.objects.all().delete()
    assert all(told(robin)[cost][1] == SAY("hunch.stands") for cost in OWN)


def test_what_comes_from_the_partner_is_not_told_from_ones_own_days(robin: User, now) -> None:
    fit(robin, result(costs=True))
    for cost in OF_BOTH:
        assert told(robin)[cost][1] == SAY("hunch.of_both")


def test_when_the_days_may_speak_is_said_only_before(robin: User, now) -> None:
    later = SAY("hunch.later", needed=rules.COUPLINGS_FROM_DAYS)
    assert hunch_page(robin, clock.today("UTC")).later == ""
    few = make_person("few", zone="UTC", simulated=True)
    answer_evenings(few, rules.COUPLINGS_FROM_DAYS - 1)
    assert hunch_page(few, clock.today("UTC")).later == later


def body(person: User) -> bytes:
    return CHANCE.sub(rb'\1"', browser_of(person).get("/hunches/").content)


def test_on_the_careful_route_it_is_the_page_of_closed_gates_to_the_byte(robin: User, now) -> None:
    fit(robin, result(costs=True))
    clear = body(robin)
    keep_route(robin, {"afraid": True})
    held = body(robin)
    forget_route(robin)
    fit(robin, result())
    assert held == body(robin)
    assert SAY("hunch.agrees").encode() in clear
    assert SAY("hunch.agrees").encode() not in held


@pytest.fixture
def two(db: None):
    """A couple in October; whoever asks is the first of the two."""
    with time_machine.travel(OCTOBER, tick=False) as traveller:
        one, other = make_person("one", zone="UTC"), make_person("other", zone="UTC")
        couple = join(one, other)
        share_both(one, other, Kind.PATTERNS, Kind.DAYS)
        seal_hunches(one, dict.fromkeys(Cost, Guess.HIGH))
        for cost in Cost:
            open_hunch(one, cost)
        traveller.move_to(SUNDAY)
        yield one, other, couple


NUMBERS = Numbers(
    first_on=date(2026, 10, 1),
    notes=dict.fromkeys(Member, ()),
    answered=dict.fromkeys(Member, DAYS),
    place=None,
    spread=None,
    own_same_day=dict.fromkeys(Member, OPEN),
    between=dict.fromkeys(Axis, OPEN),
    couplings={},
    alone_days=(0.0, 1.0),
    adapt_detach=(0, 4),
    repair=(0, 4),
)


def publish(couple, *, exact: bool, bearing: Bearing) -> None:
    """Publish a joint picture in which every coupling of both leans one way."""
    bands = replace(
        next(iter(every_word())),
        costs={member: dict.fromkeys(Cost, bearing) for member in Member},
    )
    picture = JointPicture(bands, NUMBERS if exact else None)

    def build(terms: ReleaseTerms) -> ReleaseDraft:
        held = dict.fromkeys(Member, days_until(terms.days_until, 20))
        return ReleaseDraft(content=picture.to_json(), held=held)

    couples.publish_release(couple.pk, build, clock.now())


@pytest.mark.parametrize("bearing", list(Bearing))
def test_in_an_open_diary_what_comes_from_the_partner_is_told(two, bearing: Bearing) -> None:
    one, _, couple = two
    publish(couple, exact=True, bearing=bearing)
    for cost in OF_BOTH:
        assert told(one)[cost] == tell_hunch(CONTENT, cost, Guess.HIGH, bearing, alone=False)
    for cost in OWN:
        assert told(one)[cost][1] == SAY("hunch.stands")


def test_a_picture_in_bands_tells_nothing_here(two) -> None:
    one, _, couple = two
    publish(couple, exact=False, bearing=Bearing.COSTS)
    for cost in OF_BOTH:
        assert told(one)[cost][1] == SAY("hunch.of_both")


def test_once_it_is_withdrawn_nothing_of_it_is_told(two) -> None:
    one, other, couple = two
    publish(couple, exact=True, bearing=Bearing.COSTS)
    couples.withdraw(other, Kind.DAYS)
    for cost in OF_BOTH:
        assert told(one)[cost][1] == SAY("hunch.of_both")


def test_hunches_are_offered_on_the_plane_from_the_fourth_day(db: None, now) -> None:
    for days, offered in ((0, False), (2, False), (3, True)):
        person = make_person(f"days{days}", zone="UTC", simulated=True)
        answer_evenings(person, days, first=date(2026, 4, 1))
        assert ('href="/hunches/"' in main_of(browser_of(person), "/plane/")) is offered


def test_hunches_are_taken_along_and_erased(owner: User, partner: User) -> None:
    for person in (owner, partner):
        seal_hunches(person, {Cost.CONTAGION: Guess.LOW, Cost.PULL_AWAY: None})
    rows = export_dynamics(owner)["hunches"]
    assert [(row["cost"], row["guess"]) for row in rows] == [  # type: ignore[index,union-attr] # rows, as always
        ("contagion", "low"),
        ("pull_away", ""),
    ]
    assert set(rows[0]) == set(HUNCH_COLUMNS)  # type: ignore[index,arg-type] # rows, as always
    erase_dynamics(owner)
    assert {hunch.owner for hunch in Hunch.objects.all()} == {partner}
