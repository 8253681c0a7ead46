"""``counterpoint apim``: own and partner's predictors of an outcome, for researchers."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from counterpoint.cohort.apim import ApimFit, Comparison, DyadRows, Explained

EXAMPLES = """
\b
Examples:
  Every couple asked once, partners alike, then with roles:
    counterpoint apim couples.csv --couple id --member gender \\
        --outcome satisfaction --predictor tension
    counterpoint apim couples.csv --couple id --member gender \\
        --outcome satisfaction --predictor tension --roles

\b
  A diary, one row per couple and day, and each day told from the day before:
    counterpoint apim diary.csv --members M_,W_ --couple ID --day DIARYDAY \\
        --outcome Con. --predictor Anx.
    counterpoint apim diary.csv --members M_,W_ --couple ID --day DIARYDAY \\
        --outcome Con. --day-before
"""

NAMES = "NAME[,NAME…]"


def split_names(ctx: click.Context, param: click.Parameter, texts: Any) -> tuple[str, ...]:  # noqa: ARG001 - click's signature
    """Turn ``a,b`` and repeated options into one tuple of names."""
    return tuple(name.strip() for text in texts for name in text.split(","))


@click.command("apim", epilog=EXAMPLES)
@click.argument("table", type=click.Path(path_type=Path), metavar="TABLE")
@click.option("--outcome", required=True, metavar="NAME", help="Column that is told.")
@click.option(
    "--predictor",
    "predictors",
    multiple=True,
    callback=split_names,
    metavar=NAMES,
    help="Columns that tell it, the person's own (actor effect) and the partner's.",
)
@click.option(
    "--actor",
    multiple=True,
    callback=split_names,
    metavar=NAMES,
    help="Columns with an actor effect only.",
)
@click.option(
    "--partner",
    multiple=True,
    callback=split_names,
    metavar=NAMES,
    help="Columns with a partner effect only.",
)
@click.option(
    "--covariate",
    "covariates",
    multiple=True,
    callback=split_names,
    metavar=NAMES,
    help="Columns that enter as they stand on the person's row, such as years together.",
)
@click.option(
    "--couple",
    default="couple",
    show_default=True,
    metavar="COLUMN",
    help="Column that names the couple.",
)
@click.option(
    "--member",
    default="member",
    show_default=True,
    metavar="COLUMN",
    help="Column that names the member; with --roles the column of the roles.",
)
@click.option(
    "--members",
    metavar="A,B",
    help="The two prefixes or suffixes of files with one row per couple (and day), "
    "or the two labels in the member column. The first is member a.",
)
@click.option(
    "--day",
    metavar="COLUMN",
    help="Column of the day; without it every couple has one row per member.",
)
@click.option(
    "--day-before",
    is_flag=True,
    help="Tell each day from the day before: own carry-over and the partner's influence.",
)
@click.option(
    "--centre",
    type=click.Choice(["none", "grand", "person"]),
    help="Centre the predictors on nothing, on everybody's mean or on each person's own. "
    "Default: person with --day, else none.",
)
@click.option("--roles", is_flag=True, help="Each role has numbers of its own; tests whether.")
@click.option(
    "--contrast", is_flag=True, help="One set of numbers, and the difference of the two roles."
)
@click.option(
    "--method",
    default="reml",
    show_default=True,
    type=click.Choice(["reml", "ml"]),
    help="Restricted or full maximum likelihood.",
)
@click.option(
    "--errors",
    type=click.Choice(["model", "dyad"]),
    help="Standard errors of the model, or robust over couples. "
    "Default: dyad with --day-before, else model.",
)
@click.option(
    "--range",
    "scale",
    default="-1e9,1e9",
    show_default=True,
    metavar="LOW,HIGH",
    help="Refuse values outside, such as a code for missing.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    *,
    table: Path,
    outcome: str,
    predictors: tuple[str, ...],
    actor: tuple[str, ...],
    partner: tuple[str, ...],
    covariates: tuple[str, ...],
    day_before: bool,
    centre: str | None,
    roles: bool,
    contrast: bool,
    method: Any,
    errors: Any,
    as_json: bool,
    **columns: Any,
) -> None:
    """Fit an actor-partner interdependence model.

    TABLE is a CSV or Parquet file: one row per couple and member (and day), with the partner's
    columns beside one's own or without, or, with --members, one row per couple (and day).
    Partners count as exchangeable unless --roles or --contrast is given.
    """
    from counterpoint.cli._apim_words import print_words
    from counterpoint.cohort.apim import (
        ApimModel,
        compare_equal_effects,
        compare_roles,
        explained_variance,
        fit_apim,
        stability_influence,
    )
    from counterpoint.errors import DataError

    started = time.perf_counter()
    _check_options(
        day_before=day_before,
        one_sided=(*actor, *partner, *covariates),
        centre=centre,
        contrast=contrast,
        roles=roles,
        day=columns["day"],
    )
    explaining = (*predictors, *actor, *partner)
    for effects in ((*predictors, *actor, *covariates), (*predictors, *partner, *covariates)):
        for name in effects:
            if effects.count(name) > 1:
                raise DataError(f"the column '{name[:40]}' is named twice for the same effect")
    rows = _read(table, (outcome, *explaining, *covariates), columns)
    read = len(rows.couples)
    if day_before:
        rows, model = stability_influence(rows, outcome, predictors, by_role=roles)
    else:
        about = centre or ("person" if columns["day"] else "none")
        if about != "none":
            rows = rows.centred(tuple(dict.fromkeys(explaining)), about)
        model = ApimModel(
            outcome,
            predictors,
            actor,
            partner,
            covariates,
            intercepts="contrast" if contrast else "one",
            levels=columns["day"] is not None,
        )
        model = model.distinguishable() if roles else model
    fit = fit_apim(rows, model, method=method, errors=errors or ("dyad" if day_before else "model"))
    tests: dict[str, Comparison] = {}
    if roles:
        tests["distinguishability"] = compare_roles(rows, model)
        if model.variables != (model.outcome,):
            tests["equal_effects"] = compare_equal_effects(rows, model)
    explained = explained_variance(rows, fit) if model != model.empty() else ()
    bias = _carry_over_bias(fit) if day_before else None
    if as_json:
        report = _as_numbers(fit, rows, tests, explained)
        report |= {"table": rows.source, "couples_read": read}
        if bias is not None:
            report["centring_bias"] = bias
        report["seconds"] = round(time.perf_counter() - started, 2)
        click.echo(json.dumps(report, indent=1, allow_nan=False))
    else:
        print_words(
            fit,
            couples_read=read,
            roles=rows.roles,
            tests=tests,
            explained=explained,
            bias=bias,
        )


def _check_options(
    *,
    day_before: bool,
    one_sided: Sequence[str],
    centre: str | None,
    contrast: bool,
    roles: bool,
    day: str | None,
) -> None:
    from counterpoint.errors import DataError

    if contrast and roles:
        raise DataError("--roles already tells the roles apart; leave out --contrast")
    if not day_before:
        return
    if day is None:
        raise DataError("--day-before needs to know the day; name it with --day COLUMN")
    if one_sided or contrast:
        raise DataError(
            "--day-before takes --predictor only: every variable enters with the own and the "
            "partner's day before"
        )
    if centre not in (None, "person"):
        raise DataError("--day-before centres every variable on each person's own mean")


def _read(table: Path, variables: tuple[str, ...], columns: dict[str, Any]) -> DyadRows:
    from counterpoint.cohort.apim import read_dyads
    from counterpoint.errors import DataError

    try:
        low, high = (float(part) for part in columns["scale"].split(","))
    except ValueError:
        raise DataError(
            "--range takes two numbers, the lower one first, such as 0,100; "
            f"not '{columns['scale'][:40]}'"
        ) from None
    marks = columns["members"]
    return read_dyads(
        table,
        variables,
        couple=columns["couple"],
        member=columns["member"],
        day=columns["day"],
        members=tuple(mark.strip() for mark in marks.split(",")) if marks is not None else (),
        low=low,
        high=high,
    )


def _carry_over_bias(fit: ApimFit) -> float:
    """Return by how much centring pulls carry-over down, about (1 + carry-over) / days."""
    days = fit.rows / (2.0 * fit.dyads) + 1.0
    first = fit.model.predictors[0]
    own = [
        value
        for term, value in zip(fit.terms, fit.coefficients, strict=True)
        if term.kind == "actor" and term.variable == first
    ]
    return (1.0 + float(sum(own)) / len(own)) / days


def _as_numbers(
    fit: ApimFit,
    rows: DyadRows,
    tests: dict[str, Comparison],
    explained: Sequence[Explained],
) -> dict[str, Any]:
    return {
        "outcome": fit.model.outcome,
        "roles": list(rows.roles or ()) if fit.model.needs_roles else None,
        "method": fit.method,
        "errors": fit.errors,
        "confidence": fit.confidence,
        "couples": fit.dyads,
        "rows": fit.rows,
        "estimates": [
            {"kind": term.kind, "variable": term.variable, "role": term.role}
            | {name: _finite(value) for name, value in asdict(estimate).items() if name != "name"}
            for term, estimate in zip(fit.terms, fit.estimates, strict=True)
        ],
        "spreads": [
            {name: _finite(value) for name, value in asdict(spread).items()}
            for spread in fit.spreads
        ],
        "loglik": fit.loglik,
        "parameters": fit.parameters,
        "aic": fit.aic,
        "bic": fit.bic,
        "explained": [asdict(share) for share in explained],
        "tests": {
            name: {
                "chi_square": test.chi_square,
                "df": test.df,
                "p": test.p,
                "loglik_smaller": test.smaller.loglik,
                "loglik_larger": test.larger.loglik,
            }
            for name, test in tests.items()
        },
    }


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
