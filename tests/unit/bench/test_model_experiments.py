"""The experiments with parts of the model: what they simulate, and the page they write."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from counterpoint.engine import base_population, last_days

SCRIPT = Path(__file__).parents[3] / "bench" / "model_experiments.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("model_experiments", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_couplings_begin_and_end_in_the_population_and_correlate(script) -> None:
    base = base_population()
    begins, ends = script.draw_ends(400, base, np.random.default_rng(1))
    first = np.stack([one.transition.ravel() for one in begins])
    last = np.stack([one.transition.ravel() for one in ends])
    for drawn in (first, last):
        assert drawn[:, 4].mean() == pytest.approx(0.0, abs=0.04)
        assert drawn[:, 4].std() == pytest.approx(0.15, abs=0.02)
    alike = np.mean([np.corrcoef(first[:, k], last[:, k])[0, 1] for k in range(16)])
    assert alike == pytest.approx(script.ALIKE, abs=0.05)


def test_a_long_diary_wanders_as_far_as_it_says(script) -> None:
    rng = np.random.default_rng(2)
    begins, ends = script.draw_ends(60, base_population(), rng)
    moves = script.Wandering(levels=True, couplings=True)
    moved = []
    for begin, end in zip(begins, ends, strict=True):
        level, steps = script.draw_path(begin, end, moves, rng)
        moved.append(level[-1] - begin.level)
        np.testing.assert_allclose(steps[0], begin.transition)
        np.testing.assert_allclose(steps[-1], end.transition)
    assert np.std(moved) == pytest.approx(script.WANDER_SD, abs=0.15)
    diary = script.long_diary(begins[0], level, steps, rng, "long")
    assert diary.days == script.LONG_DAYS
    assert last_days(diary).days == 120
    still = script.Wandering(levels=False, couplings=False)
    level, steps = script.draw_path(begins[0], ends[0], still, rng)
    assert np.ptp(level, axis=0).max() == np.ptp(steps, axis=0).max() == 0.0


def test_a_part_is_written_into_its_section(script, tmp_path, monkeypatch, capsys) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- window -->\nold\n<!-- end window -->\nafter\n")
    monkeypatch.setattr(script, "LONG_DAYS", 12)
    script.main(["--part", "window", "--couples", "3", "--write", str(page)])
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    assert "--part window --couples 3 --seed 31`" in text
    assert "| levels wander: last 120 |" in text
    assert text.count("\n| ") == 1 + 9
    assert "| nothing moves: all |" in capsys.readouterr().out
