r"""Comparing models: can the members be told apart, are effects equal, how much is explained.

Two nested models are compared by twice the difference of their full log-likelihoods on the
same rows, which follows a chi-squared law when the smaller one holds [1]_.

References
----------
.. [1] Kenny, D. A., Kashy, D. A., and Cook, W. L. (2006). *Dyadic Data Analysis*, chapter 7.
   Guilford.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from counterpoint.cohort.apim.estimates import ApimFit
from counterpoint.cohort.apim.fitting import fit_apim
from counterpoint.cohort.apim.model import ApimModel, usable_rows
from counterpoint.cohort.apim.rows import DyadRows


@dataclass(frozen=True)
class Comparison:
    """A likelihood-ratio test of a model within a larger one.

    Parameters
    ----------
    smaller, larger
        Both fits, by full maximum likelihood on the same rows.
    chi_square, df, p
        The test; a small ``p`` speaks against the smaller model.
    """

    smaller: ApimFit
    larger: ApimFit
    chi_square: float
    df: int
    p: float


@dataclass(frozen=True)
class Explained:
    """How much less is left unexplained than without predictors.

    Parameters
    ----------
    name
        ``residual`` (of one occasion) or ``level`` (between persons).
    role
        The member, empty when it holds for both.
    share
        1 - variance with predictors / variance without; below 0 when predictors add nothing.
    """

    name: str
    role: str
    share: float


def compare(rows: DyadRows, smaller: ApimModel, larger: ApimModel) -> Comparison:
    """Test a model within a larger one that contains it.

    Parameters
    ----------
    rows
        Values of both members.
    smaller, larger
        The models; both are fitted by ML on the rows on which the larger one's variables are
        there.

    Raises
    ------
    DataError
        The rows cannot carry one of the models.
    """
    usable = usable_rows(rows, larger)
    small = fit_apim(rows, smaller, method="ml", usable=usable)
    large = fit_apim(rows, larger, method="ml", usable=usable)
    chi_square = max(2.0 * (large.loglik - small.loglik), 0.0)
    df = large.parameters - small.parameters
    return Comparison(small, large, chi_square, df, float(stats.chi2.sf(chi_square, df)))


def compare_roles(rows: DyadRows, model: ApimModel) -> Comparison:
    """Test whether the members can be told apart by their roles at all.

    The smaller model has one intercept, one set of effects and one spread; in the larger one
    each role has its own.
    """
    return compare(rows, model.indistinguishable(), model.distinguishable())


def compare_equal_effects(rows: DyadRows, model: ApimModel) -> Comparison:
    """Test whether effects are equal in both roles, each with its own intercept and spread.

    For one predictor and one occasion this is the test of a structural equation model with
    both actor and both partner paths set equal against the saturated one.
    """
    larger = model.distinguishable()
    return compare(rows, replace(larger, effects_by_role=False), larger)


def explained_variance(rows: DyadRows, fit: ApimFit) -> tuple[Explained, ...]:
    """Return the pseudo R squared of a fit against the model without predictors.

    Parameters
    ----------
    rows
        The rows the fit was made from.
    fit
        The fit; the model without predictors is fitted by the same method on the same rows.
    """
    usable = usable_rows(rows, fit.model)
    empty = fit_apim(rows, fit.model.empty(), method=fit.method, usable=usable)
    found = []
    for name, own, other in (
        ("residual", fit.residual_cov, empty.residual_cov),
        ("level", fit.level_cov, empty.level_cov),
    ):
        without = np.diag(other)
        if not without.any():
            continue
        for place, role in enumerate(_roles(fit)):
            found.append(Explained(name, role, 1.0 - float(own[place, place] / without[place])))
    return tuple(found)


def _roles(fit: ApimFit) -> tuple[str, ...]:
    named = [spread.role for spread in fit.spreads if spread.name == "residual sd"]
    return tuple(named)
