from __future__ import annotations

import copy
import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from counterpoint.content import load_content
from counterpoint.domain.dyad import Member
from counterpoint.engine import STATE_NAMES
from counterpoint.web.dynamics.couple_page import couple_page
from counterpoint.web.dynamics.services import simulated as maker
from counterpoint.web.dynamics.simulated import read_couple, simulated_couple

SWAPPED = dict(zip(STATE_NAMES, STATE_NAMES[2:] + STATE_NAMES[:2], strict=True))


def stored() -> dict:
    from importlib import resources

    file = resources.files("counterpoint.web.dynamics") / "data" / "simulated_couple.json"
    return json.loads(file.read_text("utf-8"))


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What the command writes now."""
    path = maker.write_couple(tmp_path_factory.mktemp("made"))
    return json.loads(path.read_text("utf-8"))


def test_simulating_again_gives_the_committed_days(made_again: dict) -> None:
    committed = stored()
    assert [p["days"] for p in made_again["partners"]] == [p["days"] for p in committed["partners"]]
    days = tuple(partner["days"] for partner in committed["partners"])
    assert committed["made_with"]["days_digest"] == maker.days_digest(days)


def test_fitting_again_agrees_to_chance(made_again: dict) -> None:
    committed = {(f["quantity"], f["effect"], f["cause"]): f for f in stored()["findings"]}
    assert len(made_again["findings"]) == len(committed) == 35
    for found in made_again["findings"]:
        before = committed[found["quantity"], found["effect"], found["cause"]]
        assert abs(found["mean"] - before["mean"]) < 0.3 * before["sd"]
        assert found["truth"] == before["truth"]


def test_another_chain_agrees_to_chance() -> None:
    from counterpoint.engine import fit_dyad

    days, truth = maker.simulate_days()
    diary = maker.couple_diary(days)
    fit = fit_dyad(diary, backend="portable", sweeps=2000, seed=4711, prior=maker._prior())
    committed = {(f["quantity"], f["effect"], f["cause"]): f for f in stored()["findings"]}
    for found in maker._findings(fit, truth):
        before = committed[found.quantity, found.effect, found.cause]
        assert abs(found.mean - before["mean"]) < 0.5 * before["sd"]


def test_the_committed_file_was_made_by_this_engine(made_again: dict) -> None:
    assert made_again["made_with"] == stored()["made_with"]


def test_days_are_those_of_the_checkin() -> None:
    couple = simulated_couple()
    for member in Member:
        partner = couple.partner(member)
        answered = [day for day in partner.days if day is not None]
        assert len(partner.days) == 70
        assert partner.answered_days == len(answered) >= 46
        for day in answered:
            assert {"g", "c1", "s1"} <= set(day.taps)
            assert all(0 <= tap <= 10 for tap in day.taps.values())
            assert set(day.taps) - {"g", "c1", "s1"} in (set(), set(day.coin))


def test_nothing_is_said_that_the_engine_would_not_say() -> None:
    couple = simulated_couple()
    for found in couple.of("same_day"):
        assert found.said is (max(found.prob, 1 - found.prob) >= 0.9)
    for found in couple.of("cost"):
        assert found.said is (found.prob >= 0.8)
    assert not any(found.said for found in couple.of("coupling"))


def swapped(couple: dict) -> dict:
    """The same couple with the two members exchanged."""
    other = copy.deepcopy(couple)
    other["partners"].reverse()
    other["nearer_prob"] = 1 - couple["nearer_prob"]
    for found in other["findings"]:
        found["effect"] = SWAPPED[found["effect"]]
        found["cause"] = SWAPPED.get(found["cause"], "")
        if found["quantity"] in ("same_day", "share"):
            pair = sorted((found["effect"], found["cause"]), key=STATE_NAMES.index)
            found["effect"], found["cause"] = pair
    return other


def test_swapping_the_partners_swaps_the_text_exactly() -> None:
    straight = couple_page(read_couple(stored()))
    other = couple_page(read_couple(swapped(stored())))
    one, two = straight.names
    for kind in ("place", "same_day", "couplings"):
        for part in ("said", "open"):
            before = getattr(straight, f"{kind}_{part}")
            after = getattr(other, f"{kind}_{part}")
            own = {s for s in before if (one in s) != (two in s)}
            assert own == {s for s in after if (one in s) != (two in s)}
            assert len(before) == len(after)
            renamed = {exchange(sentence, one, two) for sentence in after}
            assert {sentence for sentence in before if sentence not in own} <= renamed | set(after)


def exchange(sentence: str, one: str, two: str) -> str:
    return sentence.replace(one, "\0").replace(two, one).replace("\0", two)


def test_page_says_simulated_and_asks_before_it_shows(as_nobody: Client) -> None:
    html = as_nobody.get(reverse("dynamics:simulated")).content.decode()
    main = html.split("<main", 1)[1].split("</main>", 1)[0]
    assert "Simulated" in main
    assert "never lived" in main
    before_pictures = main.split(">", 1)[1].split("<svg", 1)[0]
    assert "Before you look" in before_pictures
    assert not re.search(r"\d", re.sub(r"<[^>]*>", "", before_pictures))
    assert main.count("<svg") == 6  # the weeks as music are drawn for phones and for wide screens
    assert main.count("<table") == 5


@pytest.mark.django_db
def test_page_holds_what_may_and_what_may_not_be_said(as_nobody: Client) -> None:
    html = as_nobody.get(reverse("dynamics:simulated")).content.decode()
    page = couple_page(simulated_couple())
    for sentence in (*page.place_said, *page.same_day_said, *page.same_day_open):
        assert sentence.replace("'", "&#x27;") in html
    assert page.couplings_said
    assert page.same_day_open
    assert "courts" in html
    assert "%" not in re.sub(r"<[^>]*>", "", html.split("<main", 1)[1])


def test_page_names_no_style_and_no_verdict(as_nobody: Client) -> None:
    html = as_nobody.get(reverse("dynamics:simulated")).content.decode()
    words = re.sub(r"<[^>]*>", " ", html.split("<main", 1)[1].split("</main>", 1)[0])
    for banned in ("codepend", "independen", "interdepend", "healthy", "toxic", "better than"):
        assert banned not in words.lower()


def test_without_a_cost_the_page_says_that_the_days_cannot_tell() -> None:
    couple = stored()
    for found in couple["findings"]:
        if found["quantity"] == "cost":
            found["said"] = False
    page = couple_page(read_couple(couple))
    expected = load_content().phrase("pair.coupling.cannot_tell", one="Robin", other="Sam")
    assert page.couplings_open == (expected,)


def test_counts_of_right_sentences_are_counted_not_claimed() -> None:
    couple = stored()
    page = couple_page(read_couple(couple))
    said = len(page.place_said) + len(page.same_day_said) + len(page.couplings_said)
    assert page.said == said
    assert 0 < page.right <= said
    for found in couple["findings"]:
        if found["quantity"] == "level":
            wish = couple["partners"][0 if found["effect"].endswith("_a") else 1]["wish"]
            axis = 0 if found["effect"].startswith("connection") else 1
            against = couple["partners"][0 if found["effect"].endswith("_a") else 1]["against"]
            far = {"near": 30, "above": -1, "below": 1, "": 0}[against[axis]]
            found["truth"] = wish[axis] + far
        elif found["said"]:
            found["truth"] = -found["mean"]
    assert couple_page(read_couple(couple)).right == 0


def test_what_is_true_is_counted_as_right() -> None:
    couple = stored()
    for found in couple["findings"]:
        if found["quantity"] == "level":
            member = 0 if found["effect"].endswith("_a") else 1
            axis = 0 if found["effect"].startswith("connection") else 1
            partner = couple["partners"][member]
            offset = {"near": 0, "above": 1, "below": -1, "": 0}[partner["against"][axis]]
            found["truth"] = partner["wish"][axis] + offset
        else:
            found["truth"] = found["mean"]
    page = couple_page(read_couple(couple))
    assert page.right == page.said
