"""A fitted actor-partner interdependence model as tables in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from counterpoint.cohort.apim import ApimFit, ApimModel, Comparison, Explained, Term

SPREAD_WORDS = {
    "residual sd": "left unexplained, standard deviation",
    "residual r": "left unexplained, correlation of the two members",
    "level sd": "levels of persons, standard deviation",
    "level r": "levels of persons, correlation of the two members",
}

EXPLAINED_WORDS = {
    "residual": "explained by the predictors, of what differs on one occasion",
    "level": "explained by the predictors, of what differs between persons",
}


def print_words(
    fit: ApimFit,
    *,
    couples_read: int,
    roles: tuple[str, str] | None,
    tests: dict[str, Comparison],
    explained: Sequence[Explained],
    bias: float | None,
) -> None:
    """Print effects, spread and tests of a fit.

    Parameters
    ----------
    fit
        The fit.
    couples_read
        Couples in the file.
    roles
        Labels of member a and b where they are the same in every couple.
    tests
        Comparisons by name: ``distinguishability``, ``equal_effects``.
    explained
        How much the predictors explain.
    bias
        By how much centring pulls carry-over down; ``None`` outside the stability-influence
        model.
    """
    console = Console(highlight=False)
    of_all = "" if fit.dyads == couples_read else f" of {couples_read:,}"
    console.print(
        f"{escape(fit.model.outcome)}, {fit.dyads:,}{of_all} couples, "
        f"{fit.rows:,} rows of persons, "
        f"{'restricted' if fit.method == 'reml' else 'full'} maximum likelihood; standard errors "
        f"{'over couples' if fit.errors == 'dyad' else 'of the model'}."
    )
    table = Table(title="Effects", title_justify="left", show_edge=False)
    table.add_column("what")
    for name in ("estimate", "std. error", f"{fit.confidence:.0%} interval", "t (df)", "p"):
        table.add_column(name, justify="right", no_wrap=True)
    for term, estimate in zip(fit.terms, fit.estimates, strict=True):
        table.add_row(
            escape(_term_words(term, roles)),
            _number(estimate.estimate),
            _number(estimate.se),
            f"{_number(estimate.low)} to {_number(estimate.high)}",
            f"{estimate.t:.2f}" + ("" if math.isinf(estimate.df) else f" ({estimate.df:.0f})"),
            _p(estimate.p),
        )
    if fit.terms:
        console.print(table)
    _print_spread(console, fit, explained)
    console.print(
        f"Log-likelihood {fit.loglik:.3f}, {fit.parameters} parameters, AIC {fit.aic:.2f}, "
        f"BIC {fit.bic:.2f}."
    )
    _print_tests(console, fit.model, tests)
    if bias is not None:
        console.print(
            "Centring each person on their own mean pulls carry-over down by about "
            f"(1 + carry-over) / days, here by about {bias:.2f}."
        )
    console.print(
        "An effect here is what goes with what. It does not show that one person moves the other."
    )


def _print_spread(console: Console, fit: ApimFit, explained: Sequence[Explained]) -> None:
    table = Table(title="Spread", title_justify="left", show_edge=False)
    table.add_column("what")
    table.add_column("estimate", justify="right")
    table.add_column(f"{fit.confidence:.0%} interval", justify="right")
    for spread in fit.spreads:
        words = SPREAD_WORDS[spread.name] + (f", {spread.role}" if spread.role else "")
        known = math.isfinite(spread.low)
        between = f"{_number(spread.low)} to {_number(spread.high)}" if known else "at the edge"
        table.add_row(escape(words), _number(spread.estimate), between)
    for share in explained:
        words = EXPLAINED_WORDS[share.name] + (f", {share.role}" if share.role else "")
        table.add_row(escape(words), f"{share.share:.3f}", "")
    console.print(table)


def _print_tests(console: Console, model: ApimModel, tests: dict[str, Comparison]) -> None:
    words = {
        "distinguishability": "Can the roles be told apart at all",
        "equal_effects": "Do effects differ between the roles",
    }
    for name, test in tests.items():
        console.print(
            f"{words[name]}? Chi-squared {test.chi_square:.3f} on {test.df} "
            f"{'degree' if test.df == 1 else 'degrees'} of freedom, p {_p(test.p)}. "
            "A small p speaks for numbers of their own."
        )
    if tests and model.intercepts == "none":
        console.print("Both tests take the days of a couple, given the day before, as independent.")


def _term_words(term: Term, roles: tuple[str, str] | None) -> str:
    if term.kind == "intercept":
        return f"intercept, {term.role}" if term.role else "intercept"
    if term.kind == "contrast":
        first, second = roles or ("", "")
        return f"half the difference, {first} minus {second}"
    if term.kind == "covariate":
        return term.variable + (f", {term.role}" if term.role else "")
    if not term.role:
        return f"{'own' if term.kind == 'actor' else 'partner’s'} {term.variable} ({term.kind})"
    first, second = roles or ("", "")
    other = second if term.role == first else first
    giver = term.role if term.kind == "actor" else other
    return f"{term.variable}: {giver} → {term.role} ({term.kind})"


def _number(value: float) -> str:
    return f"{value:.4f}" if abs(value) >= 1e-3 or value == 0.0 else f"{value:.2e}"


def _p(value: float) -> str:
    return "<.001" if value < 0.001 else f"{value:.3f}"
