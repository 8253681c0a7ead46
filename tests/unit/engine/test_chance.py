"""The kernel's own generator is the compiler's, bit for bit, whatever is drawn in what order."""

from __future__ import annotations

import numpy as np
import pytest

from engine_cases import require_compiled

SEEDS = [0, 1, 2**32 - 1, 123456789]


@pytest.fixture(autouse=True)
def _compiled() -> None:
    require_compiled()


@pytest.mark.parametrize("seed", SEEDS)
def test_one_by_one_the_stream_is_that_of_the_compiler(seed: int) -> None:
    from numba import njit

    from counterpoint.engine.kernel.chance import (
        CHANCE,
        WORDS,
        draw_standard_exponential,
        draw_standard_normal,
        draw_uniform,
        fill_gammas_and_normals,
        seed_chance,
    )

    @njit(error_model="numpy")
    def ours(kinds: np.ndarray, seed: int) -> np.ndarray:
        words, chance = np.zeros(WORDS + 2, dtype=np.int64), np.zeros(CHANCE)
        seed_chance(words, seed)
        out = np.zeros(kinds.shape[0])
        shape = np.zeros(1)
        for i in range(kinds.shape[0]):
            if kinds[i] == 0:
                out[i] = draw_uniform(words, chance)
            elif kinds[i] == 1:
                out[i] = draw_standard_normal(words, chance)
            elif kinds[i] == 2:
                out[i] = draw_standard_exponential(words, chance)
            else:
                shape[0] = 0.5 + 0.75 * kinds[i] if kinds[i] > 3 else 0.0
                fill_gammas_and_normals(words, chance, shape, out[i : i + 1])
        return out

    @njit(error_model="numpy")
    def theirs(kinds: np.ndarray, seed: int) -> np.ndarray:
        np.random.seed(seed)  # noqa: NPY002 - the compiler's generator is the witness
        out = np.zeros(kinds.shape[0])
        for i in range(kinds.shape[0]):
            if kinds[i] == 0:
                out[i] = np.random.random()  # noqa: NPY002 - as above
            elif kinds[i] == 1:
                out[i] = np.random.standard_normal()  # noqa: NPY002 - as above
            elif kinds[i] == 2:
                out[i] = np.random.standard_exponential()  # noqa: NPY002 - as above
            elif kinds[i] == 3:
                out[i] = np.random.standard_normal()  # noqa: NPY002 - as above
            else:
                out[i] = np.random.standard_gamma(0.5 + 0.75 * kinds[i])  # noqa: NPY002 - as above
        return out

    kinds = np.random.default_rng(seed).integers(0, 60, size=20_000) % 25
    np.testing.assert_array_equal(ours(kinds, seed), theirs(kinds, seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_many_normals_at_once_are_those_drawn_one_by_one(seed: int) -> None:
    from numba import njit

    from counterpoint.engine.kernel.chance import (
        CHANCE,
        WORDS,
        draw_standard_normal,
        draw_uniform,
        fill_standard_normals,
        seed_chance,
    )

    @njit(error_model="numpy")
    def draw(lengths: np.ndarray, seed: int, at_once: bool) -> np.ndarray:
        words, chance = np.zeros(WORDS + 2, dtype=np.int64), np.zeros(CHANCE + 3 * 201)
        seed_chance(words, seed)
        out = np.zeros(lengths.sum())
        at = 0
        for n in lengths:
            if at_once:
                fill_standard_normals(words, chance, out[at : at + n])
            else:
                for i in range(at, at + n):
                    out[i] = draw_standard_normal(words, chance)
            at += n
            if n % 3 == 0:
                draw_uniform(words, chance)
        return out

    lengths = np.random.default_rng(seed).integers(0, 401, size=400)
    np.testing.assert_array_equal(draw(lengths, seed, True), draw(lengths, seed, False))


@pytest.mark.parametrize("seed", SEEDS)
def test_gammas_and_normals_at_once_are_those_drawn_one_by_one(seed: int) -> None:
    from numba import njit

    from counterpoint.engine.kernel.chance import (
        CHANCE,
        WORDS,
        fill_gammas_and_normals,
        seed_chance,
    )

    @njit(error_model="numpy")
    def draw(shapes: np.ndarray, seed: int, part: int) -> np.ndarray:
        words, chance = np.zeros(WORDS + 2, dtype=np.int64), np.zeros(CHANCE)
        seed_chance(words, seed)
        out = np.zeros(shapes.shape[0])
        for at in range(0, shapes.shape[0], part):
            fill_gammas_and_normals(words, chance, shapes[at : at + part], out[at : at + part])
        return out

    rng = np.random.default_rng(seed)
    shapes = rng.choice([0.0, 1.001, 1.5, 8.0, 120.0], size=12_000)
    np.testing.assert_array_equal(draw(shapes, seed, 1000), draw(shapes, seed, 1))
