from dataclasses import replace

import numpy as np
import pytest

from counterpoint.domain.dyad import Member
from counterpoint.engine import DyadDiary, fit_dyad, simulate_dyads, to_units
from counterpoint.engine.diagnostics import ceiling_share, has_one_writer
from counterpoint.engine.effective import effective_draws
from counterpoint.engine.parked import is_parked
from engine_cases import make_parameters, require_compiled


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
def test_effective_draws_of_an_autoregression(rho: float) -> None:
    rng = np.random.default_rng(1)
    n = 100000
    noise = rng.standard_normal((n, 3))
    chain = np.empty((n, 3))
    chain[0] = noise[0]
    for t in range(1, n):
        chain[t] = rho * chain[t - 1] + np.sqrt(1 - rho**2) * noise[t]
    expected = n * (1 - rho) / (1 + rho)
    np.testing.assert_allclose(effective_draws(chain), expected, rtol=0.15)


def test_a_chain_that_never_moves_counts_fully_and_shapes_are_kept() -> None:
    assert effective_draws(np.ones((50, 2, 2))).tolist() == [[50.0, 50.0], [50.0, 50.0]]


@pytest.mark.parametrize("n", [4, 7, 499, 1000])
def test_compiled_effective_draws_are_the_same_numbers(n: int) -> None:
    require_compiled()
    draws = np.random.default_rng(3).standard_normal((n, 4, 4))
    draws[:, 0] = np.cumsum(draws[:, 0], axis=0)
    draws[:, 1, 1] = 0.25
    found = effective_draws(draws, backend="compiled")
    np.testing.assert_allclose(found, effective_draws(draws), rtol=1e-9)
    assert found[1, 1] == n


def checkins(seed: int, days: int = 60) -> DyadDiary:
    return simulate_dyads(1, days, rng=np.random.default_rng(seed), design="checkin")[0][0]


def parked_from(diary: DyadDiary, rows: list[int]) -> DyadDiary:
    """Answer every day as on the first answered one."""
    items = diary.items.copy()
    for row in rows:
        for k in range(items.shape[2]):
            known = ~np.isnan(items[:, row, k])
            items[known, row, k] = items[known, row, k][0]
    return replace(diary, items=items)


def test_honest_checkins_are_not_called_parked_or_of_one_writer() -> None:
    diaries, _ = simulate_dyads(400, 60, rng=np.random.default_rng(2), design="checkin")
    flagged = [is_parked(d, Member.A) or is_parked(d, Member.B) for d in diaries]
    assert np.mean(flagged) <= 0.01
    assert not any(has_one_writer(d) for d in diaries)


def test_parked_sliders_are_found_and_told_apart_by_member() -> None:
    diary = parked_from(checkins(3), [0, 1])
    assert (is_parked(diary, Member.A), is_parked(diary, Member.B)) == (True, False)
    assert is_parked(diary.swapped(), Member.B)


def test_fourteen_pairs_are_needed_to_call_it_parked() -> None:
    def still(days: int) -> DyadDiary:
        return DyadDiary(items=np.full((days, 4, 1), 0.5))

    assert not is_parked(still(14), Member.A)
    assert is_parked(still(15), Member.A)


def test_one_person_writing_both_is_found() -> None:
    rng = np.random.default_rng(4)
    for seed in range(20):
        diary = checkins(seed)
        items = diary.items.copy()
        items[:, 2:] = items[:, :2] + rng.normal(0, 0.35, size=items[:, :2].shape)
        assert has_one_writer(replace(diary, items=items))


def test_the_ceiling_is_counted_on_marker_answers() -> None:
    items = np.zeros((8, 4, 2))
    items[:, 0, 0] = to_units([100] * 3 + [90] * 3 + [np.nan] * 2)
    items[:, 1, 1] = to_units(100)
    assert ceiling_share(DyadDiary(items=items)).tolist() == [0.5, 0.0, 0.0, 0.0]
    fit = fit_dyad(DyadDiary(items=items), backend="portable", sweeps=60, dropped=10)
    assert fit.diagnostics.at_ceiling == (True, False, False, False)


def test_the_predictive_check_passes_honest_diaries_and_refuses_a_broken_one() -> None:
    rng = np.random.default_rng(5)
    diaries, _ = simulate_dyads(6, 50, rng=rng)
    fits = [fit_dyad(d, backend="portable", sweeps=250, until_mixed=False) for d in diaries]
    assert all(f.diagnostics.model_fits for f in fits)
    assert np.mean([f.diagnostics.z_inside for f in fits]) == pytest.approx(0.90, abs=0.03)
    # two opposite answers by turns, with rare leaps far outside: no such model
    items = np.tile(np.where(np.arange(80) % 2, 0.1, -0.1)[:, None, None], (1, 4, 1))
    items[::9] = 3.3
    items = items + rng.normal(0, 0.01, items.shape)
    broken = fit_dyad(DyadDiary(items=items), backend="portable", sweeps=250, until_mixed=False)
    assert not broken.diagnostics.model_fits
    assert not any(answer.said for answer in broken.answers())


def test_a_couplings_sd_shrinks_from_the_prior_with_days() -> None:
    diaries, _ = simulate_dyads(
        1, 200, rng=np.random.default_rng(6), parameters=(make_parameters(6),), missing=0.0
    )
    ratio = [
        fit_dyad(
            DyadDiary(items=diaries[0].items[:days]),
            backend="portable",
            sweeps=600,
            until_mixed=False,
        ).diagnostics.prior_ratio.mean()
        for days in (10, 200)
    ]
    assert 0.85 < ratio[0] < 1.1
    assert ratio[1] < 0.65
