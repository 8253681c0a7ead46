"""What a fit promises whatever it finds: same bits, right lengths, the sampler asked for."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from counterpoint.engine import (
    DyadDiary,
    DyadFit,
    fit_dyad,
    fit_dyads,
    shipped_prior,
)
from counterpoint.errors import DataError
from engine_cases import (
    make_diary,
    require_compiled,
)

BACKENDS = ["compiled", "portable"]
DRAWN = ("level", "trend", "transition", "input_effect", "process_cov", "offset", "measurement_var")


@pytest.fixture(autouse=True)
def _compiled() -> None:
    require_compiled()


def fit(diary: DyadDiary, backend: str, sweeps: int = 3000, **more: object) -> DyadFit:
    return fit_dyad(
        diary,
        backend=backend,
        sweeps=sweeps,
        dropped=200,
        until_mixed=False,
        **more,
    )


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_run_again_gives_the_same_bits(backend: str) -> None:
    diary = make_diary(10, 25)
    one, again = (fit(diary, backend, 250) for _ in range(2))
    for name in (*DRAWN, "smoothed_mean", "smoothed_sd"):
        np.testing.assert_array_equal(getattr(one, name), getattr(again, name))
    assert not np.array_equal(one.level, fit(diary, backend, 250, seed=1).level)


def test_threads_and_company_change_no_bit() -> None:
    diaries = [make_diary(seed, 10 + 7 * seed) for seed in range(6)]
    alone = [fit_dyad(d, backend="compiled", sweeps=300, until_mixed=False) for d in diaries]
    for threads in (1, 2, 4):
        together = list(
            fit_dyads(diaries, backend="compiled", sweeps=300, until_mixed=False, threads=threads)
        )
        assert [f.dyad_id for f in together] == [f"case-{seed}" for seed in range(6)]
        for one, other in zip(alone, together, strict=True):
            np.testing.assert_array_equal(one.transition, other.transition)
            assert one.seed == other.seed
    backwards = list(fit_dyads(diaries[::-1], backend="compiled", sweeps=300, until_mixed=False))
    np.testing.assert_array_equal(backwards[-1].level, alone[0].level)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("days", [1, 2, 3])
def test_the_shortest_diaries_are_fitted(backend: str, days: int) -> None:
    found = fit(DyadDiary(items=np.full((days, 4, 3), 0.5)), backend, 400)
    assert found.smoothed_mean.shape == (days, 4)
    assert all(np.all(np.isfinite(getattr(found, name))) for name in DRAWN)


@pytest.mark.parametrize("backend", BACKENDS)
def test_answers_that_never_change_are_survived(backend: str) -> None:
    found = fit(DyadDiary(items=np.full((70, 4, 1), 50 / 15)), backend, 600)
    assert np.all(np.isfinite(found.transition))
    assert found.diagnostics.charts_only == "parked"


def test_draws_have_exactly_the_promised_length() -> None:
    found = fit_dyad(make_diary(1, 9), backend="compiled", sweeps=57, dropped=13, until_mixed=False)
    assert {len(getattr(found, name)) for name in DRAWN} == {44}
    assert np.all(found.process_cov[-1].diagonal() > 0)


def test_a_badly_mixing_chain_is_doubled_once() -> None:
    found = fit_dyad(make_diary(2, 20), backend="compiled", sweeps=60, dropped=10)
    assert found.sweeps == 120
    assert len(found.level) == 110


def test_auto_without_a_warm_kernel_is_portable_short_and_provisional(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("counterpoint.engine.sampling.backend_ready", lambda: False)
    found = fit_dyad(make_diary(3, 30))
    assert (found.backend, found.provisional, found.sweeps) == ("portable", True, 300)
    assert {a.quantity for a in found.answers() if a.said} <= {"level"}
    monkeypatch.setattr("counterpoint.engine.sampling.backend_ready", lambda: True)
    found = fit_dyad(make_diary(3, 30), until_mixed=False)
    assert (found.backend, found.provisional, found.sweeps) == ("compiled", False, 1000)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"backend": "fortran"}, "unknown backend"),
        ({"sweeps": 100, "dropped": 98}, "exceed dropped"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**32}, "seed"),
        ({"prior": shipped_prior(2)}, "items a state"),
        ({"prior": shipped_prior(3, 1)}, "events a day"),
    ],
)
def test_arguments_that_do_not_fit_are_told(change: dict[str, object], told: str) -> None:
    with pytest.raises(DataError, match=told):
        fit_dyad(make_diary(1, 5), **({"backend": "portable"} | change))


def test_the_engine_works_without_the_compiler_and_never_imports_it_unasked() -> None:
    program = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("numba", "llvmlite"):
            raise ImportError("asked for the compiler")
sys.meta_path.insert(0, Refuse())
import numpy as np
from counterpoint.engine import fit_dyad, simulate_dyads
diaries, _ = simulate_dyads(1, 14, rng=np.random.default_rng(1))
fit = fit_dyad(diaries[0], backend="portable", sweeps=50, dropped=10, until_mixed=False)
print(fit.level.shape, "numba" in sys.modules, "django" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "(40, 4) False False", done.stderr
