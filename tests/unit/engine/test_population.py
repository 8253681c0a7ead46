"""Learning a population: its arithmetic against closed forms, and what it promises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from counterpoint.engine import (
    DyadDiary,
    Prior,
    base_population,
    draw_parameters,
    fit_dyad,
    shipped_prior,
    simulate_dyads,
)
from counterpoint.engine.population import (
    ANCHOR_COUPLES,
    Learning,
    begin_learning,
    learn_population,
    population_of,
)
from counterpoint.engine.population_block import advance_block, block_of, run_block
from counterpoint.engine.population_chain import BlockDraws, joined_points
from counterpoint.engine.population_refit import refit_dyads
from counterpoint.engine.population_statistics import (
    PopulationStatistics,
    statistics_of,
    total_of,
)
from counterpoint.errors import DataError
from engine_cases import make_diary, require_compiled

BACKENDS = ["compiled", "portable"]


@pytest.fixture(autouse=True)
def _compiled() -> None:
    require_compiled()


def assert_same(one: object, other: object, **how: float) -> None:
    for name in one.__dataclass_fields__:
        first, second = getattr(one, name), getattr(other, name)
        if isinstance(first, str):
            continue
        if how:
            np.testing.assert_allclose(first, second, err_msg=name, **how)
        else:
            np.testing.assert_array_equal(first, second, err_msg=name)


def perfectly_known(n: int, prior: Prior, seed: int) -> PopulationStatistics:
    """Statistics of dyads whose parameters are known without error."""
    rng = np.random.default_rng(seed)
    truths = draw_parameters(n, prior=prior, rng=rng)
    states = rng.normal(1.0, 1.0, size=(n, 50, 4))
    loading = prior.item_rows(prior.loading)
    variance = np.stack([truth.measurement_var for truth in truths])
    offset = np.stack([truth.offset for truth in truths])
    noise = rng.standard_normal((n, 50, 4, prior.item_count)) * np.sqrt(variance)[:, None]
    answers = loading * states[..., None] + noise
    moments = np.stack(
        [
            np.sum(states[..., None] ** 2 / variance[:, None], axis=1),
            np.sum(states[..., None] * answers / variance[:, None], axis=1),
        ],
        axis=-1,
    )
    draws = BlockDraws(
        level=np.stack([truth.level for truth in truths])[:, None],
        trend=np.zeros((n, 1, 4)),
        coefficient=np.stack([truth.transition for truth in truths])[:, None],
        process_cov=np.stack([truth.process_cov for truth in truths])[:, None],
        offset=offset[:, None],
        measurement_var=variance[:, None],
        state_total=np.zeros((0, 4)),
        state_squares=np.zeros((0, 4)),
        unstable_redraws=np.zeros(n, dtype=np.int64),
        item_moments=moments,
        latent=np.zeros(0),
        latent_starts=np.zeros(n + 1, dtype=np.int64),
    )
    return statistics_of(draws, prior, np.ones((n, 4, prior.item_count)))


def test_dyads_that_are_known_give_their_population_back() -> None:
    """Free of an anchor and with nothing hidden, the answer is the population they came from."""
    true = base_population()
    found = population_of(perfectly_known(6_000, true, 1), true, free=True)
    # couplings are drawn from the stable ones only, which moves their moments a little
    np.testing.assert_allclose(found.coupling_mean, true.coupling_mean, atol=0.005)
    np.testing.assert_allclose(found.coupling_sum_cov, true.coupling_sum_cov, atol=0.001)
    np.testing.assert_allclose(
        found.coupling_difference_cov, true.coupling_difference_cov, atol=0.001
    )
    np.testing.assert_allclose(found.level_mean, true.level_mean, atol=0.02)
    np.testing.assert_allclose(found.level_sum_cov, true.level_sum_cov, atol=0.05)
    np.testing.assert_allclose(found.level_difference_cov, true.level_difference_cov, atol=0.03)
    assert found.process_df == pytest.approx(true.process_df, rel=0.03)
    np.testing.assert_allclose(found.process_scale, true.process_scale, atol=0.2)
    np.testing.assert_allclose(found.measurement_rate, true.measurement_rate, rtol=0.02)
    np.testing.assert_allclose(found.loading, true.loading, atol=0.005)
    np.testing.assert_allclose(found.intercept, true.intercept, atol=0.01)
    assert found.offset_sd == pytest.approx(true.offset_sd, rel=0.01)


def test_no_couple_returns_the_shipped_prior_exactly() -> None:
    shipped = shipped_prior()
    assert learn_population([], base=shipped).prior is shipped
    nobody = perfectly_known(3, shipped, 1)
    none = PopulationStatistics(**{name: 0.0 * value for name, value in nobody.arrays().items()})
    assert population_of(none, shipped) is shipped


def test_the_anchor_counts_as_fifty_couples_like_it() -> None:
    """Other couples, anchored on what fifty have told, say what all of them say together."""
    shipped = shipped_prior()
    told = perfectly_known(ANCHOR_COUPLES, shipped, 2)
    far = replace(
        shipped,
        coupling_mean=shipped.coupling_mean - 0.1,
        level_mean=shipped.level_mean - 0.5,
        intercept=shipped.intercept + 0.3,
        offset_sd=0.5,
    )
    other = perfectly_known(70, far, 4)
    base = population_of(told, shipped, free=True)
    anchored, together = population_of(other, base), population_of(told + other, base, free=True)
    for name in (
        "coupling_mean",
        "coupling_sum_cov",
        "coupling_difference_cov",
        "level_mean",
        "level_sum_cov",
        "level_difference_cov",
        "process_df",
        "process_scale",
        "measurement_rate",
        "intercept",
        "offset_sd",
    ):
        np.testing.assert_allclose(
            getattr(anchored, name), getattr(together, name), rtol=1e-6, atol=1e-9, err_msg=name
        )


def test_fifty_couples_move_loadings_half_of_the_way_from_the_anchor() -> None:
    shipped = shipped_prior()
    told = perfectly_known(ANCHOR_COUPLES, shipped, 2)
    free, anchored = population_of(told, shipped, free=True), population_of(told, shipped)
    half = 0.5 * (free.loading + shipped.loading)
    np.testing.assert_allclose(anchored.loading, half, atol=1e-12)


def test_an_anchor_that_says_what_the_couples_say_changes_nothing() -> None:
    """With statistics at their expectation under the base, the base comes out."""
    shipped = shipped_prior()
    told = perfectly_known(400, shipped, 3)
    base = population_of(told, shipped, free=True)
    assert_same(population_of(told, base), base, rtol=1e-6, atol=1e-9)


def test_exchanging_the_members_changes_no_statistic() -> None:
    diaries = [make_diary(seed, 20) for seed in range(4)]
    prior = shipped_prior()
    draws = run_block(block_of(diaries), prior, None, sweeps=5)
    swap = [2, 3, 0, 1]
    swapped = replace(
        draws,
        level=draws.level[:, :, swap],
        coefficient=draws.coefficient[:, :, swap][:, :, :, swap],
        process_cov=draws.process_cov[:, :, swap][:, :, :, swap],
        offset=draws.offset[:, :, swap],
        measurement_var=draws.measurement_var[:, :, swap],
        item_moments=draws.item_moments[:, swap],
    )
    answered = block_of(diaries).answered
    one = statistics_of(draws, prior, answered)
    other = statistics_of(swapped, prior, answered[:, swap])
    assert_same(one, other, rtol=1e-10, atol=1e-10)
    assert population_of(one, prior).is_exchangeable


@pytest.mark.parametrize("backend", BACKENDS)
def test_statistics_of_parts_add_up_to_those_of_the_whole(backend: str) -> None:
    diaries = [make_diary(seed, 8 + 9 * seed, inputs=1) for seed in range(5)]
    prior = shipped_prior(3, 1)
    whole = advance_block(block_of(diaries), prior, None, sweeps=3, stretch=0, backend=backend)
    parts = [
        advance_block(block_of(part), prior, None, sweeps=3, stretch=0, backend=backend)
        for part in (diaries[:2], diaries[2:])
    ]
    assert_same(parts[0][1] + parts[1][1], whole[1], rtol=1e-10, atol=1e-12)
    assert_same(joined_points([part[0] for part in parts]), whole[0])


def test_both_samplers_sum_up_the_same_moments_of_items() -> None:
    """With next to no noise in the items the sums are those of the answers themselves."""
    rng = np.random.default_rng(1)
    items = np.repeat(rng.normal(1.0, 1.0, size=(30, 4, 1)), 2, axis=2)
    prior = replace(
        shipped_prior(2, own_items=True),
        measurement_shape=1e6,
        measurement_rate=np.full((2, 2), 1.0),
        offset_sd=1e-4,
    )
    block = block_of([DyadDiary(items=items)])
    for backend in BACKENDS:
        _, told = advance_block(block, prior, None, sweeps=4, stretch=0, backend=backend)
        expected = np.sum(items**2, axis=0).reshape(2, 2, 2).sum(axis=0) * 1e6
        np.testing.assert_allclose(told.loading_square, expected, rtol=1e-2)
        np.testing.assert_allclose(told.loading_product, expected, rtol=1e-2)
        np.testing.assert_allclose(told.item_precision, 2e6, rtol=1e-2)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("ends", [None, (-0.5, 2.0)])
def test_a_chain_that_was_left_goes_on_where_it_stood(
    backend: str, ends: tuple[float, float] | None
) -> None:
    diaries = [replace(make_diary(seed, 15), ends=ends) for seed in range(3)]
    prior = shipped_prior()
    block = block_of(diaries)
    assert (len(block.beyond) > 0) == (ends is not None)
    left = run_block(block, prior, None, sweeps=6, backend=backend).last()
    on = run_block(block, prior, left, sweeps=4, stretch=1, backend=backend)
    alone = [
        run_block(
            block_of([diary]), prior, left.part(i, i + 1), sweeps=4, stretch=1, backend=backend
        )
        for i, diary in enumerate(diaries)
    ]
    assert_same(joined_points([part.last() for part in alone]), on.last())
    fresh = run_block(block, prior, None, sweeps=4, stretch=1, backend=backend)
    assert not np.array_equal(fresh.level, on.level)


def test_what_was_drawn_beyond_the_ends_stays_beyond_them() -> None:
    diary = replace(make_diary(1, 30), ends=(-0.5, 2.0))
    block = block_of([diary])
    point = run_block(block, shipped_prior(), None, sweeps=5).last()
    side = block.beyond[block.beyond != 0]
    bound = (
        np.where(side > 0, 2.0, -0.5)
        - np.broadcast_to(shipped_prior().item_rows(shipped_prior().intercept), block.beyond.shape)[
            block.beyond != 0
        ]
    )
    assert point.latent.shape == side.shape
    assert np.all(side * (point.latent - bound) >= 0.0)


def test_threads_and_block_size_change_no_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    diaries, _ = simulate_dyads(7, 12, rng=np.random.default_rng(5))
    monkeypatch.setattr("counterpoint.engine.population.BLOCK_COUPLES", 2)
    one = learn_population(diaries, base=shipped_prior(), threads=1, backend="compiled")
    two = learn_population(diaries, base=shipped_prior(), threads=3, backend="compiled")
    assert_same(one.prior, two.prior)
    assert_same(joined_points(one.points), joined_points(two.points))
    other = learn_population(diaries, base=shipped_prior(), seed=1, backend="compiled")
    assert not np.array_equal(one.prior.coupling_mean, other.prior.coupling_mean)


def test_steps_are_full_for_ten_rounds_and_shrink_then() -> None:
    shipped = shipped_prior()
    told = [perfectly_known(60, shipped, seed) for seed in range(13)]
    learning = Learning(base=shipped, population=shipped, free=True)
    sums = []
    for part in told:
        learning = learning.after(part)
        assert learning.average is not None
        sums.append(learning.average.level_sum)
    np.testing.assert_array_equal(sums[9], told[9].level_sum)
    expected = told[9].level_sum
    for k, part in zip((11, 12, 13), told[10:], strict=True):
        expected = expected + (k - 9.0) ** -0.8 * (part.level_sum - expected)
    np.testing.assert_allclose(sums[12], expected)


def test_a_free_population_needs_three_hundred_couples() -> None:
    with pytest.raises(DataError, match="needs 300 couples, there are 299"):
        begin_learning(shipped_prior(), 299, free=True)
    assert begin_learning(shipped_prior(), 300, free=True).free


def test_roles_are_not_learned_here() -> None:
    with pytest.raises(DataError, match="without roles"):
        begin_learning(replace(shipped_prior(), level_role=np.array([0.1, 0.0])), 10)


@pytest.mark.parametrize(
    ("diaries", "told"),
    [
        ([], "at least one"),
        ([make_diary(1, 5), make_diary(1, 5, items=2)], "equal numbers"),
        ([make_diary(1, 5), make_diary(1, 5, inputs=1)], "equal numbers"),
    ],
)
def test_diaries_that_do_not_go_together_are_refused(diaries: list[DyadDiary], told: str) -> None:
    with pytest.raises(DataError, match=told):
        block_of(diaries)


def test_an_item_nobody_answered_keeps_its_numbers() -> None:
    base = shipped_prior()
    diaries = []
    for seed in range(3):
        items = make_diary(seed, 20).items.copy()
        items[:, :, 2] = np.nan
        diaries.append(DyadDiary(items=items, dyad_id=str(seed)))
    found = learn_population(diaries, base=base, backend="compiled", rounds=3).prior
    for name in ("loading", "intercept", "measurement_rate"):
        np.testing.assert_array_equal(getattr(found, name)[:, 2], getattr(base, name)[:, 2])
        assert not np.array_equal(getattr(found, name)[:, 1], getattr(base, name)[:, 1])
    np.testing.assert_array_equal(found.loading[:, 0], 1.0)
    np.testing.assert_array_equal(found.intercept[:, 0], 0.0)


def test_a_person_alone_moves_only_what_is_known_of_persons() -> None:
    """A cohort of people alone: finite, swap-symmetric, and the marker's scale is kept."""
    diaries = []
    for seed in range(4):
        items = make_diary(seed, 25).items.copy()
        items[:, 2:] = np.nan
        diaries.append(DyadDiary(items=items, dyad_id=str(seed)))
    found = learn_population(diaries, base=shipped_prior(), backend="portable", rounds=3).prior
    assert found.couples == 4
    assert found.is_exchangeable


def test_totals_are_taken_in_one_order() -> None:
    assert total_of(list("abcdefg"), lambda a, b: f"({a}{b})") == "(((ab)(cd))((ef)g))"


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_refit_agrees_with_a_fresh_fit(backend: str) -> None:
    """Chains that go on find what fresh chains find under the same population."""
    diaries, _ = simulate_dyads(2, 25, rng=np.random.default_rng(8))
    learned = learn_population(diaries, base=shipped_prior(), backend=backend, rounds=12)
    fits = list(
        refit_dyads(
            diaries,
            learned.prior,
            learned.points[0],
            stretch=learned.rounds,
            sweeps=1500,
            backend=backend,
        )
    )
    for diary, found in zip(diaries, fits, strict=True):
        fresh = fit_dyad(diary, prior=learned.prior, backend=backend, sweeps=3000, dropped=200)
        assert found.dyad_id == fresh.dyad_id
        sd = fresh.transition.std(axis=0)
        apart = np.abs(found.transition.mean(axis=0) - fresh.transition.mean(axis=0)) / sd
        assert apart.max() < 0.25
        np.testing.assert_allclose(found.smoothed_mean, fresh.smoothed_mean, atol=0.15)
        np.testing.assert_allclose(found.smoothed_sd, fresh.smoothed_sd, atol=0.1)


def test_a_refit_whose_chain_mixes_badly_goes_on_once_more() -> None:
    diaries, _ = simulate_dyads(3, 25, rng=np.random.default_rng(8))
    learned = learn_population(diaries, base=shipped_prior(), backend="compiled", rounds=11)
    short, long = (
        list(
            refit_dyads(
                diaries, learned.prior, learned.points[0], stretch=11, sweeps=n, backend="compiled"
            )
        )
        for n in (30, 2000)
    )
    assert [fit.sweeps for fit in short] == [60] * 3
    assert [len(fit.level) for fit in short] == [60] * 3
    assert [fit.sweeps for fit in long] == [2000] * 3
    with pytest.raises(DataError, match="diaries and"):
        next(refit_dyads(diaries[:2], learned.prior, learned.points[0], stretch=11))
    with pytest.raises(DataError, match="at least 4 sweeps"):
        next(refit_dyads(diaries, learned.prior, learned.points[0], stretch=11, sweeps=3))
