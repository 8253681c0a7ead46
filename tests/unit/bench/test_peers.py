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


@pytest.mark.parametrize("population", ["shipped", "other"])
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
    rows = [line.split("|") for line in table.read_text().splitlines() if line.startswith("|")]
    assert [row[1].strip() for row in rows[2:]] == [
        "Counterpoint, exact Gibbs, shipped prior",
        "everyone gets the true population mean",
    ]
    gibbs = rows[2]
    assert float(gibbs[6].replace(",", "")) > 100
    assert 0.05 < float(gibbs[7].split("±")[0]) < 0.3
