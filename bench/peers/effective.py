"""Effective draws of any sampler's chain, by one rule for all of them.

Needs numpy only, so that every peer's own environment can run it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def effective_of_chains(draws: Array) -> Array:
    r"""Return the effective sample size of every column, all chains together.

    ``m n / (1 + 2 sum rho_k)`` with split chains, the between-chain variance in the
    autocorrelations, and Geyer's initial monotone sequence. It is not capped: a sampler whose
    draws are negatively correlated gets more than it drew.

    Parameters
    ----------
    draws
        Shape (chains, n, ...), n at least 8.

    Returns
    -------
    ndarray
        Shape (...).

    References
    ----------
    Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), Bayesian Analysis 16(2), section 3.2,
    without the rank transformation.
    """
    chains, n = draws.shape[:2]
    half = n // 2
    flat = draws[:, : 2 * half].reshape(2 * chains, half, -1)
    centred = flat - flat.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, n=1 << (2 * half - 1).bit_length(), axis=1)
    cov = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, :half] / half
    within = cov[:, 0].mean(axis=0) * half / (half - 1.0)
    total = within * (half - 1.0) / half + flat.mean(axis=1).var(axis=0, ddof=1)
    moving = total > 0
    rho = 1.0 - (within - cov.mean(axis=0)) / np.where(moving, total, 1.0)
    rho[0] = 1.0
    pairs = rho[0 : half - half % 2 : 2] + rho[1 : half - half % 2 + 1 : 2]
    positive = np.cumprod(pairs > 0, axis=0)
    falling = np.minimum.accumulate(np.where(positive > 0, pairs, 0.0), axis=0)
    time = -1.0 + 2.0 * falling.sum(axis=0)
    count = float(2 * chains * half)
    # the floor stands in for chains too short to show how negative their correlations are
    size = np.where(moving, count / np.maximum(time, 1.0 / np.log10(count)), count)
    return np.asarray(size.reshape(draws.shape[2:]))
