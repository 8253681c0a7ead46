"""The comparison with peers: its cohort, its scores, and the engine's own rows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

FOLDER = Path(__file__).parents[3] / "bench" / "peers"


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch):
    """Import a script of the comparison as scripts beside each other do."""
    monkeypatch.syspath_prepend(str(FOLDER))
    before = set(sys.modules)

    def by_name(name: str) -> ModuleType:
        return __import__(name)

    yield by_name
    for name in set(sys.modules) - before:
        if str(FOLDER) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@pytest.mark.parametrize("population", ["shipped", "base", "other"])
def test_a_cohort_is_drawn_from_its_population(load, tmp_path, population):
    cohort, result = load("cohort"), load("result")
    path = tmp_path / "cohort.npz"
    cohort.write_cohort(path, population=population, couples=400, days=5, seed=3)
    found = result.read_cohort(path)
    assert found["items"].shape == (400, 5, 4, 3)
    assert abs(np.isnan(found["items"]).mean() - 0.25) < 0.03
    into = result.into_member(found["truth"], found["partner_order"]).reshape(-1, 8)
    wanted = cohort.population_of(population).coupling_mean
    np.testing.assert_allclose(into.mean(axis=0), wanted, atol=0.03)


def test_scores_of_known_errors(load):
    score, result = load("score"), load("result")
    from counterpoint.engine.prior import PARTNER_ORDER

    rng = np.random.default_rng(0)
    truth = rng.normal(size=(30, 4, 4))
    mean = truth + 0.1
    found = score.score_result(
        result.Result(
            mean=mean,
            low=mean - 0.2,
            high=mean - 0.05,
            population_mean=np.zeros(8),
            population_sd=np.zeros(8),
        ),
        truth,
        np.array(PARTNER_ORDER),
    )
    assert found.rmse == pytest.approx(0.1)
    assert found.correlation == pytest.approx(1.0)
    assert found.coverage == 1.0
    assert found.given == 1.0
    assert found.rmse_error == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("carry", [0.0, 0.6, -0.5])
def test_effective_draws_of_a_known_chain(load, carry):
    effective = load("effective")
    rng = np.random.default_rng(1)
    noise = rng.standard_normal((40_000, 3))
    chain = np.zeros_like(noise)
    for t in range(1, len(chain)):
        chain[t] = carry * chain[t - 1] + noise[t]
    size = effective.effective_of_chains(chain[None])
    expected = len(chain) * (1.0 - carry) / (1.0 + carry)
    np.testing.assert_allclose(size, expected, rtol=0.12)


def result_of(result: ModuleType, truth, error, effective, seconds):
    mean = truth + error
    return result.Result(
        mean=mean,
        low=mean - 0.165,
        high=mean + 0.165,
        population_mean=np.zeros(8),
        population_sd=np.zeros(8),
        couple_effective=np.array(effective),
        effective_worst=min(effective),
        fitting_cpu=sum(seconds),
        couple_cpu=np.array(seconds),
    )


def test_effective_draws_a_second_and_their_error(load):
    result = load("result")
    truth = np.zeros((3, 4, 4))
    even = result_of(result, truth, 0.1, [100.0, 200.0, 300.0], [1.0, 2.0, 3.0])
    assert even.effective == 200.0
    assert even.effective_per_second() == pytest.approx((100.0, 0.0))
    uneven = result_of(result, truth, 0.1, [100.0, 200.0, 300.0], [2.0, 2.0, 2.0])
    rate, error = uneven.effective_per_second()
    assert rate == pytest.approx(100.0)
    assert error == pytest.approx(np.sqrt(3.0) * 100.0 / 6.0)


@pytest.mark.parametrize(("factor", "said"), [(150.0, "yes"), (50.0, "**no**")])
def test_what_was_asked_is_held_against_what_was_found(load, factor, said):
    result, score, tables, measured = (
        load(name) for name in ("result", "score", "tables", "measured")
    )
    from counterpoint.engine.prior import PARTNER_ORDER

    rng = np.random.default_rng(2)
    truth = rng.normal(0.0, 0.15, size=(40, 4, 4))
    order = np.array(PARTNER_ORDER)

    def row(name, error, seconds):
        found = result_of(result, truth, error, [100.0] * 40, [seconds] * 40)
        method = tables.Method(name, name, "with_nothing.py")
        cost = measured.Cost(1.0, 1.0, 1.0)
        return tables.Row(method, cost, found, score.score_result(found, truth, order))

    noise = rng.normal(size=truth.shape)
    rows = [row("gibbs", 0.10 * noise, 1.0), row("nuts", 0.10 * noise[::-1], factor)]
    worse = row("lme4", 0.15 * noise, 1.0)
    alone = tables.alone_goals(rows)[-1].split("|")
    assert [alone[2].strip(), alone[3].strip()] == [f"({factor:.0f} ± 0) ×", said]
    asked = tables.cohort_goals([*rows, worse])
    assert [line.split("|")[3].strip() for line in asked[2:]] == ["yes", "yes", "yes", "yes"]
    better = row("lme4", 0.05 * noise, 1.0)
    assert "**no**" in tables.cohort_goals([*rows, better])[-1]
    more, error = rows[0].score.more_than(better.score)
    assert more == pytest.approx(rows[0].score.rmse - better.score.rmse)
    assert 0.0 < error < more


def test_engine_rows_of_a_small_run(tmp_path):
    table = tmp_path / "peers.md"
    subprocess.run(
        [
            sys.executable,
            str(FOLDER / "run.py"),
            *("--couples", "3", "--days", "12", "--alone", "0", "--populations", "shipped"),
            *("--only", "gibbs", "mean", "--write", str(table)),
        ],
        check=True,
        capture_output=True,
    )
    lines = table.read_text().splitlines()
    assert any(
        line.startswith("| Counterpoint, exact Gibbs") and "r at least" in line for line in lines
    )
    rows = [line.split("|") for line in lines if line.count("|") == 11]
    assert [row[1].strip() for row in rows[2:]] == [
        "Counterpoint, exact Gibbs, shipped prior",
        "everyone gets the true population mean",
    ]
    gibbs = rows[2]
    assert float(gibbs[6].replace(",", "")) > 100
    assert 0.05 < float(gibbs[7].split("±")[0]) < 0.3
