"""Several chains of one dyad, and whether they agree: rank-normalised R-hat and bulk ESS."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from counterpoint.engine.diary import DyadDiary, seed_of
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.prior import Prior
from counterpoint.engine.quantities import (
    COST_PAIRS,
    COUPLING_PAIRS,
    SAME_DAY_PAIRS,
    quantities_of,
)
from counterpoint.engine.sampling import DROPPED, SWEEPS, fit_dyad
from counterpoint.engine.states import STATE_NAMES, Array
from counterpoint.errors import DataError

ChainNumber = tuple[str, str, str]
"""Quantity, effect and cause of a number, as in `counterpoint.engine.answers.Answer`."""

RHAT_ALLOWED = 1.01
ESS_BULK_NEEDED = 100.0
"""Effective draws per chain that every number needs."""


@dataclass(frozen=True, eq=False)
class ChainsFit:
    """Chains of one dyad that started apart.

    Parameters
    ----------
    fit
        All chains as one fit: draws one after another, diagnostics those of the first.
    chains
        How many.
    names
        The numbers looked at, each as quantity, effect and cause: those of `DyadFit.answers` and,
        as ``own_chance``, the log process variances.
    rhat, ess_bulk
        Of each, shape (names,).
    """

    fit: DyadFit
    chains: int
    names: tuple[ChainNumber, ...]
    rhat: Array
    ess_bulk: Array

    @property
    def agree(self) -> bool:
        """Whether every R-hat is at most 1.01 and every number worth 100 draws a chain."""
        enough = ESS_BULK_NEEDED * self.chains
        return bool(np.all(self.rhat <= RHAT_ALLOWED) and np.all(self.ess_bulk >= enough))


def fit_chains(
    diary: DyadDiary,
    *,
    chains: int = 4,
    prior: Prior | None = None,
    sweeps: int = SWEEPS,
    dropped: int = DROPPED,
    seed: int | None = None,
    backend: str = "auto",
    trend: bool | None = None,
) -> ChainsFit:
    """Run several chains of one dyad and compare them.

    Parameters
    ----------
    diary, prior, sweeps, dropped, backend, trend
        As in `fit_dyad`; every chain has so many sweeps.
    chains
        How many, 2 or more.
    seed
        Seed of the first chain, from which those of the others follow.

    Raises
    ------
    DataError
        If there are fewer than two chains, or an argument of `fit_dyad` does not fit.

    Notes
    -----
    One chain per couple is enough for what is shown: its mixing is watched by the effective draws
    of its worst coupling. Several chains are for those who want to see that they agree.
    """
    if chains < 2:
        raise DataError("comparing chains needs 2 or more of them.")
    first = seed_of(diary) if seed is None else seed
    seeds = np.random.SeedSequence(first).generate_state(chains)
    seeds[0] = first
    fits = [
        fit_dyad(
            diary,
            prior=prior,
            sweeps=sweeps,
            dropped=dropped,
            seed=int(one),
            backend=backend,
            trend=trend,
            until_mixed=False,
        )
        for one in seeds
    ]
    names, draws = _watched(fits)
    return ChainsFit(
        fit=_joined(fits),
        chains=chains,
        names=names,
        rhat=rank_rhat(draws),
        ess_bulk=bulk_ess(draws),
    )


def rank_rhat(draws: Array) -> Array:
    r"""Return the rank-normalised split R-hat, the larger of that of the draws and of their folds.

    Draws are replaced by the normal scores of their ranks over all half-chains,
    :math:`\Phi^{-1}((r - 3/8) / (S + 1/4))`, then
    :math:`\hat R = \sqrt{\widehat{var}^+ / W}` with
    :math:`\widehat{var}^+ = \frac{n-1}{n} W + \frac{1}{n} B`. Folding, the distance from the
    median, finds chains that differ in spread only.

    Parameters
    ----------
    draws
        Shape (chains, n, numbers), n 8 or more.

    Returns
    -------
    ndarray
        Shape (numbers,); 1 where a number never changes.

    References
    ----------
    Vehtari, Gelman, Simpson, Carpenter and Buerkner (2021), Bayesian Analysis 16(2), section 4.
    """
    halves = _split(draws)
    folded = np.abs(halves - np.median(halves, axis=(0, 1)))
    return np.maximum(_rhat(_normal_scores(halves)), _rhat(_normal_scores(folded)))


def bulk_ess(draws: Array) -> Array:
    r"""Return the effective sample size of the rank-normalised draws over all chains.

    :math:`M n / \tau`, with :math:`\tau = -1 + 2 \sum_k \hat P_k` over the initial monotone
    positive sequence of pairs :math:`\hat P_k = \hat\rho_{2k} + \hat\rho_{2k+1}` and

    .. math:: \hat\rho_t = 1 - (W - \overline{s^2 \rho_t}) / \widehat{var}^+ .

    Parameters
    ----------
    draws
        Shape (chains, n, numbers), n 8 or more.

    Returns
    -------
    ndarray
        Shape (numbers,), at most ``S log10(S)`` of the S draws; S where a number never changes.

    References
    ----------
    Vehtari and others (2021), equations 10 to 13; Geyer (1992), section 3.3.
    """
    scores = _normal_scores(_split(draws))
    chains, n, numbers = scores.shape
    total = chains * n
    within, plus = _variances(scores)
    centred = scores - scores.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, n=1 << (2 * n - 1).bit_length(), axis=1)
    cov = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, :n] / n
    moves = plus > 0
    # the autocovariances divide by n, the variances by n - 1
    unlike = within - cov.mean(axis=0) * n / (n - 1)
    rho = 1.0 - unlike / np.where(moves, plus, 1.0)
    rho[0] = 1.0
    pairs = rho[0 : n - n % 2 : 2] + rho[1 : n - n % 2 : 2]
    positive = np.cumprod(pairs > 0, axis=0)
    monotone = np.minimum.accumulate(np.where(positive, pairs, 0.0), axis=0)
    time = -1.0 + 2.0 * monotone.sum(axis=0)
    size = total / np.maximum(time, 1.0 / np.log10(total))
    return np.asarray(np.where(moves, size, float(total)).reshape(numbers))


def _split(draws: Array) -> Array:
    """Halve every chain, the middle draw of an odd number left out."""
    if draws.ndim != 3 or draws.shape[1] < 8:
        raise DataError("draws must have the shape (chains, n, numbers), with n 8 or more.")
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]], axis=0)


def _normal_scores(draws: Array) -> Array:
    from scipy.stats import rankdata  # noqa: PLC0415 - slow to import, and chains are rarely many

    ranks = rankdata(draws.reshape(-1, draws.shape[2]), method="average", axis=0)
    total = draws.shape[0] * draws.shape[1]
    return np.asarray(ndtri((ranks - 0.375) / (total + 0.25)).reshape(draws.shape))


def _variances(draws: Array) -> tuple[Array, Array]:
    """Return W and var+ of shape (numbers,)."""
    n = draws.shape[1]
    within = draws.var(axis=1, ddof=1).mean(axis=0)
    between = draws.mean(axis=1).var(axis=0, ddof=1)
    return within, (n - 1) / n * within + between


def _rhat(draws: Array) -> Array:
    within, plus = _variances(draws)
    moves = within > 0
    ratio = np.sqrt(plus / np.where(moves, within, 1.0))
    return np.asarray(np.where(moves, ratio, np.where(plus > 0, np.inf, 1.0)))


def _watched(fits: list[DyadFit]) -> tuple[tuple[ChainNumber, ...], Array]:
    blocks = []
    for fit in fits:
        found = quantities_of(fit.level, fit.trend, fit.transition, fit.process_cov)
        chance = np.log(np.diagonal(fit.process_cov, axis1=1, axis2=2))
        share = found.alone_share[:, None]
        parts = (found.level, found.same_day, found.coupling, found.cost, share, chance)
        blocks.append(np.concatenate(parts, axis=1))
    names = (
        *(("level", state, "") for state in STATE_NAMES),
        *_pairs("same_day", SAME_DAY_PAIRS),
        *_pairs("coupling", COUPLING_PAIRS),
        *_pairs("cost", COST_PAIRS),
        *_pairs("share", ((0, 2),)),
        *(("own_chance", state, "") for state in STATE_NAMES),
    )
    return names, np.stack(blocks)


def _pairs(quantity: str, pairs: tuple[tuple[int, int], ...]) -> tuple[ChainNumber, ...]:
    return tuple((quantity, STATE_NAMES[effect], STATE_NAMES[cause]) for effect, cause in pairs)


def _joined(fits: list[DyadFit]) -> DyadFit:
    """Put all draws into the first fit."""
    mean = np.mean([fit.smoothed_mean for fit in fits], axis=0)
    second = np.mean([fit.smoothed_sd**2 + fit.smoothed_mean**2 for fit in fits], axis=0)

    def every(name: str) -> Array:
        return np.concatenate([getattr(fit, name) for fit in fits])

    return replace(
        fits[0],
        level=every("level"),
        trend=every("trend"),
        transition=every("transition"),
        process_cov=every("process_cov"),
        input_effect=every("input_effect"),
        offset=every("offset"),
        measurement_var=every("measurement_var"),
        smoothed_mean=mean,
        smoothed_sd=np.sqrt(np.maximum(second - mean**2, 0.0)),
        sweeps=sum(fit.sweeps for fit in fits),
        dropped=sum(fit.dropped for fit in fits),
    )
