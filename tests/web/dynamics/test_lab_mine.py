"""The lab begun from one's own days: only what may be said, only one's own, in no address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from counterpoint.content import load_content
from counterpoint.engine import backend_ready
from counterpoint.engine.lab import DIAL
from counterpoint.web.accounts.models import User
from counterpoint.web.dynamics.lab_dials import Dial
from counterpoint.web.dynamics.lab_mine import COUPLING_AT_THE_END, own_dials, with_own
from counterpoint.web.dynamics.models import SoloFit
from counterpoint.web.dynamics.services import solo
from counterpoint.web.dynamics.services.lab_dance import invented_pairs
from counterpoint.web.safety import services as safety_services
from factories import browser_of, make_person
from web.dynamics.evenings import answer_evenings, evening_of

pytestmark = pytest.mark.django_db

FULL = "compiled" if backend_ready() else "portable"
SAID = load_content().phrase
CLOSED = "lab.mine.closed"


@pytest.fixture
def robin() -> User:
    return make_person("robin", zone="UTC", simulated=True)


def fitted(person: User, days: int) -> date:
    last = answer_evenings(person, days)
    with time_machine.travel(evening_of(last), tick=False):
        assert solo.fit_person(person, backend=FULL) is True
    return last


def tell(person: User, costs: Mapping[str, float]) -> None:
    """Let the stored fit say these costs, and no other."""
    row = SoloFit.objects.get(owner=person)
    for name, found in row.result["costs"].items():
        found["said"] = name in costs
        found["mean"] = costs.get(name, found["mean"])
    row.save()


def page_on(person: User, day: date, sent: Mapping[str, str] | None = None) -> str:
    with time_machine.travel(evening_of(day), tick=False):
        browser = browser_of(person)
        address = reverse("dynamics:lab_mine")
        response = browser.get(address) if sent is None else browser.post(address, sent)
    assert response.status_code == 200
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def chosen(page: str, name: str) -> str:
    row = page.split(f'name="{name}"', 1)[1].split("</select>", 1)[0]
    found = re.search(r'value="(-?\d+)" selected', row)
    assert found is not None
    return found.group(1)


def test_before_the_gate_it_is_the_lab_as_it_is(robin: User) -> None:
    last = fitted(robin, 20)
    page = page_on(robin, last)
    assert SAID(CLOSED) in page
    assert chosen(page, "a3") == str(invented_pairs()["chase"].dials[0][2])


def test_what_may_be_said_stands_in_the_first_ones_dials(robin: User) -> None:
    last = fitted(robin, 45)
    tell(robin, {"closeness_costs_self": 0.18})
    page = page_on(robin, last)
    assert chosen(page, "a3") == "-40"
    assert chosen(page, "a2") == str(invented_pairs()["chase"].dials[0][1])
    assert [chosen(page, f"b{at}") for at in range(1, 9)] == [
        str(value) for value in invented_pairs()["chase"].dials[1]
    ]
    for sentence in (
        SAID("lab.mine.open", name="Ari"),
        SAID("lab.mine.which", what="After a near day, Ari is less themselves"),
        SAID("lab.mine.uncertain"),
        SAID("lab.mine.other", second="Bo"),
    ):
        assert sentence in page
    assert SAID("lab.not_yours") not in page


def test_where_days_cannot_tell_nothing_is_taken_from_them(robin: User) -> None:
    last = fitted(robin, 45)
    tell(robin, {})
    assert own_dials(robin, last) == {}
    page = page_on(robin, last)
    assert SAID("lab.mine.none") in page
    assert SAID("lab.mine.uncertain") not in page


def test_the_quiet_line_looks_as_before_the_gate(robin: User) -> None:
    last = fitted(robin, 45)
    tell(robin, {"closeness_costs_self": 0.18, "self_costs_closeness": 0.2})
    assert own_dials(robin, last) == {Dial.NEAR_TO_SELF: -40, Dial.SELF_TO_NEAR: -44}
    safety_services.keep_route(robin, {"afraid": True})
    assert own_dials(robin, last) is None
    other = make_person("kim", zone="UTC", simulated=True)
    assert page_on(robin, last) == page_on(other, last)


def test_a_turned_dial_goes_in_the_body_and_is_not_kept(robin: User) -> None:
    last = fitted(robin, 45)
    tell(robin, {"closeness_costs_self": 0.18})
    page = page_on(robin, last, {"pair": "fused", "a3": "50", "b8": "0"})
    assert (chosen(page, "a3"), chosen(page, "b8")) == ("50", "0")
    assert 'method="post"' in page
    assert f'hx-post="{reverse("dynamics:lab_mine")}"' in page
    assert chosen(page_on(robin, last), "a3") == "-40"
    assert not re.search(r'href="[^"]*a3=', page)


def test_a_large_coupling_stands_at_the_end_of_its_dial(robin: User) -> None:
    last = fitted(robin, 45)
    tell(robin, {"self_costs_closeness": 0.9})
    own = own_dials(robin, last)
    assert own == {Dial.SELF_TO_NEAR: -100}
    pair = invented_pairs()["steady_two"]
    mine = with_own(pair, own)
    assert mine.dials[0] == (50, -100, *pair.dials[0][2:])
    assert mine.dials[1] == pair.dials[1]
    assert COUPLING_AT_THE_END == DIAL


def test_a_provisional_or_unreadable_fit_tells_nothing(robin: User) -> None:
    last = fitted(robin, 45)
    tell(robin, {"closeness_costs_self": 0.18})
    SoloFit.objects.update(provisional=True)
    assert own_dials(robin, last) is None
    SoloFit.objects.update(provisional=False, is_usable=False)
    assert own_dials(robin, last) is None


def test_reached_from_the_lab_by_who_is_signed_in(robin: User, as_nobody) -> None:
    link = f'href="{reverse("dynamics:lab_mine")}"'
    assert link in browser_of(robin).get(reverse("dynamics:lab")).content.decode()
    assert link not in as_nobody.get(reverse("dynamics:lab")).content.decode()
