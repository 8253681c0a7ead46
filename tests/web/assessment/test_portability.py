"""Marks and answers can be taken away whole, and erased whole."""

from __future__ import annotations

import uuid

from counterpoint.domain.signs import Sign
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import services
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.models import (
    ItemAnswer,
    ItemOrder,
    LeftOutSign,
    Mark,
    Reflection,
)
from counterpoint.web.assessment.portability import CODEBOOK, erase_assessment, export_assessment
from counterpoint.web.assessment.reflections import keep_reflection

MODELS = (Mark, ItemOrder, ItemAnswer, LeftOutSign, Reflection)
WORDS = "Whoever laughed first."


def fill(person: User) -> None:
    for points in (40, 60):
        services.place_mark(
            person, MarkKind.WISH, connection_points=points, self_points=80, key=uuid.uuid4()
        )
    services.draw_order(person)
    services.answer_item(person, "voicing_needs_1", 3)
    services.answer_item(person, "hard_to_rely_1", None)
    services.leave_sign_out(person, Sign.STAYING_QUIET)
    keep_reflection(person, "choosing", WORDS)
    keep_reflection(person, "learned", "At the kitchen table.", Sign.HARD_TO_RELY)


def test_everything_is_taken_along_the_history_too(owner: User) -> None:
    fill(owner)
    exported = export_assessment(owner)
    marks, answers = exported["marks"], exported["answers"]
    assert not isinstance(marks, (str, bytes))
    assert not isinstance(answers, (str, bytes))
    assert [mark["connection_points"] for mark in marks] == [40, 60]
    assert [(row["item_id"], row["value"], row["answer"]) for row in answers] == [
        ("voicing_needs_1", 3, "often"),
        ("hard_to_rely_1", None, ""),
    ]
    reflections = exported["reflections"]
    assert not isinstance(reflections, (str, bytes))
    assert [(row["reflection"], row["sign"], row["words"]) for row in reflections] == [
        ("choosing", "", WORDS),
        ("learned", "hard_to_rely", "At the kitchen table."),
    ]
    for rows in exported.values():
        assert not isinstance(rows, (str, bytes))
        assert rows
        assert set(rows[0]) <= set(CODEBOOK)


def test_erasing_leaves_nothing_of_the_owner_and_everything_of_others(
    owner: User, partner: User
) -> None:
    fill(owner)
    fill(partner)
    erase_assessment(owner)
    for model in MODELS:
        assert not model.objects.filter(owner=owner).exists()
        assert model.objects.filter(owner=partner).exists()
    assert not any(export_assessment(owner).values())
