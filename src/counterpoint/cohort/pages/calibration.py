"""Simulation-based calibration as a page."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoint.cohort.calibration import Calibration
from counterpoint.cohort.pages.markdown import made_by, number, table

HEADINGS = ("diary", "numbers", "smallest p", "must exceed", "p of evenness", "verdict")


def cells_of(title: str, found: Calibration, *, planted: bool) -> tuple[str, ...]:
    """Return one run as texts under `HEADINGS`."""
    if planted:
        verdict = "NOT caught" if found.kept else "caught"
    else:
        verdict = "even" if found.kept else "NOT even"
    smallest = (
        f"{found.smallest_p:.1e}" if found.smallest_p < 0.001 else number(found.smallest_p, 4)
    )
    return (
        title,
        str(len(found.names)),
        smallest,
        number(found.smallest_allowed, 5),
        number(found.evenness, 3) if found.evenness >= 0.001 else f"{found.evenness:.1e}",
        verdict,
    )


def calibration_page(
    runs: Sequence[Calibration],
    planted: Sequence[tuple[str, Calibration]],
    *,
    dyads: int,
    missing: float,
    command: str,
) -> str:
    """Return the page of `check calibration`.

    Parameters
    ----------
    runs
        One per length of diary.
    planted
        The same with a bug, named.
    dyads, missing
        Dyads of each run, and the share of days each member leaves out.
    command
        How to make the page again.
    """
    parts = [
        "# Do intervals mean what they say",
        made_by(command),
        f"Simulation-based calibration. {dyads} dyads are drawn from the shipped prior, a diary "
        f"from each ({missing:.0%} of the days left out by each member, conflicts and offers "
        "marked, time together varying; from 42 days on the level moves), and every diary is "
        "fitted under the same prior. If sampler, model and simulator agree, the rank of each true "
        "number among its 99 kept draws is uniform. The rule: of the chi-square p-values over 20 "
        "bins the smallest exceeds .01 over the number of numbers, and the p-values are "
        "themselves uniform (Kolmogorov-Smirnov p above .01). *One member alone*: the other never "
        "answered. *Ends of the scale*: of answers below 5 or above 95 points only that is kept.",
        "Costs, bearings, engulfment and threat are couplings with a sign, trade-off and in step "
        "are same-day correlations, the half-life is the memory and a place against a wish the "
        "place: they have the ranks of those. The evening answer about room, which has a model of "
        "its own, and changes between stretches are in [findings](findings.md).",
        "## Rule",
        table(
            HEADINGS,
            [
                *(cells_of(run.title, run, planted=False) for run in runs),
                *(
                    cells_of(f"{run.title}, planted: {bug}", run, planted=True)
                    for bug, run in planted
                ),
            ],
        ),
        "## Every number\n\np of its ranks, and the share of truths inside the middle 90 % of the "
        f"draws (one standard error is {number((0.09 / dyads) ** 0.5, 3)}).",
        table(
            ("number", *(f"{_short(run)}: {word}" for run in runs for word in ("p", "inside"))),
            _every_number(runs),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _short(run: Calibration) -> str:
    return f"{run.days} d, {run.case}" if run.case else f"{run.days} d"


def _every_number(runs: Sequence[Calibration]) -> list[list[str]]:
    names: list[str] = []
    for run in runs:
        names += [name for name in run.names if name not in names]
    rows = []
    for name in names:
        row = [name]
        for run in runs:
            if name in run.names:
                place = run.names.index(name)
                row += [number(float(run.p_values[place]), 3), number(float(run.coverage[place]))]
            else:
                row += ["–", "–"]
        rows.append(row)
    return rows
