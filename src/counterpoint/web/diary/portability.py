"""What the diary exports of a person, and what it erases."""

from __future__ import annotations

from django.db.models import F

from counterpoint.content import load_content
from counterpoint.web.accounts import portability
from counterpoint.web.accounts.field_classes import classed
from counterpoint.web.accounts.keys import CANNOT_BE_READ
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.sealed import SealedColumn
from counterpoint.web.diary import looks, own, queries
from counterpoint.web.diary.evening_models import EveningDevice
from counterpoint.web.diary.models import (
    LOOK_LINES,
    LOOK_TAPS,
    LOOK_WORDS,
    Checkin,
    ChosenPace,
    ItemOrder,
    OfferDay,
    OfferSeries,
    Submission,
    WeekLook,
)
from counterpoint.web.diary.own_models import OwnAnswer, OwnQuestion

PLAIN_COLUMNS = (
    "about_on", "slot", "recorded_at", "changed_at", "zone", "checkin_version", "language",
    "coin_connection", "coin_self", "g", "c1", "s1", "n", "e1", "second_at", "c2", "c3",
    "s2", "s3", "s3_nothing_came_up", "w", "w_some_of_both", "e2", "e2_next", "e2_next_at",
)  # fmt: skip
LOOK_COLUMNS = (
    "week_ends_on", "recorded_at", "changed_at", "look_version", "language",
    *LOOK_TAPS, *LOOK_WORDS,
)  # fmt: skip
CODEBOOK = {
    "item_id": "which question of the list; empty: in your own words",
    "week_ends_on": "Sunday of the week the look is about",
    "look_version": "version of the questions of the look",
    "h1_line": "your line on the first half, in your own words",
    "h2_line": "your line on the second half, in your own words",
    "moment": "a moment to keep, in your own words",
    "about_on": "the day the answers are about; a day ends at 04:00 in your time zone",
    "slot": "first or second check-in of the day",
    "recorded_at": "when it was first written (UTC)",
    "changed_at": "when it was last changed (UTC)",
    "zone": "your time zone at the time",
    "checkin_version": "version of the questions",
    "language": "the language you read the words of that version in (two letters)",
    "coin_connection": "which of two further questions on nearness was asked",
    "coin_self": "which of two further questions on being yourself was asked",
    "second_at": "when the second screen was first saved (UTC); empty: not used",
    "s3_nothing_came_up": "you said that nothing came up",
    "w_some_of_both": "you ticked: some of both",
    "e2_next": "the way back to each other, asked once more on the next day, 0 to 10",
    "e2_next_at": "when that was answered (UTC)",
    "line": "your line, in your own words",
    "item_ids": "the order in which you meet the questions",
    "drawn_at": "when that order, or the coin of that evening, was drawn (UTC)",
    "exercise_id": "the exercise you find out about",
    "exercise_version": "version of its wording",
    "axis": "what was named beforehand: connection or self",
    "shows": "when it would show: on the same evening or on the next day",
    "chance": "probability of an offer on an eligible evening",
    "began_on": "first day on which it could be offered",
    "is_on": "whether the drawing is on",
    "ended_at": "when another exercise followed (UTC); empty: none did",
    "is_offered": "what the coin said on that evening",
    "question": "your question: one of the list by its name, or in your own words",
    "item_version": "version of its wording; empty: in your own words",
    "rhythm": "whether a question of your own is asked by day or by week",
    "added_at": "when you added it (UTC)",
    "tap": "your answer to a question of your own, 0 to 10",
    "answered_at": "when you answered it (UTC)",
    "pace": "how often you chose to be asked",
    "lighter_answered_on": "the day on which you last answered the offer to make it lighter",
    "made_at": "when you let a device take evenings without a connection (UTC)",
    "let_lie_at": "when you said: not today (UTC)",
}
SERIES_COLUMNS = (
    "exercise_id", "exercise_version", "language", "axis", "shows", "chance", "began_on", "is_on",
    "ended_at",
)  # fmt: skip
PACE_COLUMNS = ("pace", "changed_at", "lighter_answered_on")
OWN_COLUMNS = ("item_id", "item_version", "language", "rhythm", "added_at", "ended_at")
OFFER_COLUMNS = ("about_on", "is_offered", "chance", "drawn_at", "let_lie_at")


def export_diary(owner: User) -> portability.Exported:
    """Return check-ins and looks with their lines opened, the order of the questions, offers."""
    rows = []
    for checkin in Checkin.objects.filter(owner=owner).order_by("about_on", "slot"):
        row = {column: getattr(checkin, column) for column in PLAIN_COLUMNS}
        words = queries.own_words(owner, checkin)
        row["e3"] = " ".join(checkin.e3)
        row["line"] = CANNOT_BE_READ if words is None else words
        rows.append(row)
    orders = [
        {"item_ids": " ".join(order.item_ids), "drawn_at": order.drawn_at}
        for order in ItemOrder.objects.filter(owner=owner)
    ]
    series = OfferSeries.objects.filter(owner=owner).order_by("began_on")
    offers = OfferDay.objects.filter(owner=owner).order_by("about_on")
    return {
        "checkins": rows,
        "looks": _looks(owner),
        "question_order": orders,
        "pace": list(ChosenPace.objects.filter(owner=owner).values(*PACE_COLUMNS)),
        **_own(owner),
        "evening_devices": list(EveningDevice.objects.filter(owner=owner).values("made_at")),
        "offer_series": list(series.values(*SERIES_COLUMNS)),
        "offers": list(offers.values(*OFFER_COLUMNS, exercise_id=F("series__exercise_id"))),
    }


def erase_diary(owner: User) -> None:
    """Delete check-ins, looks, the order of the questions, offers, the keys of what was sent."""
    for model in (
        Checkin,
        WeekLook,
        ItemOrder,
        ChosenPace,
        OwnAnswer,
        OwnQuestion,
        Submission,
        EveningDevice,
        OfferDay,
        OfferSeries,
    ):
        model.objects.filter(owner=owner).delete()


def register_all() -> None:
    """Enter the diary in the registry."""
    items = load_content().checkin.items
    prompts = {
        name: f"{item.prompt} {_answers(item.low, item.high, [o.value for o in item.options])}"
        for name, item in items.items()
        if name != "l"
    }
    often = [one.value for one in load_content().sunday.often]
    asked = {
        name: f"{item.prompt} {_answers(item.low, item.high, often if name in LOOK_WORDS else [])}"
        for name, item in looks.in_order()
        if name in (*LOOK_TAPS, *LOOK_WORDS)
    }
    portability.register(
        "diary",
        export=export_diary,
        erase=erase_diary,
        holds={
            "diary.Checkin": classed(
                owner="owner",
                answer=" ".join((*PLAIN_COLUMNS, "e3")),
                words="line_sealed",
                technical="id",
            ),
            "diary.WeekLook": classed(
                owner="owner",
                answer=" ".join(LOOK_COLUMNS),
                words=" ".join(f"{name}_sealed" for name in LOOK_LINES),
                technical="id",
            ),
            "diary.ItemOrder": classed(owner="owner", answer="item_ids drawn_at", technical="id"),
            "diary.ChosenPace": classed(
                owner="owner", answer=" ".join(PACE_COLUMNS), technical="id"
            ),
            "diary.OwnQuestion": classed(
                owner="owner",
                answer=" ".join(OWN_COLUMNS),
                words="question_sealed",
                technical="id submission_key",
            ),
            "diary.OwnAnswer": classed(
                owner="owner", answer="about_on tap answered_at", technical="id question"
            ),
            "diary.OfferSeries": classed(
                owner="owner", answer=" ".join(SERIES_COLUMNS), technical="id submission_key"
            ),
            "diary.OfferDay": classed(
                owner="owner", answer=" ".join(OFFER_COLUMNS), technical="id series"
            ),
            "diary.EveningDevice": classed(
                owner="owner", account="made_at", locked="private_sealed", technical="id"
            ),
            "diary.Submission": classed(owner="owner", technical="id key digest received_at"),
        },
        sealed=(
            SealedColumn("diary.OwnQuestion", "question_sealed", "question"),
            SealedColumn("diary.EveningDevice", "private_sealed", "private"),
            SealedColumn("diary.Checkin", "line_sealed", "line"),
            *(SealedColumn("diary.WeekLook", f"{name}_sealed", name) for name in LOOK_LINES),
        ),
        codebook={**prompts, **asked, **CODEBOOK},
    )


def _own(owner: User) -> dict[str, list[dict[str, object]]]:
    named, questions = {}, []
    for row in OwnQuestion.objects.filter(owner=owner).order_by("added_at"):
        words = own.words_of(owner, row)
        named[row.pk] = CANNOT_BE_READ if words is None else words or row.item_id
        kept = {column: getattr(row, column) for column in OWN_COLUMNS}
        questions.append({"question": named[row.pk], **kept})
    answers = OwnAnswer.objects.filter(owner=owner).order_by("about_on", "question__added_at")
    return {
        "own_questions": questions,
        "own_answers": [
            {
                "question": named[row.question_id],
                "about_on": row.about_on,
                "tap": row.tap,
                "answered_at": row.answered_at,
            }
            for row in answers
        ],
    }


def _looks(owner: User) -> list[dict[str, object]]:
    rows = []
    for row in WeekLook.objects.filter(owner=owner).order_by("week_ends_on"):
        lines = looks.opened(owner, row).lines
        said = {name: CANNOT_BE_READ if line is None else line for name, line in lines.items()}
        rows.append({**{column: getattr(row, column) for column in LOOK_COLUMNS}, **said})
    return rows


def _answers(low: str, high: str, options: list[str]) -> str:
    if options:
        return f"({', '.join(options)}; empty: not said)"
    return f"(0 {low} to 10 {high}; empty: not said)"
