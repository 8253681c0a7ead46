from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from counterpoint.domain.dyad import Member
from counterpoint.engine import (
    DyadFit,
    Finding,
    Reason,
    alone_together,
    bearings,
    further_costs,
    half_life,
    in_step,
    surface_parts,
    trade_off,
    who_feels_closer,
    who_moves_whom,
)
from engine_cases import FINE, fit_of_numbers, swapped_fit, with_days


def led_by_a() -> DyadFit:
    """a's days run on in b, not the other way round; a feels closer."""
    links = 0.3 * np.eye(4)
    links[2, 0] = links[3, 1] = 0.4
    return fit_of_numbers(level=[1.0, 0.5, -1.0, 0.5], transition=links)


def test_who_feels_closer_in_points_from_eleven_days() -> None:
    fit = led_by_a()
    found = who_feels_closer(fit)
    assert found.word == "a"
    assert found.said
    assert found.mean == pytest.approx(30.0, abs=0.3)
    assert found.q05 < found.q50 < found.q95
    assert who_feels_closer(with_days(fit, (11, 30))).said
    early = who_feels_closer(with_days(fit, (10, 30)))
    assert (early.word, early.said, early.reason) == ("", False, Reason.TOO_FEW_DAYS)
    assert early.days == 10


def test_who_moves_whom_waits_for_sixty_three_days() -> None:
    fit = led_by_a()
    assert who_moves_whom(fit).word == "a"
    assert who_moves_whom(with_days(fit, (63, 63))).said
    assert who_moves_whom(with_days(fit, (62, 90))).reason == Reason.TOO_FEW_DAYS
    assert who_moves_whom(fit_of_numbers()).reason == Reason.NOT_SURE


def test_half_life_of_a_known_memory_in_days() -> None:
    links = 0.5 * np.eye(4)
    assert half_life(fit_of_numbers(transition=links, spread=0.0)).q50 == pytest.approx(1.0)
    twice = fit_of_numbers(transition=links, spread=0.0, steps_a_day=2)
    assert half_life(twice).q50 == pytest.approx(0.5)
    assert half_life(fit_of_numbers(days=(41, 60))).reason == Reason.TOO_FEW_DAYS


def test_half_life_of_a_person_alone_is_of_their_own_states() -> None:
    links = np.diag([0.5, 0.5, 0.95, 0.95])
    alone = fit_of_numbers(transition=links, spread=0.0, days=(70, 0), observed=(True, False))
    assert half_life(alone).q50 == pytest.approx(1.0)
    assert half_life(alone).said


@pytest.mark.parametrize(("rho", "word"), [(0.0, "little"), (0.35, "some"), (0.8, "much")])
def test_in_step_has_three_bands(rho: float, word: str) -> None:
    noise = np.eye(4)
    noise[0, 2] = noise[2, 0] = rho
    connections, selves = in_step(fit_of_numbers(process_cov=noise, spread=0.01))
    assert connections.word == word
    assert connections.mean == pytest.approx(rho, abs=0.02)
    assert selves.word == "little"


def test_a_trade_off_is_told_both_ways() -> None:
    noise = np.eye(4)
    noise[0, 1] = noise[1, 0] = -0.6
    noise[2, 3] = noise[3, 2] = 0.6
    fit = fit_of_numbers(process_cov=noise, spread=0.02)
    assert trade_off(fit, Member.A).word == "take_turns"
    assert trade_off(fit, Member.B).word == "go_together"
    assert trade_off(with_days(fit, (20, 40)), Member.A).reason == Reason.TOO_FEW_DAYS
    assert trade_off(with_days(fit, (20, 40)), Member.B).said


def test_surface_parts_stand_side_by_side_and_are_never_said() -> None:
    fit = fit_of_numbers(level=[0.0, 1.2, 0.0, 0.0], process_cov=0.4 * np.eye(4), spread=0.02)
    parts = surface_parts(fit, Member.A)
    assert [part.quantity for part in parts] == [
        "surface_connection_sd",
        "surface_connection_level",
        "surface_self_level",
        "surface_connections_in_step",
    ]
    assert all(part.prob == pytest.approx(1.0) for part in parts)
    assert not any(part.said or part.word for part in parts)
    assert {part.reason for part in parts} == {Reason.INTERVAL_ONLY}


def test_engulfment_and_threat_are_costs_of_their_own_entries() -> None:
    links = 0.3 * np.eye(4)
    links[1, 2] = -0.4  # a's self makes way after b's closeness
    links[2, 1] = -0.4  # b's closeness makes way after a's self
    found = further_costs(fit_of_numbers(transition=links))
    said = {(cost.quantity, cost.about) for cost in found if cost.said}
    assert said == {
        ("engulfment", "self_a,connection_b"),
        ("threatened_by_partners_self", "connection_b,self_a"),
    }


def test_being_alone_together_is_told_in_three_bands() -> None:
    found = {}
    for level in (-2.5, -0.25, 1.5):
        fit = fit_of_numbers(level=[level, 1.0, level, 1.0], process_cov=0.4 * np.eye(4))
        told = alone_together(fit)
        found[level] = told.word
        assert told.mean == pytest.approx(float(fit.quantities.alone_share.mean()))
    assert found == {-2.5: "often", -0.25: "now_and_then", 1.5: "hardly_ever"}
    assert alone_together(with_days(fit, (20, 40))).reason == Reason.TOO_FEW_DAYS


def test_bearings_say_costs_supports_or_nothing() -> None:
    links = 0.3 * np.eye(4)
    links[1, 3] = 0.4  # contagion of a
    links[1, 0] = 0.4  # closeness feeds a's self
    found = {(one.quantity, one.about): one for one in bearings(fit_of_numbers(transition=links))}
    assert len(found) == 8
    assert found["contagion", "self_a,self_b"].word == "costs"
    assert found["closeness_costs_self", "self_a,connection_a"].word == "supports"
    silent = found["pull_away", "connection_a,connection_b"]
    assert (silent.word, silent.reason) == ("", Reason.NOT_SURE)


EVERYTHING: list[Callable[[DyadFit], tuple[Finding, ...]]] = [
    lambda fit: (who_feels_closer(fit), who_moves_whom(fit), half_life(fit), alone_together(fit)),
    in_step,
    lambda fit: (trade_off(fit, Member.A), trade_off(fit, Member.B)),
    lambda fit: surface_parts(fit, Member.A) + surface_parts(fit, Member.B),
    further_costs,
    bearings,
]


@pytest.mark.parametrize("tell", EVERYTHING)
def test_a_fit_that_must_not_infer_says_nothing(
    tell: Callable[[DyadFit], tuple[Finding, ...]],
) -> None:
    fit = led_by_a()
    for diagnostics, reason in (
        (replace(FINE, parked=(True, False)), Reason.PARKED),
        (replace(FINE, one_writer=True), Reason.ONE_WRITER),
        (replace(FINE, model_fits=False), Reason.MISFIT),
    ):
        for found in tell(replace(fit, diagnostics=diagnostics)):
            assert (found.said, found.word, found.reason) == (False, "", reason)
    for found in tell(replace(fit, provisional=True)):
        assert (found.said, found.word, found.reason) == (False, "", Reason.PROVISIONAL)


@pytest.mark.parametrize("tell", EVERYTHING)
def test_nothing_is_said_about_a_member_who_never_answered(
    tell: Callable[[DyadFit], tuple[Finding, ...]],
) -> None:
    alone = fit_of_numbers(days=(70, 0), observed=(True, False))
    for found in tell(alone):
        if "_b" in found.about:
            assert (found.said, found.reason) == (False, Reason.NEVER_OBSERVED)


def test_notes_stand_beside_an_answer_and_do_not_withhold_it() -> None:
    diagnostics = replace(
        FINE, ceiling_share=np.array([0.4, 0, 0, 0]), level_z=np.array([0.0, 0.0, -3.0, 0.0])
    )
    found = who_feels_closer(replace(led_by_a(), diagnostics=diagnostics))
    assert found.notes == ("top", "moved")
    assert found.said


SWAPPED_WORDS = {"a": "b", "b": "a"}


def test_swapping_the_members_swaps_every_finding() -> None:
    fit = led_by_a()
    other = swapped_fit(fit)
    for tell in (who_feels_closer, who_moves_whom):
        one, two = tell(fit), tell(other)
        assert two.mean == pytest.approx(-one.mean)
        assert two.word == SWAPPED_WORDS[one.word]
    assert half_life(other).mean == pytest.approx(half_life(fit).mean)
    assert in_step(other)[0].mean == pytest.approx(in_step(fit)[0].mean)
    assert trade_off(other, Member.B).mean == pytest.approx(trade_off(fit, Member.A).mean)
    one_costs, two_costs = further_costs(fit), further_costs(other)
    assert [c.mean for c in two_costs[2:] + two_costs[:2]] == pytest.approx(
        [c.mean for c in one_costs]
    )
