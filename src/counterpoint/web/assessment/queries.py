"""Reading marks and answers. Every function takes the owner and returns that person's rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counterpoint.content import load_content
from counterpoint.content.schema import QuestionnaireItem
from counterpoint.domain.plane import Place
from counterpoint.domain.signs import Sign
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import rules
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.models import ItemAnswer, ItemOrder, LeftOutSign, Mark

SITTING = 1


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """The newest mark of one kind."""

    kind: MarkKind
    place: Place
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a person is in one sitting.

    Parameters
    ----------
    order
        Item ids in this person's own order, without signs left out; empty before the first visit.
    answers
        Value by item id; ``None`` marks a skipped item.
    """

    order: tuple[str, ...]
    answers: dict[str, int | None]

    @property
    def next_item(self) -> str | None:
        """First item not yet seen."""
        return rules.next_open(self.order, self.answers)

    @property
    def is_started(self) -> bool:
        """Whether any item was answered or skipped."""
        return any(item_id in self.answers for item_id in self.order)

    @property
    def is_done(self) -> bool:
        """Whether every item was answered or skipped."""
        return bool(self.order) and self.next_item is None

    @property
    def left(self) -> int:
        """Number of items not yet seen."""
        return sum(item_id not in self.answers for item_id in self.order)

    @property
    def said(self) -> int:
        """Number of items with an answer."""
        return sum(self.answers.get(item_id) is not None for item_id in self.order)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sentence with the answer in words.

    Parameters
    ----------
    item
        The sentence.
    answer
        Empty where it was skipped.
    may_be_left_out
        Whether its sign is one beside which the line about safety stands.
    """

    item: QuestionnaireItem
    answer: str
    may_be_left_out: bool


def sheet(progress: Progress) -> tuple[SheetLine, ...]:
    """Return what was said, sentence by sentence, in the order it was asked."""
    content = load_content()
    questionnaire = content.questionnaire
    labels = {option.value: option.label for option in questionnaire.response_options}
    lines = []
    for item_id in progress.order:
        value = progress.answers.get(item_id)
        answer = "" if value is None else labels[value]
        item = questionnaire.item(item_id)
        lines.append(SheetLine(item, answer, content.signs[item.sign].safety_line))
    return tuple(lines)


def newest_marks(owner: User) -> dict[MarkKind, PlacedMark]:
    """Return the newest mark of each kind the owner set."""
    newest: dict[MarkKind, PlacedMark] = {}
    for kind in MarkKind:
        row = Mark.objects.filter(owner=owner, kind=kind).order_by("-made_at").first()
        if row is not None:
            newest[kind] = PlacedMark(kind=kind, place=row.place, made_at=row.made_at)
    return newest


def wish_at(owner: User, moment: datetime) -> Place | None:
    """Return the wish as it stood at a moment: a picture keeps the wish it was told against."""
    row = (
        Mark.objects.filter(owner=owner, kind=MarkKind.WISH, made_at__lte=moment)
        .order_by("-made_at")
        .first()
    )
    return None if row is None else row.place


def left_out_signs(owner: User) -> frozenset[Sign]:
    """Return the signs the owner left out."""
    return frozenset(
        Sign(sign)
        for sign in LeftOutSign.objects.filter(owner=owner).values_list("sign", flat=True)
    )


def progress(owner: User) -> Progress:
    """Return how far the owner is in the questionnaire's first sitting."""
    questionnaire = load_content().questionnaire
    row = ItemOrder.objects.filter(
        owner=owner, questionnaire_id=questionnaire.id, sitting=SITTING
    ).first()
    left_out = left_out_signs(owner)
    sign_of = {item.item_id: item.sign for item in questionnaire.items}
    order = tuple(
        item_id
        for item_id in (row.item_ids if row is not None else ())
        if item_id in sign_of and sign_of[item_id] not in left_out
    )
    answers = dict(
        ItemAnswer.objects.filter(owner=owner, questionnaire_id=questionnaire.id).values_list(
            "item_id", "value"
        )
    )
    return Progress(order=order, answers=answers)


def said_of_signs(owner: User) -> dict[Sign, float]:
    """Return the mean of what the owner answered about each sign, without signs left out.

    Values 0 to 4 in the direction of the sign, "hardly ever" to "nearly every time"; one answered
    sentence is enough for a sign to be there.
    """
    questionnaire = load_content().questionnaire
    items = {item.item_id: item for item in questionnaire.items}
    most = questionnaire.response_options[-1].value
    left_out = left_out_signs(owner)
    said: dict[Sign, list[int]] = {}
    rows = ItemAnswer.objects.filter(
        owner=owner, questionnaire_id=questionnaire.id, value__isnull=False
    ).values_list("item_id", "value")
    for item_id, value in rows:
        item = items.get(item_id)
        if value is not None and item is not None and item.sign not in left_out:
            said.setdefault(item.sign, []).append(most - value if item.reverse_keyed else value)
    return {sign: sum(values) / len(values) for sign, values in said.items()}
