"""Which actor-partner interdependence model is meant, and the columns it is made of.

Each person's outcome is told by the own predictors (actor effects) and by the partner's
(partner effects) [1]_. Partners who cannot be told apart share all numbers; partners with
roles may each have their own.

References
----------
.. [1] Kenny, D. A., Kashy, D. A., and Cook, W. L. (2006). *Dyadic Data Analysis*. Guilford.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from counterpoint.cohort.apim.rows import DyadRows
from counterpoint.errors import DataError, Location

Intercepts = Literal["none", "one", "contrast", "role"]
Kind = Literal["intercept", "contrast", "actor", "partner", "covariate"]

_SIGNS = (1.0, -1.0)
"""Effect coding of the contrast of roles: member a, member b."""


@dataclass(frozen=True)
class ApimModel:
    """An actor-partner interdependence model.

    Parameters
    ----------
    outcome
        The variable that is told.
    predictors
        Variables with an actor and a partner effect.
    actor, partner
        Variables with one of the two only.
    covariates
        Variables that enter with the person's own value, such as years together.
    intercepts
        ``one`` for everybody; ``contrast``: one and the difference of the roles, coded +1
        for member a and -1 for member b; ``role``: one of each role; ``none``.
    effects_by_role
        Whether each role has its own effects.
    spread_by_role
        Whether each role has its own residual variance (and variance of the levels).
    levels
        Whether each person has a level of their own, drawn from a normal law and correlated
        within couples: the longitudinal model.
    """

    outcome: str
    predictors: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    covariates: tuple[str, ...] = ()
    intercepts: Intercepts = "one"
    effects_by_role: bool = False
    spread_by_role: bool = False
    levels: bool = False

    def distinguishable(self) -> ApimModel:
        """Return the model in which each role has its own intercept, effects and spread."""
        intercepts: Intercepts = "none" if self.intercepts == "none" else "role"
        return replace(self, intercepts=intercepts, effects_by_role=True, spread_by_role=True)

    def indistinguishable(self) -> ApimModel:
        """Return the model in which the members of a couple cannot be told apart."""
        intercepts: Intercepts = "none" if self.intercepts == "none" else "one"
        return replace(self, intercepts=intercepts, effects_by_role=False, spread_by_role=False)

    def empty(self) -> ApimModel:
        """Return the model with the same intercepts and spread and no predictor."""
        return replace(self, predictors=(), actor=(), partner=(), covariates=())

    @property
    def needs_roles(self) -> bool:
        """Whether the model tells the members apart."""
        return (
            self.intercepts in ("contrast", "role") or self.effects_by_role or self.spread_by_role
        )

    @property
    def variables(self) -> tuple[str, ...]:
        """All variables, each once, the outcome first."""
        named = (self.outcome, *self.predictors, *self.actor, *self.partner, *self.covariates)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True)
class Term:
    """What one coefficient is about.

    Parameters
    ----------
    kind
        ``intercept``, ``contrast``, ``actor``, ``partner`` or ``covariate``.
    variable
        The predictor; empty for an intercept and a contrast.
    role
        Label of the member whose outcome is told; empty when it holds for both. For a
        contrast the member coded +1.
    """

    kind: Kind
    variable: str = ""
    role: str = ""

    def __str__(self) -> str:
        parts = [self.kind, self.variable, f"[{self.role}]" if self.role else ""]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class ApimDesign:
    """The columns of a model.

    Parameters
    ----------
    model
        The model.
    source
        Name of the file, for messages.
    roles
        Labels of member a and b; empty texts when the model does not tell them apart.
    terms
        One per coefficient.
    dyad
        Shape (rows,): number of the couple, 0 … ``dyads`` - 1, ascending.
    dyads
        Couples with at least one usable row.
    predictors
        Shape (rows, 2, terms), 0 where the member's row is not usable.
    outcome
        Shape (rows, 2), 0 where the member's row is not usable.
    usable
        Shape (rows, 2): whether outcome and all predictors are there.
    """

    model: ApimModel
    source: str
    roles: tuple[str, str]
    terms: tuple[Term, ...]
    dyad: NDArray[np.int64]
    dyads: int
    predictors: NDArray[np.float64]
    outcome: NDArray[np.float64]
    usable: NDArray[np.bool_]


def build_design(
    rows: DyadRows, model: ApimModel, usable: NDArray[np.bool_] | None = None
) -> ApimDesign:
    """Lay out the columns of a model.

    Parameters
    ----------
    rows
        Values of both members.
    model
        The model.
    usable
        Shape (rows, 2): rows of another model that this one shall be compared with;
        ``None`` takes every row on which this model's variables are there.

    Raises
    ------
    DataError
        The model tells roles apart and the couples have no common roles, or hardly a couple
        has usable rows.
    """
    roles = ("", "")
    if model.needs_roles:
        found = rows.roles
        if found is None:
            raise DataError(_no_roles(rows), Location(rows.source))
        roles = found
    terms: list[Term] = []
    columns: list[NDArray[np.float64]] = []
    for term, column in _columns(rows, model, roles):
        terms.append(term)
        columns.append(column)
    shape = (len(rows.dyad), 2)
    predictors = np.stack(columns, axis=2) if columns else np.empty((*shape, 0))
    outcome = rows.column(model.outcome)
    if usable is None:
        usable = usable_rows(rows, model)
    kept = usable.any(axis=1)
    couples, dyad = np.unique(rows.dyad[kept], return_inverse=True)
    if len(couples) < 3 or usable.sum() < predictors.shape[2] + 4:
        raise DataError(
            f"{_counted(len(couples), 'couple has', 'couples have')} rows on which the outcome "
            f"and all predictors are there, {int(usable.sum())} rows in all; too few for "
            f"{_counted(len(terms), 'coefficient', 'coefficients')}",
            Location(rows.source),
        )
    use = usable[kept]
    return ApimDesign(
        model=model,
        source=rows.source,
        roles=roles,
        terms=tuple(terms),
        dyad=dyad.astype(np.int64),
        dyads=len(couples),
        predictors=np.where(use[:, :, None], predictors[kept], 0.0),
        outcome=np.where(use, outcome[kept], 0.0),
        usable=use,
    )


def usable_rows(rows: DyadRows, model: ApimModel) -> NDArray[np.bool_]:
    """Return on which rows outcome and predictors of a model are there, shape (rows, 2)."""
    there = np.isfinite(rows.column(model.outcome))
    for name in (*model.predictors, *model.actor, *model.covariates):
        there = there & np.isfinite(rows.column(name))
    for name in (*model.predictors, *model.partner):
        there = there & np.isfinite(rows.column(name)[:, ::-1])
    return there


def _columns(
    rows: DyadRows, model: ApimModel, roles: tuple[str, str]
) -> list[tuple[Term, NDArray[np.float64]]]:
    shape = (len(rows.dyad), 2)
    ones = np.ones(shape)
    found: list[tuple[Term, NDArray[np.float64]]] = []
    if model.intercepts in ("one", "contrast"):
        found.append((Term("intercept"), ones))
    if model.intercepts == "contrast":
        found.append((Term("contrast", role=roles[0]), ones * _SIGNS))
    if model.intercepts == "role":
        found.extend(_by_role(Term("intercept"), ones, roles))
    effects = [
        *((Term("actor", name), rows.column(name)) for name in (*model.predictors, *model.actor)),
        *(
            (Term("partner", name), rows.column(name)[:, ::-1])
            for name in (*model.predictors, *model.partner)
        ),
        *((Term("covariate", name), rows.column(name)) for name in model.covariates),
    ]
    for term, column in effects:
        found.extend(_by_role(term, column, roles) if model.effects_by_role else [(term, column)])
    return found


def _by_role(
    term: Term, column: NDArray[np.float64], roles: tuple[str, str]
) -> list[tuple[Term, NDArray[np.float64]]]:
    """Return the column of each role: its own value, 0 for the other member."""
    found = []
    for member in (0, 1):
        part = np.where(np.isfinite(column), 0.0, np.nan)
        part[:, member] = column[:, member]
        found.append((replace(term, role=roles[member]), part))
    return found


def _no_roles(rows: DyadRows) -> str:
    first = rows.members[0]
    for couple, pair in zip(rows.couples, rows.members, strict=True):
        if pair != first:
            return (
                f"roles need the same two members in every couple; {rows.couples[0]} has "
                f"{' and '.join(first)}, {couple} has {' and '.join(pair)}. Name the column of "
                "the roles with --member"
            )
    return "roles need the same two members in every couple"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
