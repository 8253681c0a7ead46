"""How many independent draws a chain is worth."""

from __future__ import annotations

import numpy as np

from counterpoint.engine.states import Array


def effective_draws(draws: Array, *, backend: str = "portable") -> Array:
    r"""Return the effective sample size of every column of a chain.

    ``n / (1 + 2 sum rho_k)``, the sum ended by the initial positive sequence: pairs
    :math:`\rho_{2k} + \rho_{2k+1}` are added while they are positive.

    Parameters
    ----------
    draws
        Shape (n, ...), n at least 4.
    backend
        ``compiled``: autocovariances are summed as compiled code and only as far as they are
        needed; equal but for rounding.

    Returns
    -------
    ndarray
        Shape (...), at most n; n where a column never changes.

    References
    ----------
    Geyer (1992), Statistical Science 7(4), section 3.3.
    """
    n = draws.shape[0]
    # a column's draws side by side: transforms along them are several times as fast
    columns = np.ascontiguousarray(draws.reshape(n, -1).T)
    if backend == "compiled":
        from counterpoint.engine.kernel.summaries import (  # noqa: PLC0415 - imports the compiler
            effective_compiled,
        )

        return effective_compiled(columns).reshape(draws.shape[1:])
    centred = columns - columns.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, n=1 << (2 * n - 1).bit_length(), axis=1)
    power = spectrum.real**2 + spectrum.imag**2
    cov = np.fft.irfft(power, axis=1)[:, : n - n % 2] / n
    variance = cov[:, 0]
    moving = variance > 0
    rho = cov / np.where(moving, variance, 1.0)[:, None]
    pairs = rho[:, 0::2] + rho[:, 1::2]
    positive = np.logical_and.accumulate(pairs > 0, axis=1)
    time = -1.0 + 2.0 * np.sum(pairs, axis=1, where=positive)
    size = np.where(moving, n / np.maximum(time, 1.0), float(n))
    return np.asarray(size.reshape(draws.shape[1:]))
