"""Reading marks and answers. Every function takes the owner and returns that person's rows only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from counterpoint.content.schema import QuestionnaireItem
from counterpoint.domain import plane
from counterpoint.domain.diary import local_day
from counterpoint.domain.signs import Sign
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import rules
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.models import ItemAnswer, ItemOrder, LeftOutSign, Mark
from counterpoint.web.assessment.rules import Place
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """The newest mark of one kind."""

    kind: MarkKind
    place: plane.Place
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
    content = current_content()
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


def wish_at(owner: User, moment: datetime) -> plane.Place | None:
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


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting of one round.

    Parameters
    ----------
    place
        Which one.
    progress
        How far the person is in it; its order is empty before it was begun.
    done_on
        Once every item was answered or skipped: the local day by which most of it was. A later
        change, or a sign that is brought back, does not move it.
    """

    place: Place
    progress: Progress
    done_on: date | None

    @property
    def lead(self) -> str:
        """What the sitting is, in words: first evening, a later one, or ten weeks later."""
        content = current_content()
        if self.place == rules.FIRST:
            return content.questionnaire.intro
        if self.place == (rules.AGAIN, rules.FIRST.sitting):
            return content.phrase("questionnaire.again")
        left = self.progress.left or len(content.questionnaire.in_sitting(self.place.sitting))
        return content.phrase("questionnaire.more", left=left)


@dataclass(frozen=True, slots=True)
class Sittings:
    """Every sitting of one person.

    Parameters
    ----------
    each
        By place; all six, begun or not.
    open_place
        The one unfinished sitting that is open today.
    """

    each: Mapping[Place, Sitting]
    open_place: Place | None

    @property
    def first(self) -> Progress:
        """How far the person is on the first evening's items."""
        return self.each[rules.FIRST].progress

    @property
    def offered(self) -> Sitting | None:
        """The later sitting that may be offered today, if there is one."""
        place = self.open_place
        return None if place is None or place == rules.FIRST else self.each[place]

    def current(self, number: int) -> Sitting | None:
        """Return the newest round of a sitting that was begun."""
        begun = [self.each[Place(round_, number)] for round_ in rules.ROUNDS]
        return next((one for one in reversed(begun) if one.progress.order), None)

    def done(self) -> tuple[Sitting, ...]:
        """Return the newest finished round of each sitting, in order."""
        newest = (
            next(
                (
                    self.each[Place(round_, number)]
                    for round_ in reversed(rules.ROUNDS)
                    if self.each[Place(round_, number)].done_on is not None
                ),
                None,
            )
            for number in rules.SITTINGS
        )
        return tuple(one for one in newest if one is not None)


def sittings(owner: User) -> Sittings:
    """Return every sitting of the owner, and which one is open today."""
    questionnaire = current_content().questionnaire
    rows = ItemOrder.objects.filter(owner=owner, questionnaire_id=questionnaire.id)
    orders = {Place(row.round, row.sitting): row.item_ids for row in rows}
    left_out = left_out_signs(owner)
    sign_of = {item.item_id: item.sign for item in questionnaire.items}
    answers: dict[int, dict[str, int | None]] = {round_: {} for round_ in rules.ROUNDS}
    answered_on: dict[tuple[int, str], date] = {}
    for row in ItemAnswer.objects.filter(owner=owner, questionnaire_id=questionnaire.id):
        answers.setdefault(row.round, {})[row.item_id] = row.value
        answered_on[row.round, row.item_id] = local_day(row.answered_at, owner.zone)
    each: dict[Place, Sitting] = {}
    for place in (Place(round_, number) for round_ in rules.ROUNDS for number in rules.SITTINGS):
        order = tuple(
            item_id
            for item_id in orders.get(place, ())
            if item_id in sign_of and sign_of[item_id] not in left_out
        )
        so_far = Progress(order=order, answers=answers[place.round])
        days = sorted(
            answered_on[place.round, item_id] for item_id in order if item_id in so_far.answers
        )
        done_on = days[len(days) // 2] if so_far.is_done else None
        each[place] = Sitting(place=place, progress=so_far, done_on=done_on)
    first_days = [day for (round_, _), day in answered_on.items() if round_ == 1]
    open_place = rules.sitting_open(
        {place: one.done_on for place, one in each.items() if one.done_on is not None},
        {place for place, one in each.items() if one.progress.order},
        first_on=min(first_days, default=None),
        today=clock.today(owner.zone),
    )
    return Sittings(each=each, open_place=open_place)


def progress(owner: User) -> Progress:
    """Return how far the owner is in the questionnaire's first sitting."""
    return sittings(owner).first


def answers_in(owner: User, round_: int) -> dict[str, int]:
    """Return what the owner answered in one round, by item id, without what was skipped."""
    questionnaire = current_content().questionnaire
    left_out = left_out_signs(owner)
    asked = {item.item_id for item in questionnaire.items if item.sign not in left_out}
    rows = ItemAnswer.objects.filter(
        owner=owner, questionnaire_id=questionnaire.id, round=round_, value__isnull=False
    )
    return {
        item_id: value
        for item_id, value in rows.values_list("item_id", "value")
        if item_id in asked and value is not None
    }


def said_of_signs(owner: User) -> dict[Sign, float]:
    """Return the mean of what the owner answered about each sign, without signs left out.

    Values 0 to 4 in the direction of the sign, "hardly ever" to "nearly every time"; one answered
    sentence is enough for a sign to be there. Of a sentence answered in both rounds the newer
    answer counts.
    """
    questionnaire = current_content().questionnaire
    most = questionnaire.response_options[-1].value
    newest: dict[str, int] = {}
    for round_ in rules.ROUNDS:
        newest |= answers_in(owner, round_)
    said: dict[Sign, list[int]] = {}
    for item in questionnaire.items:
        if item.item_id in newest:
            value = newest[item.item_id]
            said.setdefault(item.sign, []).append(most - value if item.reverse_keyed else value)
    return {sign: sum(values) / len(values) for sign, values in said.items()}
