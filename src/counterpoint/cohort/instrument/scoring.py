"""Signs of many people, scored and written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from defusedcsv import csv as defused

from counterpoint.cohort.instrument.answers import AnswerTable
from counterpoint.cohort.replacing import replaced_file
from counterpoint.content.sign_form import SIGNS, SignForm
from counterpoint.engine.instrument import (
    UNLIKELY_ASSUMED,
    UNLIKELY_LEARNED,
    AnswerPattern,
    Calibration,
    GradedItems,
    Scores,
    calibrate_items,
    key_answers,
    pattern_of,
    score_jointly,
    weigh_answers,
)
from counterpoint.engine.states import Array

COLUMNS = (
    *("person", "sign", "answered"),
    *("mean", "sd", "q05", "q50", "q95"),
    *("option_q05", "option_q50", "option_q95", "note"),
)
"""Columns of the file of scores: population sds, then the same in options (0 = first)."""

NOTES = {"one_option": "one option nearly all along", "anywhere": "answers do not hang together"}


@dataclass(frozen=True, eq=False)
class PersonScores:
    """Scores of everybody in a table.

    Parameters
    ----------
    people
        Labels.
    scores
        Per person and sign.
    options
        5, 50 and 95 % points as expected options, shape (3, people, signs).
    pattern
        Whose answers cannot mean what the items ask.
    """

    people: tuple[str, ...]
    scores: Scores
    options: Array
    pattern: AnswerPattern

    def note_of(self, person: int) -> str:
        """Return what to know before a person's scores are believed, or ``""``."""
        if self.pattern.one_option[person]:
            return NOTES["one_option"]
        return NOTES["anywhere"] if self.pattern.anywhere[person] else ""


def score_people(
    answers: AnswerTable,
    form: SignForm,
    items: GradedItems,
    correlation: Array,
    *,
    learned: bool = False,
) -> PersonScores:
    """Score all signs of everybody jointly.

    Parameters
    ----------
    answers
        As read, before keying.
    form
        The questionnaire.
    items, correlation
        Shipped or learned.
    learned
        Whether they are learned: carelessness is then seen more sharply.
    """
    found = weigh_answers(
        answers.values,
        form.reverse_keyed,
        items,
        correlation,
        unlikely=UNLIKELY_LEARNED if learned else UNLIKELY_ASSUMED,
    )
    return PersonScores(answers.people, found.scores, found.options, found.pattern)


def teach_items(answers: AnswerTable, form: SignForm) -> Calibration:
    """Learn the items from answers; people whose answers do not hang together are left out.

    Raises
    ------
    DataError
        Fewer than 100 people, or an item that nobody answered.
    """
    keyed = key_answers(answers.values, form.reverse_keyed, form.options)
    first = calibrate_items(keyed, form.scale, form.options)
    scores = score_jointly(keyed, first.items, first.correlation)
    pattern = pattern_of(
        keyed, form.reverse_keyed, first.items, scores.mean, unlikely=UNLIKELY_LEARNED
    )
    careless = pattern.one_option | pattern.anywhere
    if not careless.any():
        return first
    return calibrate_items(keyed[~careless], form.scale, form.options)


def write_scores(path: Path, found: PersonScores) -> None:
    """Write one row a person and sign; nobody's signs are added up."""
    scores = found.scores
    with (
        replaced_file(path) as part,
        part.open("w", encoding="utf-8", newline="") as file,
    ):
        writer = defused.writer(file)
        writer.writerow(COLUMNS)
        for person, label in enumerate(found.people):
            note = found.note_of(person)
            for place, sign in enumerate(SIGNS):
                numbers = [
                    float(array[person, place])
                    for array in (scores.mean, scores.sd, scores.q05, scores.q50, scores.q95)
                ]
                numbers += [float(part_[person, place]) for part_ in found.options]
                writer.writerow(
                    [label, sign.value, int(scores.answered[person, place])]
                    + [f"{value:.3f}" for value in numbers]
                    + [note]
                )
