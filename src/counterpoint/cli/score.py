"""``counterpoint score``: the signs of many people from their questionnaire answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from counterpoint.cohort.instrument import AnswerTable, PersonScores
    from counterpoint.engine.instrument import Calibration

EXAMPLES = """
\b
Examples:
  Score with the parameters that ship:
    counterpoint score answers.csv --out scores.csv
  Learn the items from 300 people or more, then score with what was learned:
    counterpoint score answers.csv --calibrate --items items.json --out scores.csv
    counterpoint score more.csv --items items.json --out more-scores.csv
"""


@click.command("score", epilog=EXAMPLES)
@click.argument("answers", type=click.Path(path_type=Path), metavar="ANSWERS")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write one row a person and sign.",
)
@click.option(
    "--items",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Learned items to score with; with --calibrate the file to write them to.",
)
@click.option(
    "--calibrate", is_flag=True, help="Learn the items from these answers (100 people or more)."
)
@click.option(
    "--person",
    default="person",
    show_default=True,
    metavar="COLUMN",
    help="Column that names the person.",
)
def command(
    *, answers: Path, out: Path | None, items: Path | None, calibrate: bool, person: str
) -> None:
    """Score the fifteen signs from answers to the questionnaire.

    ANSWERS is a CSV or Parquet file with a column that names the person and either one column an
    item, named by its id, or the columns item_id and value. Options count from 0; skipped items
    are empty. Scores are ranges for research: no cut-off is known, and signs are never added up.
    """
    from counterpoint.cohort.instrument import (
        read_answers,
        read_items,
        score_people,
        teach_items,
        write_items,
        write_scores,
    )
    from counterpoint.content.sign_form import sign_form
    from counterpoint.engine.instrument import shipped_correlation, shipped_items
    from counterpoint.errors import DataError

    if calibrate and items is None:
        raise DataError("--calibrate needs --items FILE to write what was learned to")
    form = sign_form()
    read = read_answers(answers, form, person=person)
    if calibrate and items is not None:
        calibration = teach_items(read, form)
        write_items(items, calibration, form, on=dt.datetime.now(tz=dt.UTC).date())
        learned, correlation = calibration.items, calibration.correlation
        _tell_calibration(calibration)
    elif items is not None:
        learned, correlation = read_items(items, form)
    else:
        learned, correlation = shipped_items(form.scale), shipped_correlation()
    found = score_people(read, form, learned, correlation, learned=items is not None)
    if out is not None:
        write_scores(out, found)
    _tell_scores(read, found, assumed=items is None)


def _tell_calibration(calibration: Calibration) -> None:
    import numpy as np

    found = calibration.items.discrimination
    click.echo(
        f"Items learned from {calibration.people} people in {calibration.rounds} rounds"
        + ("" if calibration.settled else ", NOT settled")
        + f": discrimination {found.min():.2f} to {found.max():.2f}, median {np.median(found):.2f}."
    )


def _tell_scores(read: AnswerTable, found: PersonScores, *, assumed: bool) -> None:
    import numpy as np
    from rich.console import Console
    from rich.table import Table

    from counterpoint.content.sign_form import SIGNS, sign_form
    from counterpoint.engine.instrument import (
        cronbach_alpha,
        key_answers,
        marginal_reliability,
        shipped_items,
    )

    form = sign_form()
    keyed = key_answers(read.values, form.reverse_keyed, form.options)
    alpha = cronbach_alpha(keyed, shipped_items(form.scale))
    known = marginal_reliability(found.scores)
    table = Table(show_edge=False, pad_edge=False, box=None)
    for heading in ("sign", "answered by", "mean option", "alpha", "variance known"):
        table.add_column(heading, justify="left" if heading == "sign" else "right")
    for place, sign in enumerate(SIGNS):
        own = keyed[:, np.array(form.scale) == place]
        there = ~np.isnan(own)
        table.add_row(
            sign.value,
            str(int(there.any(axis=1).sum())),
            f"{own[there].mean():.2f}" if there.any() else "–",
            "–" if np.isnan(alpha[place]) else f"{alpha[place]:.2f}",
            f"{known[place]:.2f}",
        )
    Console(highlight=False).print(table)
    notes = [found.note_of(person) for person in range(len(found.people))]
    flagged = sum(bool(note) for note in notes)
    click.echo(
        f"{len(found.people)} people; {flagged} whose answers are worth a second look."
        + (
            " Items are assumed, not learned: read means and ranges as provisional."
            if assumed
            else ""
        )
    )
    if read.unknown:
        names = ", ".join(read.unknown[:5]) + (" …" if len(read.unknown) > 5 else "")
        click.echo(f"Not items of this questionnaire, not read: {names}")
