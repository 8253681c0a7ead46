"""What the assessment app exports of a person, and what it erases."""

from __future__ import annotations

from counterpoint.content import LANGUAGES, load_content
from counterpoint.web.accounts import portability
from counterpoint.web.accounts.field_classes import classed
from counterpoint.web.accounts.keys import CANNOT_BE_READ
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.sealed import SealedColumn
from counterpoint.web.assessment import reflections
from counterpoint.web.assessment.models import (
    ItemAnswer,
    ItemOrder,
    LeftOutSign,
    Mark,
    Reflection,
)

CODEBOOK = {
    "kind": "now: the last two weeks; wish: where you would like to be; "
    "partner_guess: where your partner would put you",
    "connection_points": "nearness, 0 to 100",
    "self_points": "being yourself, 0 to 100",
    "made_at": "when you set the mark (UTC)",
    "questionnaire": "which set of questions",
    "version": "version of its wording",
    "language": "the language you read it in (two letters)",
    "round": "1: your first answers; 2: the same sentences ten weeks later",
    "sitting": "in which of the three sittings",
    "item_id": "which sentence",
    "text": "the sentence as it stands now, in that language",
    "value": "your answer, 0 hardly ever to 4 nearly every time; empty: skipped",
    "answer": "your answer in words",
    "answered_at": "when you answered (UTC)",
    "item_ids": "the order in which you meet the sentences",
    "drawn_at": "when that order was drawn (UTC)",
    "sign": "which sign; in reflections empty where it is about no sign",
    "left_out_at": "when you left it out (UTC)",
    "reflection": "which reflection",
    "words": "what you wrote, in your own words",
    "changed_at": "when you last changed it (UTC)",
}


def export_assessment(owner: User) -> portability.Exported:
    """Return every mark, answer with its sentence, order, sign left out and reflection."""
    asked = {language: load_content(language).questionnaire for language in LANGUAGES}
    texts = {
        (language, item.item_id): item.text
        for language, questionnaire in asked.items()
        for item in questionnaire.items
    }
    labels: dict[tuple[str, int | None], str] = {
        (language, option.value): option.label
        for language, questionnaire in asked.items()
        for option in questionnaire.response_options
    }
    return {
        "marks": list(
            Mark.objects.filter(owner=owner)
            .order_by("made_at")
            .values("kind", "connection_points", "self_points", "made_at")
        ),
        "answers": [
            {
                "questionnaire": answer.questionnaire_id,
                "version": answer.questionnaire_version,
                "language": answer.language,
                "round": answer.round,
                "item_id": answer.item_id,
                "text": texts.get((answer.language, answer.item_id), ""),
                "value": answer.value,
                "answer": labels.get((answer.language, answer.value), ""),
                "answered_at": answer.answered_at,
            }
            for answer in ItemAnswer.objects.filter(owner=owner).order_by("answered_at")
        ],
        "question_order": [
            {
                "round": order.round,
                "sitting": order.sitting,
                "item_ids": " ".join(order.item_ids),
                "drawn_at": order.drawn_at,
            }
            for order in ItemOrder.objects.filter(owner=owner).order_by("drawn_at")
        ],
        "left_out": list(
            LeftOutSign.objects.filter(owner=owner)
            .order_by("left_out_at")
            .values("sign", "left_out_at")
        ),
        "reflections": [
            {
                "reflection": row.reflection_id,
                "sign": row.sign,
                "words": CANNOT_BE_READ if words is None else words,
                "changed_at": row.changed_at,
            }
            for row, words in reflections.written(owner)
        ],
    }


def erase_assessment(owner: User) -> None:
    """Delete marks, answers, orders, what was left out, and reflections."""
    for model in (Mark, ItemAnswer, ItemOrder, LeftOutSign, Reflection):
        model.objects.filter(owner=owner).delete()


def register_all() -> None:
    """Enter the assessment app in the registry."""
    portability.register(
        "assessment",
        export=export_assessment,
        erase=erase_assessment,
        holds={
            "assessment.ItemAnswer": classed(
                owner="owner",
                answer="questionnaire_id questionnaire_version language round item_id value "
                "answered_at",
                technical="id",
            ),
            "assessment.ItemOrder": classed(
                owner="owner",
                answer="round sitting item_ids drawn_at",
                technical="id questionnaire_id questionnaire_version",
            ),
            "assessment.LeftOutSign": classed(
                owner="owner", answer="sign left_out_at", technical="id"
            ),
            "assessment.Mark": classed(
                owner="owner",
                answer="kind connection_points self_points made_at",
                technical="id submission_key",
            ),
            "assessment.Reflection": classed(
                owner="owner",
                answer="reflection_id sign changed_at",
                words="words_sealed",
                technical="id",
            ),
        },
        sealed=(SealedColumn("assessment.Reflection", "words_sealed", "words"),),
        codebook=CODEBOOK,
    )
