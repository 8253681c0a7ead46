"""Properties of posteriors: what no answer, a missing partner, an order or a name may change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoint.domain.dyad import Member
from counterpoint.engine import (
    DyadDiary,
    DyadFit,
    DyadParameters,
    Finding,
    alone_together,
    bearings,
    draw_parameters,
    effect_of_offers,
    fit_dyad,
    further_costs,
    half_life,
    in_step,
    last_days,
    prior_per_step,
    repair_of,
    shipped_prior,
    smooth_diary,
    surface_parts,
    trade_off,
    who_feels_closer,
    who_moves_whom,
)
from counterpoint.engine.chains import bulk_ess, rank_rhat
from counterpoint.engine.finding import find
from counterpoint.engine.problem import pose_problem
from counterpoint.engine.states import SWAP
from dense_gaussian import solve_densely
from engine_cases import fit_of_numbers, swapped_fit

SEEDS = st.integers(0, 2**32 - 1)


def random_fit(seed: int, *, days: tuple[int, int]) -> DyadFit:
    """A fit whose numbers come from the prior, every draw of it stable."""
    rng = np.random.default_rng(seed)
    truth = draw_parameters(1, prior=shipped_prior(3, 2), rng=rng)[0]
    fit = fit_of_numbers(
        seed=seed,
        n=200,
        days=days,
        level=truth.level,
        transition=0.8 * truth.transition,
        spread=0.02,
        process_cov=truth.process_cov,
        input_effect=truth.input_effect,
        events=(int(rng.integers(0, 8)), int(rng.integers(0, 30))),
    )
    return replace(fit, event_counts=(int(rng.integers(0, 8)), int(rng.integers(0, 30))))


def everything_of(fit: DyadFit, member: Member) -> tuple[Finding, ...]:
    """What is told of one member, and what is told of both alike."""
    repair, offers = repair_of(fit, member), effect_of_offers(fit, member, event=1)
    mine = member is Member.A
    return (
        trade_off(fit, member),
        *surface_parts(fit, member),
        *bearings(fit)[slice(0, 4) if mine else slice(4, 8)],
        *further_costs(fit)[slice(0, 2) if mine else slice(2, 4)],
        repair.collapse,
        repair.withdrawal,
        repair.after_two_days,
        *offers.same_evening,
        *offers.next_day,
        *in_step(fit),
        half_life(fit),
        alone_together(fit),
    )


@settings(deadline=None, max_examples=25)
@given(SEEDS, st.tuples(st.integers(0, 90), st.integers(0, 90)))
def test_what_is_told_of_a_is_told_of_b_when_the_names_are_exchanged(
    seed: int, days: tuple[int, int]
) -> None:
    fit = random_fit(seed, days=days)
    other = swapped_fit(fit)
    for member in Member:
        one, two = everything_of(fit, member), everything_of(other, member.other)
        for found, exchanged in zip(one, two, strict=True):
            assert (found.word, found.said, found.reason) == (
                exchanged.word,
                exchanged.said,
                exchanged.reason,
            )
            np.testing.assert_allclose(found.mean, exchanged.mean, atol=1e-9)
            np.testing.assert_allclose(found.q95, exchanged.q95, atol=1e-9)
    turned = {"a": "b", "b": "a", "": ""}
    for tell in (who_feels_closer, who_moves_whom):
        found, exchanged = tell(fit), tell(other)
        assert turned[found.word] == exchanged.word
        np.testing.assert_allclose(found.mean, -exchanged.mean, atol=1e-9)


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(1, 10), st.integers(0, 2), st.booleans())
def test_no_answers_leave_the_law_of_the_parameters(
    seed: int, days: int, inputs: int, trend: bool
) -> None:
    rng = np.random.default_rng(seed)
    truth = draw_parameters(1, prior=shipped_prior(3, inputs), rng=rng, trend=trend)[0]
    diary = DyadDiary(items=np.full((days, 4, 3), np.nan), inputs=rng.random((days, inputs)))
    found = smooth_diary(diary, truth)
    assert found.loglik == 0.0
    np.testing.assert_array_equal(found.smoothed_mean, found.filtered.predicted_mean)
    np.testing.assert_allclose(found.smoothed_cov, found.filtered.predicted_cov, atol=1e-12)


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(1, 8), st.floats(0.0, 0.9))
def test_a_partner_who_never_answers_is_known_only_through_the_other(
    seed: int, days: int, missing: float
) -> None:
    """The states of both equal the dense normal law given the answers of one."""
    rng = np.random.default_rng(seed)
    truth = draw_parameters(1, prior=shipped_prior(2), rng=rng)[0]
    items = rng.normal(0.5, 1.5, size=(days, 4, 2))
    items[rng.random(items.shape) < missing] = np.nan
    items[:, 2:] = np.nan
    diary = DyadDiary(items=items)
    start = 1.5 * np.eye(4)
    found, dense = (
        smooth_diary(diary, truth, initial_cov=start),
        solve_densely(diary, truth, start),
    )
    np.testing.assert_allclose(found.smoothed_mean, dense.mean, atol=1e-9)
    np.testing.assert_allclose(found.smoothed_cov, dense.cov, atol=1e-9)
    np.testing.assert_allclose(found.loglik, dense.loglik, atol=1e-8)


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(2, 12), st.integers(1, 3), st.integers(0, 2))
def test_a_problem_of_exchanged_members_is_the_exchanged_problem(
    seed: int, days: int, items: int, inputs: int
) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(days, 4, items))
    values[rng.random(values.shape) < 0.3] = np.nan
    diary = DyadDiary(
        items=values,
        inputs=rng.random((days, inputs)),
        together=rng.choice([0.5, 1.0, 1.5], size=days),
        ends=(-1.0, 1.0),
    )
    prior = shipped_prior(items, inputs)
    one = pose_problem(diary, prior, trend=True)
    two = pose_problem(diary.swapped(), prior, trend=True)
    np.testing.assert_array_equal(one.answers[:, SWAP], two.answers)
    np.testing.assert_array_equal(one.known[:, SWAP], two.known)
    if one.beyond.size:
        np.testing.assert_array_equal(one.beyond[:, SWAP], two.beyond)
    for name in ("coefficient_mean", "coefficient_precision", "level_precision", "process_scale"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(2, 4), st.integers(8, 40))
def test_comparing_chains_knows_no_order_and_no_scale(seed: int, chains: int, n: int) -> None:
    draws = np.random.default_rng(seed).standard_normal((chains, n, 3))
    turned = np.exp(0.7 * draws[::-1])
    np.testing.assert_allclose(bulk_ess(draws), bulk_ess(turned), rtol=1e-9)
    assert np.all(rank_rhat(draws) > 0.0)
    np.testing.assert_allclose(rank_rhat(draws), rank_rhat(-draws[::-1]), rtol=1e-9)


@settings(deadline=None, max_examples=60)
@given(SEEDS, st.integers(0, 60), st.integers(0, 60), st.floats(0.5, 1.0))
def test_more_days_never_take_back_what_was_said(
    seed: int, days: int, needed: int, sure: float
) -> None:
    draws = np.random.default_rng(seed).normal(0.7, 1.0, size=200)
    words = {"up": draws > 0, "down": draws <= 0}

    def told(known: int) -> Finding:
        return find(draws, quantity="q", days=known, needed=needed, words=words, sure=sure)

    fewer, more = told(days), told(days + 5)
    assert more.said or not fewer.said
    assert fewer.word in ("", more.word)
    assert fewer.prob == more.prob
    assert fewer.q05 <= fewer.q50 <= fewer.q95


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(1, 3), st.integers(1, 20), st.integers(1, 25))
def test_a_window_holds_the_last_days_and_no_others(
    seed: int, per_day: int, days: int, window: int
) -> None:
    rng = np.random.default_rng(seed)
    items = rng.normal(size=(days * per_day, 4, 1))
    diary = DyadDiary(items=items, steps_a_day=per_day)
    found = last_days(diary, window)
    assert found.calendar_days == min(days, window)
    np.testing.assert_array_equal(found.items, items[-found.days :])
    assert last_days(found, window) is found


@settings(deadline=None, max_examples=20)
@given(SEEDS, st.integers(2, 3))
def test_steps_of_a_day_add_up_to_the_day(seed: int, steps: int) -> None:
    prior = prior_per_step(shipped_prior(), steps)
    mean = prior.coefficient_moments()[0][:, :4]
    daily = shipped_prior().coefficient_moments()[0][:, :4]
    np.testing.assert_allclose(np.linalg.matrix_power(mean, steps), daily, atol=1e-9)
    rng = np.random.default_rng(seed)
    truth: DyadParameters = draw_parameters(1, prior=prior, rng=rng)[0]
    assert np.abs(np.linalg.eigvals(truth.transition)).max() < 1.0


@settings(deadline=None, max_examples=6)
@given(SEEDS, st.integers(4, 9))
def test_a_constant_added_to_an_event_changes_nothing(seed: int, days: int) -> None:
    """Events enter centred."""
    rng = np.random.default_rng(seed)
    items = rng.normal(size=(days, 4, 2))
    marks = rng.integers(0, 2, size=(days, 1)).astype(float)
    fits = [
        fit_dyad(
            DyadDiary(items=items, inputs=marks + shift),
            prior=shipped_prior(2, 1),
            sweeps=20,
            dropped=5,
            seed=1,
            backend="portable",
            until_mixed=False,
        )
        for shift in (0.0, 2.0)
    ]
    np.testing.assert_allclose(fits[0].transition, fits[1].transition, atol=1e-7)
    np.testing.assert_allclose(fits[0].level, fits[1].level, atol=1e-7)
