from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.engine import (
    Answer,
    Diagnostics,
    DyadFit,
    Reason,
    against_wish,
    place_answer,
    simulate_dyads,
)
from counterpoint.engine.answers import quantiles_of
from counterpoint.engine.states import STATE_NAMES
from engine_cases import make_parameters

FINE = Diagnostics(
    ess_transition=np.full((4, 4), 400.0),
    unstable_redraws=0,
    unstable_share=0.0,
    prior_ratio=np.ones((4, 4)),
    z_count=100,
    z_mean=0.0,
    z_sd=1.0,
    z_inside=0.9,
    model_fits=True,
    parked=(False, False),
    one_writer=False,
    ceiling_share=np.zeros(4),
)


@cache
def made_fit() -> DyadFit:
    """A fit with draws made by hand: sure of some things, unsure of others."""
    rng = np.random.default_rng(1)
    n = 2000
    truth = make_parameters(1)
    transition = np.zeros((n, 4, 4))
    transition[:, range(4), range(4)] = 0.3
    transition[:, 1, 3] = rng.normal(0.3, 0.1, n)  # contagion of a: surely above .075
    transition[:, 3, 1] = rng.normal(0.1, 0.1, n)  # of b: unsure
    transition[:, 1, 0] = rng.normal(-0.3, 0.1, n)  # closeness costs a self
    transition[:, 3, 2] = rng.normal(0.3, 0.1, n)  # closeness feeds b's self
    process = np.tile(np.eye(4), (n, 1, 1))
    process[:, 0, 2] = process[:, 2, 0] = 0.6
    level = rng.normal([1.0, 0.0, -1.0, 0.5], 0.3, size=(n, 4))
    return DyadFit(
        dyad_id="made",
        level=level,
        trend=np.zeros((n, 4)),
        transition=transition,
        process_cov=process,
        input_effect=np.zeros((n, 4, 0)),
        offset=np.zeros((n, 4, 3)),
        measurement_var=np.ones((n, 4, 3)),
        smoothed_mean=np.zeros((50, 4)),
        smoothed_sd=np.ones((50, 4)),
        answered_days=(50, 45),
        observed=(True, True),
        diagnostics=FINE,
        backend="portable",
        provisional=False,
        seed=1,
        sweeps=2150,
        dropped=150,
        with_trend=False,
        prior_source=str(truth.level.shape),
    )


def find(fit: DyadFit, quantity: str, effect: str, cause: str = "") -> Answer:
    found = [
        a for a in fit.answers() if (a.quantity, a.effect, a.cause) == (quantity, effect, cause)
    ]
    assert len(found) == 1
    return found[0]


def test_every_quantity_has_its_rows_and_its_names() -> None:
    answers = made_fit().answers()
    counts = {q: sum(a.quantity == q for a in answers) for q in {a.quantity for a in answers}}
    assert counts == {"level": 4, "same_day": 6, "coupling": 16, "cost": 8, "share": 1}
    for answer in answers:
        assert answer.effect in STATE_NAMES
        assert (answer.cause == "") == (answer.quantity == "level")
        assert (answer.prob is None) == (answer.quantity == "level")
        assert answer.q05 <= answer.q50 <= answer.q95
        assert answer.said == (answer.reason == "")
        assert answer.days == 45


def test_numbers_are_summaries_of_the_draws() -> None:
    fit = made_fit()
    level = find(fit, "level", "connection_a")
    assert level.mean == pytest.approx(50 + 15 * fit.level[:, 0].mean())
    assert level.sd == pytest.approx(15 * fit.level[:, 0].std(ddof=1))
    cost = find(fit, "cost", "self_a", "connection_a")
    assert cost.mean == pytest.approx(-fit.transition[:, 1, 0].mean())
    assert cost.prob == pytest.approx(np.mean(-fit.transition[:, 1, 0] > 0.075))
    coupling = find(fit, "coupling", "self_a", "connection_a")
    assert coupling.prob == pytest.approx(np.mean(fit.transition[:, 1, 0] > 0))


def test_what_is_sure_is_said_and_what_is_not_is_not() -> None:
    fit = made_fit()
    assert find(fit, "cost", "self_a", "self_b").said
    assert find(fit, "cost", "self_b", "self_a").reason == Reason.NOT_SURE
    assert find(fit, "cost", "self_b", "connection_b").reason == Reason.NOT_SURE
    assert find(fit, "same_day", "connection_a", "connection_b").said
    plain = np.tile(0.3 * np.eye(4), (2000, 1, 1))
    process = fit.process_cov.copy()
    process[:, 0, 2] = process[:, 2, 0] = np.random.default_rng(2).normal(0.1, 0.2, 2000)
    unsure = replace(fit, transition=plain, process_cov=process)
    answer = find(unsure, "same_day", "connection_a", "connection_b")
    assert answer.prob == pytest.approx(0.69, abs=0.03)
    assert answer.reason == Reason.NOT_SURE
    assert {a.reason for a in fit.answers() if a.quantity == "coupling"} == {Reason.INTERVAL_ONLY}


@pytest.mark.parametrize("n", [1, 2, 7, 20, 21, 850])
def test_quantiles_are_those_of_numpy(n: int) -> None:
    draws = np.random.default_rng(n).standard_normal((n, 3))
    shares = (0.0, 0.05, 0.5, 0.95, 1.0)
    np.testing.assert_array_equal(quantiles_of(draws, shares), np.quantile(draws, shares, axis=0))


def test_a_negative_same_day_link_may_be_said_too() -> None:
    fit = made_fit()
    process = fit.process_cov.copy()
    process[:, 0, 2] = process[:, 2, 0] = -0.6
    answer = find(replace(fit, process_cov=process), "same_day", "connection_a", "connection_b")
    assert answer.said
    assert answer.prob == 0.0


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (5, set()),
        (6, {"level"}),
        (20, {"level"}),
        (21, {"level", "same_day", "share"}),
        (41, {"level", "same_day", "share"}),
        (42, {"level", "same_day", "share", "cost"}),
    ],
)
def test_gates_open_on_their_day(days: int, said: set[str]) -> None:
    fit = replace(made_fit(), answered_days=(80, days))
    assert {a.quantity for a in fit.answers() if a.said} == said
    assert {a.quantity for a in fit.answers(day_gate=False) if a.said} == {
        "level",
        "same_day",
        "share",
        "cost",
    }


def test_a_person_alone_counts_own_days_and_hears_nothing_of_the_other() -> None:
    fit = replace(made_fit(), answered_days=(50, 0), observed=(True, False))
    assert {a.days for a in fit.answers()} == {50}
    said = {(a.quantity, a.effect, a.cause) for a in fit.answers() if a.said}
    assert all(effect.endswith("_a") and not cause.endswith("_b") for _, effect, cause in said)
    assert ("cost", "self_a", "connection_a") in said
    assert find(fit, "cost", "self_a", "self_b").reason == Reason.NEVER_OBSERVED
    assert find(fit, "share", "connection_a", "connection_b").reason == Reason.NEVER_OBSERVED


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"parked": (True, False)}, Reason.PARKED),
        ({"one_writer": True}, Reason.ONE_WRITER),
        ({"model_fits": False}, Reason.MISFIT),
    ],
)
def test_diaries_that_cannot_be_read_say_nothing(change: dict[str, object], reason: Reason) -> None:
    fit = replace(made_fit(), diagnostics=replace(FINE, **change))
    assert {a.reason for a in fit.answers()} == {reason}
    assert place_answer(fit, Member.A).reason == reason
    assert against_wish(fit, Member.A, Place(0, 0))[0].reason == reason


def test_a_provisional_fit_shows_the_place_and_keeps_its_sentences() -> None:
    fit = replace(made_fit(), provisional=True)
    assert {a.quantity for a in fit.answers() if a.said} == {"level"}
    assert place_answer(fit, Member.B).said
    assert against_wish(fit, Member.A, Place(0, 0))[0].reason == Reason.PROVISIONAL


def test_the_place_is_mean_and_covariance_in_points() -> None:
    fit = made_fit()
    found = place_answer(fit, Member.B)
    points = 50 + 15 * fit.level[:, 2:]
    assert (found.place.connection, found.place.self) == pytest.approx(tuple(points.mean(axis=0)))
    np.testing.assert_allclose(found.cov, np.cov(points.T))
    assert (found.days, found.said) == (45, True)
    early = place_answer(replace(fit, answered_days=(50, 5)), Member.B)
    assert (early.said, early.reason) == (False, Reason.TOO_FEW_DAYS)
    assert place_answer(replace(fit, answered_days=(5, 50)), Member.B).said


def test_the_place_after_a_trend_is_the_end_of_the_window() -> None:
    fit = made_fit()
    moved = replace(fit, trend=np.full_like(fit.level, 1.0))
    before, after = (place_answer(f, Member.A).place for f in (fit, moved))
    assert after.connection - before.connection == pytest.approx(7.5)


# member a lies near (65, 50), sd 4.5 points
@pytest.mark.parametrize(
    ("days", "wish", "finding", "reason"),
    [
        (50, Place(40, 80), ("above", "below"), ("", "")),
        (50, Place(65, 50), ("near", "near"), ("", "")),
        (50, Place(70, 50), ("near", "near"), ("", "")),
        (10, Place(65, 50), ("", ""), (Reason.NOT_SURE, Reason.NOT_SURE)),
        (10, Place(70, 20), ("below", "above"), ("", "")),
        (5, Place(40, 80), ("", ""), (Reason.TOO_FEW_DAYS, Reason.TOO_FEW_DAYS)),
    ],
)
def test_the_place_is_told_against_the_wish(
    days: int, wish: Place, finding: tuple[str, str], reason: tuple[str, str]
) -> None:
    found = against_wish(replace(made_fit(), answered_days=(days, 0)), Member.A, wish)
    assert tuple(axis.finding for axis in found) == finding
    assert tuple(axis.reason for axis in found) == reason


def test_swapping_the_members_swaps_the_answers() -> None:
    fit = made_fit()
    order = np.array([2, 3, 0, 1])
    other = replace(
        fit,
        level=fit.level[:, order],
        transition=fit.transition[:, order][:, :, order],
        process_cov=fit.process_cov[:, order][:, :, order],
        answered_days=fit.answered_days[::-1],
    )

    def turned(name: str) -> str:
        return name[:-1] + ("b" if name.endswith("a") else "a") if name else ""

    there = {(a.quantity, a.effect, a.cause): a for a in other.answers()}
    for answer in fit.answers():
        effect, cause = turned(answer.effect), turned(answer.cause)
        key = (answer.quantity, effect, cause)
        twin = there.get(key) or there[(answer.quantity, cause, effect)]
        assert twin.mean == pytest.approx(answer.mean, abs=1e-12)
        assert twin.prob == answer.prob
        assert twin.said == answer.said


def test_a_simulated_dyad_gets_levels_near_its_truth() -> None:
    diaries, truths = simulate_dyads(1, 40, rng=np.random.default_rng(3))
    from counterpoint.engine import fit_dyad

    fit = fit_dyad(diaries[0], backend="portable", sweeps=400, until_mixed=False)
    for answer, truth in zip(fit.answers()[:4], truths[0].place, strict=True):
        assert abs(answer.mean - (50 + 15 * truth)) < 4 * answer.sd
