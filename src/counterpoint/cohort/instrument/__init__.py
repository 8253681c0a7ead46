"""Questionnaires of many people: reading answers, scoring signs, learning items, proving both."""

from counterpoint.cohort.instrument.answers import AnswerTable, read_answers
from counterpoint.cohort.instrument.item_file import read_items, write_items
from counterpoint.cohort.instrument.proof import InstrumentProof, prove_instrument
from counterpoint.cohort.instrument.scoring import (
    PersonScores,
    score_people,
    teach_items,
    write_scores,
)

__all__ = [
    "AnswerTable",
    "InstrumentProof",
    "PersonScores",
    "prove_instrument",
    "read_answers",
    "read_items",
    "score_people",
    "teach_items",
    "write_items",
    "write_scores",
]
