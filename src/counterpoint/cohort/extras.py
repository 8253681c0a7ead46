"""What may be asked of each couple's fit beyond the tables: chains compared, draws kept, roles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from counterpoint.engine import DyadFit
from counterpoint.engine.chains import ChainNumber, ChainsFit
from counterpoint.engine.roles import role_differences
from counterpoint.engine.states import STATE_NAMES


@dataclass(frozen=True)
class Asked:
    """What is asked.

    Parameters
    ----------
    chains
        Chains of each couple; 2 or more are compared.
    draws
        How many draws of each couple are kept; 0: none.
    roles
        Whether half differences between the members are kept, for the test of roles.
    """

    chains: int = 1
    draws: int = 0
    roles: bool = False


@dataclass(frozen=True, eq=False)
class Agreement:
    """Whether the chains of one couple agree.

    Parameters
    ----------
    names
        Quantity, effect and cause of each number.
    rhat, ess_bulk
        Of each, shape (names,).
    agree
        Whether every R-hat and every effective sample is good enough
        (`counterpoint.engine.chains.ChainsFit.agree`).
    """

    names: tuple[ChainNumber, ...]
    rhat: NDArray[np.float64]
    ess_bulk: NDArray[np.float64]
    agree: bool


@dataclass(frozen=True, eq=False)
class KeptDraws:
    """Some draws of one couple, evenly spaced.

    Parameters
    ----------
    names
        Of the numbers.
    values
        Shape (draws, names), float32.
    """

    names: tuple[str, ...]
    values: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class RoleDifference:
    """Half differences of one couple, a minus b (`counterpoint.engine.roles.ROLE_NAMES`).

    Parameters
    ----------
    mean, cov
        Posterior mean and covariance, shape (10,) and (10, 10).
    """

    mean: NDArray[np.float64]
    cov: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Extras:
    """What was asked of one couple; ``None`` where it was not.

    Parameters
    ----------
    agreement, draws
        Chains compared, and draws kept.
    roles
        Half differences; also ``None`` where a member never answered.
    """

    agreement: Agreement | None = None
    draws: KeptDraws | None = None
    roles: RoleDifference | None = None


def extras_of(fit: DyadFit, asked: Asked, chains: ChainsFit | None = None) -> Extras:
    """Return what is asked of one couple's fit.

    Parameters
    ----------
    fit
        All draws of the couple.
    asked
        What is asked.
    chains
        The chains they came from, where there were several.
    """
    agreement = None
    if chains is not None:
        agreement = Agreement(chains.names, chains.rhat, chains.ess_bulk, chains.agree)
    return Extras(
        agreement=agreement,
        draws=thinned_draws(fit, asked.draws) if asked.draws else None,
        roles=RoleDifference(*role_differences(fit)) if asked.roles and all(fit.observed) else None,
    )


def thinned_draws(fit: DyadFit, count: int) -> KeptDraws:
    """Keep some draws of every parameter of a couple, evenly spaced.

    Parameters
    ----------
    fit
        A fit.
    count
        How many; all of them where there are fewer.

    Notes
    -----
    Levels and trends in units u (15 points around 50), couplings and process covariances per day,
    offsets and error variances of every item.
    """
    drawn = fit.level.shape[0]
    kept = np.unique(np.linspace(0, drawn - 1, min(count, drawn)).round().astype(np.int64))
    upper = np.triu_indices(4)
    items = fit.offset.shape[2]
    blocks = {
        "level": ([f"level {state}" for state in STATE_NAMES], fit.level),
        "trend": ([f"trend {state}" for state in STATE_NAMES], fit.trend),
        "coupling": (
            [f"coupling {effect}<-{cause}" for effect in STATE_NAMES for cause in STATE_NAMES],
            fit.transition.reshape(drawn, 16),
        ),
        "process_cov": (
            [f"process_cov {STATE_NAMES[i]}~{STATE_NAMES[j]}" for i, j in zip(*upper, strict=True)],
            fit.process_cov[:, upper[0], upper[1]],
        ),
        "offset": (_of_items("offset", items), fit.offset.reshape(drawn, 4 * items)),
        "measurement_var": (
            _of_items("measurement_var", items),
            fit.measurement_var.reshape(drawn, 4 * items),
        ),
    }
    return KeptDraws(
        names=tuple(name for names, _ in blocks.values() for name in names),
        values=np.concatenate([values[kept] for _, values in blocks.values()], axis=1).astype(
            np.float32
        ),
    )


def _of_items(quantity: str, items: int) -> list[str]:
    return [f"{quantity} {state} {item + 1}" for state in STATE_NAMES for item in range(items)]
