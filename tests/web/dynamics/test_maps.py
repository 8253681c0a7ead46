"""Two maps of one dance: both stand side by side only if both lie open; nothing is inferred."""

from __future__ import annotations

import re
from itertools import product

import pytest
from django.urls import reverse

from counterpoint.content import load_content
from counterpoint.domain.couplings import Cost
from counterpoint.web.accounts import portability
from counterpoint.web.accounts.models import User
from counterpoint.web.couples import services as couples_services
from counterpoint.web.couples.models import Couple
from counterpoint.web.dynamics import queries
from counterpoint.web.dynamics.models import DanceMap
from counterpoint.web.dynamics.services import maps
from counterpoint.web.dynamics.services.lab import play_map
from factories import browser_of
from pairs import join

MINE = dict.fromkeys(Cost, 4)
THEIRS = dict.fromkeys(Cost, 0)


@pytest.fixture
def couple(owner: User, partner: User) -> Couple:
    return join(owner, partner)


def page_of(person: User) -> str:
    response = browser_of(person).get(reverse("dynamics:maps"))
    assert response.status_code == 200
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_there_from_the_day_of_joining(couple: Couple, owner: User) -> None:
    page = page_of(owner)
    for cost in Cost:
        assert load_content().phrase(f"maps.{cost}.stem") in page
    assert "Draw my map" in page
    assert "The dance as" not in page


def test_four_sentences_become_a_picture(couple: Couple, owner: User) -> None:
    browser = browser_of(owner)
    sent = browser.post(reverse("dynamics:maps"), {cost.value: "3" for cost in Cost})
    assert sent.status_code == 302
    assert queries.own_map(owner) == queries.OwnMap(dict.fromkeys(Cost, 3), False)
    page = page_of(owner)
    assert "The dance as I know it" in page
    assert "Only you can see it." in page


@pytest.mark.parametrize("step", ["5", "-1", "x", ""])
def test_a_step_that_is_none_is_asked_again(couple: Couple, owner: User, step: str) -> None:
    answers = {cost.value: "2" for cost in Cost} | {Cost.PULL_AWAY.value: step}
    page = browser_of(owner).post(reverse("dynamics:maps"), answers).content.decode()
    assert "Choose one of the five." in page
    assert DanceMap.objects.count() == 0


def test_both_are_seen_only_if_both_lie_open(couple: Couple, owner: User, partner: User) -> None:
    maps.save_map(owner, couple.pk, MINE)
    maps.lay_open(owner, couple.pk)
    alone = page_of(owner)
    maps.save_map(partner, couple.pk, THEIRS)
    assert page_of(owner) == alone
    assert queries.both_maps(owner) is None
    assert queries.both_maps(partner) is None
    maps.lay_open(partner, couple.pk)
    assert queries.both_maps(owner) == (MINE, THEIRS)
    assert queries.both_maps(partner) == (THEIRS, MINE)
    assert load_content().phrase("maps.question") in page_of(owner)
    maps.close_map(partner, couple.pk)
    assert page_of(owner) == alone


@pytest.mark.parametrize("end", [couples_services.stop_everything, couples_services.leave])
def test_stopping_or_leaving_takes_the_map_back(
    couple: Couple, owner: User, partner: User, end
) -> None:
    for person, steps in ((owner, MINE), (partner, THEIRS)):
        maps.save_map(person, couple.pk, steps)
        maps.lay_open(person, couple.pk)
    end(partner)
    assert queries.both_maps(owner) is None
    assert queries.own_map(owner) == queries.OwnMap(MINE, True)


def test_nobody_else_has_such_a_page(couple: Couple, stranger: User) -> None:
    for route in ("dynamics:maps", "dynamics:joint"):
        assert browser_of(stranger).get(reverse(route)).status_code == 404
    assert browser_of(stranger).post(reverse("dynamics:lay_open")).status_code == 404


def test_every_map_settles_and_the_middle_moves_nobody_else() -> None:
    for steps in product(range(5), repeat=len(Cost)):
        path = play_map(dict(zip(Cost, steps, strict=True)))
        assert max(abs(v) for v in (*path[-1].connection, *path[-1].self)) < 0.6
    still = play_map(dict.fromkeys(Cost, 2))
    assert all(day.connection[1] == day.self[1] == 0 for day in still)


def test_own_map_is_taken_along_and_erased(couple: Couple, owner: User, partner: User) -> None:
    maps.save_map(owner, couple.pk, MINE)
    maps.save_map(partner, couple.pk, THEIRS)
    entry = next(each for each in portability.entries() if each.label == "dynamics")
    rows = entry.export(owner)["maps"]
    assert [row["pull_away"] for row in rows] == [4]
    entry.erase(owner)
    assert list(DanceMap.objects.values_list("owner_id", flat=True)) == [partner.pk]
