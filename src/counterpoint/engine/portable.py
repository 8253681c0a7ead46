"""The exact Gibbs sampler without a compiler: banded LAPACK and vectorised numpy.

The second implementation of the sampler. It shares no arithmetic with the compiled one (there the
states are drawn by a block recursion and sums over days are taken from moments; here by a banded
Cholesky factor and over explicit day-by-day designs), so that each can be tested on the other.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.linalg.lapack import dpbtrf, dtbtrs
from scipy.special import log_ndtr, ndtri_exp

from counterpoint.engine.problem import Draws, SamplerProblem
from counterpoint.engine.simulate import draw_inverse_wishart
from counterpoint.engine.states import CROSS_MASK, Array
from counterpoint.engine.stationary import is_stable

Index = npt.NDArray[np.intp]

STABLE_TRIES = 40
BANDWIDTH = 8


class PortableChain:
    """State of one chain and the seven blocks of a sweep (MODEL section 3)."""

    def __init__(self, problem: SamplerProblem, rng: np.random.Generator) -> None:
        self.problem = problem
        self.rng = rng
        self.days = problem.answers.shape[0]
        self.coefficient = problem.coefficient_mean.copy()
        scale = problem.process_scale / (problem.process_df - 5.0)
        self.process_cov = scale
        self.process_precision = np.linalg.inv(scale)
        self.level = problem.level_mean.copy()
        self.trend = np.zeros(4)
        self.answers = problem.answers.copy()
        self.beyond = np.nonzero(problem.beyond)
        self.offset = np.zeros_like(problem.loading)
        self.measurement_var = problem.measurement_rate / (problem.measurement_shape - 1.0)
        self.deviation = np.zeros((self.days, 4))
        self.unstable_redraws = 0
        cross = CROSS_MASK[None] > 0
        self.cross_weight = np.where(cross, problem.together[:, None, None], 1.0)
        # design of a day for effects in a, and in b: yesterday's states with the partner's times h
        self.hours_a = self.cross_weight[:, 0, :]
        self.hours_b = self.cross_weight[:, 2, :]
        self.counts = problem.known.sum(axis=0)
        self.band_index = _band_index(self.days)
        ridge = np.sum(problem.loading**2, axis=1) * problem.offset_precision
        self.translation_precision = problem.level_precision + np.diag(ridge)
        size = 8 if problem.trend else 4
        self.level_prior = np.zeros((size, size))
        self.level_prior[:4, :4] = problem.level_precision
        if problem.trend:
            self.level_prior[4:, 4:] = problem.trend_precision * np.eye(4)
        self.level_pull = np.zeros(size)
        self.level_pull[:4] = problem.level_precision @ problem.level_mean

    def means(self) -> Array:
        """Return m_t of every day, shape (days, 4)."""
        return self.level + self.problem.clock[:, None] * self.trend

    def sweep(self) -> Array:
        """Go once through all blocks; return the states x of the sweep, shape (days, 4)."""
        value, precision = self._composites()
        self._draw_deviations(value, precision)
        self._draw_levels_given_deviations(value, precision)
        states = self._draw_levels_given_states()
        states = self._translate(states)
        self._draw_coefficients()
        self._draw_process_cov()
        self._draw_items(states)
        self._draw_beyond(states)
        return states

    def _composites(self) -> tuple[Array, Array]:
        """Precision-weighted sums of the items: p z and p, shape (days, 4)."""
        problem = self.problem
        weight = problem.known * (problem.loading / self.measurement_var)
        precision = np.sum(weight * problem.loading, axis=2)
        return np.sum(weight * (self.answers - self.offset), axis=2), precision

    def _draw_deviations(self, value: Array, precision: Array) -> None:
        problem = self.problem
        transitions = self.coefficient[:, :4] * self.cross_weight
        step = self.process_precision @ transitions[1:]
        push = problem.inputs[1:] @ (self.process_precision @ self.coefficient[:, 4:]).T
        diagonal = np.zeros((self.days, 4, 4))
        diagonal[0] = problem.initial_precision
        diagonal[1:] += self.process_precision
        diagonal[:-1] += np.swapaxes(transitions[1:], 1, 2) @ step
        diagonal[:, range(4), range(4)] += precision
        pull = value - precision * self.means()
        pull[1:] += push
        pull[:-1] -= np.einsum("tij,ti->tj", transitions[1:], push)
        self.deviation = self._solve_band(diagonal, step, pull)

    def _solve_band(self, diagonal: Array, step: Array, pull: Array) -> Array:
        """Draw all days from the normal law with this block tridiagonal precision."""
        band = np.zeros(BANDWIDTH * 4 * self.days)
        band[self.band_index[0]] = diagonal.ravel()[self.band_index[1]]
        band[self.band_index[2]] = -step.ravel()
        factor, failed = dpbtrf(band.reshape(BANDWIDTH, 4 * self.days), lower=1)
        if failed:
            raise FloatingPointError("the precision of the states is not positive definite")
        half, _ = dtbtrs(factor, pull.reshape(-1, 1), uplo="L", trans="N")
        half += self.rng.standard_normal(half.shape)
        drawn, _ = dtbtrs(factor, half, uplo="L", trans="T")
        return np.asarray(drawn.reshape(self.days, 4))

    def _draw_normal(self, precision: Array, pull: Array) -> Array:
        """One draw from the normal law with this precision and precision times mean."""
        root = np.linalg.cholesky(precision)
        half = np.linalg.solve(root, pull) + self.rng.standard_normal(pull.shape)
        return np.asarray(np.linalg.solve(root.T, half))

    def _set_level(self, drawn: Array) -> None:
        self.level = drawn[:4]
        if self.problem.trend:
            self.trend = drawn[4:]

    def _draw_levels_given_deviations(self, value: Array, precision: Array) -> None:
        clock = self.problem.clock
        residual = value - precision * self.deviation
        total = self.level_prior.copy()
        pull = self.level_pull.copy()
        total[range(4), range(4)] += precision.sum(axis=0)
        pull[:4] += residual.sum(axis=0)
        if self.problem.trend:
            slope = clock @ precision
            total[range(4), range(4, 8)] += slope
            total[range(4, 8), range(4)] += slope
            total[range(4, 8), range(4, 8)] += (clock**2) @ precision
            pull[4:] += clock @ residual
        self._set_level(self._draw_normal(total, pull))

    def _draw_levels_given_states(self) -> Array:
        """Draw levels with the states x held; deviations follow."""
        problem = self.problem
        states = self.means() + self.deviation
        transitions = (self.coefficient[:, :4] * self.cross_weight)[1:]
        moved = states[1:] - np.einsum("tij,tj->ti", transitions, states[:-1])
        moved -= problem.inputs[1:] @ self.coefficient[:, 4:].T
        design = np.eye(4) - transitions
        first = np.eye(4)
        if problem.trend:
            clock = problem.clock
            sloped = clock[1:, None, None] * np.eye(4) - clock[:-1, None, None] * transitions
            design = np.concatenate([design, sloped], axis=2)
            first = np.hstack([first, clock[0] * np.eye(4)])
        size = design.shape[2]
        weighted = self.process_precision @ design
        flat = weighted.reshape(-1, size)
        total = self.level_prior + design.reshape(-1, size).T @ flat
        pull = self.level_pull + flat.T @ moved.ravel()
        total += first.T @ problem.initial_precision @ first
        pull += first.T @ problem.initial_precision @ states[0]
        self._set_level(self._draw_normal(0.5 * (total + total.T), pull))
        self.deviation = states - self.means()
        return states

    def _translate(self, states: Array) -> Array:
        """Shift level, states and offsets together along the ridge the answers cannot see."""
        problem = self.problem
        pull = problem.level_precision @ (problem.level_mean - self.level)
        pull += problem.offset_precision * np.sum(problem.loading * self.offset, axis=1)
        shift = self._draw_normal(self.translation_precision, pull)
        self.level = self.level + shift
        self.offset = self.offset - problem.loading * shift[:, None]
        return states + shift

    def _draw_coefficients(self) -> None:
        problem = self.problem
        before = self.deviation[:-1]
        inputs = problem.inputs[1:]
        designs = [
            np.hstack([before * self.hours_a[1:], inputs]),
            np.hstack([before * self.hours_b[1:], inputs]),
        ]
        width = 4 + inputs.shape[1]
        total = problem.coefficient_precision.copy().reshape(4, width, 4, width)
        pull = (problem.coefficient_precision @ problem.coefficient_mean.ravel()).reshape(4, width)
        weighted = self.deviation[1:] @ self.process_precision
        for p in (0, 1):
            rows = slice(2 * p, 2 * p + 2)
            pull[rows] += weighted[:, rows].T @ designs[p]
            for q in (0, 1):
                columns = slice(2 * q, 2 * q + 2)
                moment = designs[p].T @ designs[q]
                total[rows, :, columns, :] += (
                    self.process_precision[rows, columns][:, None, :, None]
                    * moment[None, :, None, :]
                )
        root = np.linalg.cholesky(total.reshape(4 * width, 4 * width))
        half = np.linalg.solve(root, pull.ravel())
        for _ in range(STABLE_TRIES):
            noise = self.rng.standard_normal(half.shape)
            drawn = np.linalg.solve(root.T, half + noise).reshape(4, width)
            if is_stable(drawn[:, :4]):
                self.coefficient = drawn
                return
            self.unstable_redraws += 1

    def _draw_process_cov(self) -> None:
        problem = self.problem
        transitions = (self.coefficient[:, :4] * self.cross_weight)[1:]
        residual = self.deviation[1:] - np.einsum("tij,tj->ti", transitions, self.deviation[:-1])
        residual -= problem.inputs[1:] @ self.coefficient[:, 4:].T
        scale = problem.process_scale + residual.T @ residual
        df = problem.process_df + self.days - 1
        self.process_cov = draw_inverse_wishart(1, df, scale, rng=self.rng)[0]
        self.process_precision = np.linalg.inv(self.process_cov)

    def _draw_items(self, states: Array) -> None:
        problem = self.problem
        residual = problem.known * (self.answers - problem.loading * states[:, :, None])
        precision = self.counts / self.measurement_var + problem.offset_precision
        mean = residual.sum(axis=0) / self.measurement_var / precision
        self.offset = mean + self.rng.standard_normal(mean.shape) / np.sqrt(precision)
        squares = np.sum(problem.known * (residual - self.offset) ** 2, axis=0)
        rate = problem.measurement_rate + 0.5 * squares
        self.measurement_var = rate / self.rng.gamma(problem.measurement_shape + 0.5 * self.counts)

    def _draw_beyond(self, states: Array) -> None:
        """Draw the answers that are known only to lie beyond an end of the scale."""
        where = self.beyond
        if not where[0].size:
            return
        mean = (self.problem.loading * states[:, :, None] + self.offset)[where]
        sd = np.sqrt(self.measurement_var)[where[1:]]
        side = self.problem.beyond[where]
        inside = side * (mean - self.problem.answers[where]) / sd
        u = self.rng.random(mean.shape)
        drawn = ndtri_exp(log_ndtr(inside) + np.log1p(-u))
        self.answers[where] = mean - side * sd * drawn


def sample_portable(problem: SamplerProblem, *, sweeps: int, dropped: int, seed: int) -> Draws:
    """Run the Gibbs sampler without compiled code.

    Parameters
    ----------
    problem
        From `pose_problem`.
    sweeps, dropped
        Sweeps in all, and how many of the first are not kept.
    seed
        Seed of this chain.

    Returns
    -------
    Draws
        ``sweeps - dropped`` draws.
    """
    return run_chain(
        PortableChain(problem, np.random.default_rng(seed)), sweeps=sweeps, dropped=dropped
    )


def run_chain(chain: PortableChain, *, sweeps: int, dropped: int) -> Draws:
    """Sweep a chain and keep what it draws; arguments as in `sample_portable`."""
    problem = chain.problem
    kept = sweeps - dropped
    levels = np.empty((kept, 4))
    trends = np.empty((kept, 4))
    coefficients = np.empty((kept, *problem.coefficient_mean.shape))
    process_covs = np.empty((kept, 4, 4))
    offsets = np.empty((kept, *problem.loading.shape))
    variances = np.empty((kept, *problem.loading.shape))
    total = np.zeros((chain.days, 4))
    squares = np.zeros((chain.days, 4))
    for sweep in range(sweeps):
        states = chain.sweep()
        n = sweep - dropped
        if n < 0:
            continue
        levels[n] = chain.level
        trends[n] = chain.trend
        coefficients[n] = chain.coefficient
        process_covs[n] = chain.process_cov
        offsets[n] = chain.offset
        variances[n] = chain.measurement_var
        total += states
        squares += states**2
    mean = total / kept
    return Draws(
        level=levels,
        trend=trends,
        coefficient=coefficients,
        process_cov=process_covs,
        offset=offsets,
        measurement_var=variances,
        state_mean=mean,
        state_sd=np.sqrt(np.maximum(squares / kept - mean**2, 0.0)),
        unstable_redraws=chain.unstable_redraws,
    )


def _band_index(days: int) -> tuple[Index, Index, Index]:
    """Places in the lower band of the diagonal blocks' lower halves and of the blocks below."""
    size = 4 * days
    t = np.arange(days)[:, None, None]
    i = np.arange(4)[None, :, None]
    j = np.arange(4)[None, None, :]
    lower = np.broadcast_to(i >= j, (days, 4, 4))
    inside = np.broadcast_to(np.abs(i - j) * size + 4 * t + j, (days, 4, 4))
    source = np.arange(days * 16).reshape(days, 4, 4)
    below = (4 + i - j) * size + 4 * t[:-1] + j
    return inside[lower], source[lower], below.ravel()
