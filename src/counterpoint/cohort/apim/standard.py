"""A dyadic regression in standard units, so that its optimum lies near the origin.

Predictors are turned into an orthonormal basis, the outcome into standardised residuals of
least squares; whatever the units were, the search for the spread sees the same problem.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from counterpoint.cohort.apim.model import ApimDesign
from counterpoint.cohort.apim.moments import Moments, sum_moments
from counterpoint.errors import DataError, Location

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class StandardDesign:
    """A design in standard units: ``outcome = X first + scale * standard outcome``.

    Parameters
    ----------
    moments
        Cross-products of ``X turn``, the members (only with levels) and the standard outcome.
    first
        Shape (p,): coefficients of least squares.
    turn
        Shape (p, p): ``X turn`` has orthogonal columns of mean square 1.
    log_turn
        log |det turn|, which the restricted likelihood needs.
    scale
        Root mean square of the residuals of least squares.
    residual
        Shape (rows, 2): the standard outcome, NaN where not usable.
    """

    moments: Moments
    first: Vector
    turn: Vector
    log_turn: float
    scale: float
    residual: Vector


def standardise(design: ApimDesign) -> StandardDesign:
    """Return a design in standard units.

    Parameters
    ----------
    design
        The columns of a model.

    Raises
    ------
    DataError
        Predictors tell each other or the outcome exactly, or no occasion has both members.
    """
    predictors = design.predictors[design.usable]
    outcome = design.outcome[design.usable]
    terms = predictors.shape[1]
    turn: Vector = np.empty((0, 0))
    first: Vector = np.empty(0)
    log_turn = 0.0
    if terms:
        _refuse_dependent(design, predictors)
        upper = np.linalg.qr(predictors, mode="r")
        turn = np.linalg.inv(upper) * math.sqrt(len(outcome))
        log_turn = float(np.linalg.slogdet(turn)[1])
        first = np.asarray(np.linalg.lstsq(predictors, outcome, rcond=None)[0], dtype=np.float64)
    left = np.where(design.usable, design.outcome - design.predictors @ first, np.nan)
    scale = math.sqrt(float(np.nanmean(left**2)))
    if scale <= 1e-9 * max(float(np.abs(outcome).max()), 1e-300):
        raise DataError(
            "the outcome is told exactly: it does not vary, or a predictor is the outcome itself",
            Location(design.source, None, design.model.outcome),
        )
    left /= scale
    blocks = [design.predictors @ turn]
    if design.model.levels:
        members = np.broadcast_to(np.eye(2), (len(design.dyad), 2, 2))
        blocks.append(np.where(design.usable[:, :, None], members, 0.0))
    blocks.append(np.nan_to_num(left)[:, :, None])
    columns = np.concatenate(blocks, axis=2)
    moments = sum_moments(columns, design.usable, design.dyad, design.dyads)
    if not moments.both_days.any():
        raise DataError(
            "no couple has usable rows of both members on the same occasion, so nothing can be "
            "said of the two together",
            Location(design.source),
        )
    return StandardDesign(moments, first, turn, log_turn, scale, left)


def _refuse_dependent(design: ApimDesign, predictors: Vector) -> None:
    """Refuse columns that the others tell already; the coefficients would mean nothing."""
    size = np.sqrt((predictors**2).mean(axis=0))
    none = np.flatnonzero(size == 0.0)
    upper, order = np.empty((0, 0)), np.arange(0)
    if not len(none):
        upper, order = linalg.qr(predictors / size, mode="r", pivoting=True)
        none = order[np.abs(np.diag(upper)) < 1e-9 * abs(upper[0, 0])]
    if len(none):
        term = design.terms[int(none[0])]
        raise DataError(
            f"the {term} effect is told by the other predictors already, or does not vary"
            if term.kind in ("actor", "partner", "covariate")
            else f"the {term} is told by the predictors already",
            Location(design.source, None, term.variable or None),
        )
