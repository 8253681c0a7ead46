"""What the practice app exports of a person, and what it erases."""

from __future__ import annotations

from collections.abc import Iterator

from counterpoint.web.accounts import portability
from counterpoint.web.accounts.field_classes import classed
from counterpoint.web.accounts.keys import CANNOT_BE_READ
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.sealed import SealedColumn
from counterpoint.web.practice import queries
from counterpoint.web.practice.models import ContestedReason, Draft, Letter, PracticeRun
from counterpoint.web.practice.readings import FIELDS, MESSAGE

CODEBOOK = {
    "exercise_id": "which exercise",
    "exercise_version": "version of its wording",
    "language": "the language of its words (two letters)",
    "skill": "the skill it belongs to",
    "started_at": "when you began (UTC)",
    "ended_at": "when you ended (UTC); empty: left open",
    "ending": "finished or stopped; empty: left open",
    "key": "a reason of the plan of which you said that it does not fit",
    "contested_at": "when you said so (UTC)",
}
CODEBOOK_OF_DRAFTS = {
    "made_at": "when you first kept the sheet (UTC)",
    "changed_at": "when you last changed it (UTC)",
    "observation": "your words: what happened",
    "feeling": "your words: what you felt",
    "need": "your words: what you need",
    "request": "your words: what you ask for",
    MESSAGE: "your words, written in one piece",
}
CODEBOOK_OF_LETTERS = {
    "movement": "which movement the letter closed: first, second or third",
    "opened_at": "when you opened it (UTC); it was written in that moment",
    "content_version": "version of its sentences",
    "language": "the language it is written in (two letters)",
    "letter": "the letter, with all that stands in it",
}
RUN_COLUMNS = (
    "exercise_id",
    "exercise_version",
    "language",
    "skill",
    "started_at",
    "ended_at",
    "ending",
)


def export_practice(owner: User) -> portability.Exported:
    """Return every run of an exercise, the reasons of the plan that do not fit, and kept sheets."""
    runs = PracticeRun.objects.filter(owner=owner).order_by("started_at").values(*RUN_COLUMNS)
    contested = ContestedReason.objects.filter(owner=owner).order_by("contested_at")
    return {
        "practice": list(runs),
        "contested_reasons": list(contested.values("key", "contested_at")),
        "letters": [_letter(owner, one) for one in queries.kept_letters(owner)],
        "writing-desk": [_exported(owner, one) for one in _kept(owner)],
    }


def erase_practice(owner: User) -> None:
    """Delete every run of an exercise, what was said about reasons of the plan, and kept sheets."""
    Letter.objects.filter(owner=owner).delete()
    Draft.objects.filter(owner=owner).delete()
    ContestedReason.objects.filter(owner=owner).delete()
    PracticeRun.objects.filter(owner=owner).delete()


def _kept(owner: User) -> Iterator[Draft]:
    yield from Draft.objects.filter(owner=owner).order_by("made_at")


def _exported(owner: User, draft: Draft) -> dict[str, object]:
    words = queries.draft_words(owner, draft) or dict.fromkeys(FIELDS, CANNOT_BE_READ)
    return {"made_at": draft.made_at, "changed_at": draft.changed_at, **words}


def _letter(owner: User, letter: Letter) -> dict[str, object]:
    text = queries.letter_to_take_along(owner, letter)
    return {
        "movement": letter.movement,
        "opened_at": letter.opened_at,
        "content_version": letter.content_version,
        "language": letter.language,
        "letter": CANNOT_BE_READ if text is None else text,
    }


def register_all() -> None:
    """Enter the practice app in the registry."""
    portability.register(
        "practice",
        export=export_practice,
        erase=erase_practice,
        holds={
            "practice.PracticeRun": classed(
                owner="owner",
                answer="exercise_id exercise_version language skill started_at ended_at ending",
                technical="id submission_key",
            ),
            "practice.ContestedReason": classed(
                owner="owner", answer="key contested_at", technical="id"
            ),
            "practice.Letter": classed(
                owner="owner",
                result="movement opened_at content_version language",
                words="text_sealed",
                technical="id",
            ),
            "practice.Draft": classed(
                owner="owner",
                answer="made_at changed_at",
                words="words_sealed",
                technical="id submission_key",
            ),
        },
        sealed=(
            SealedColumn("practice.Draft", "words_sealed", "words"),
            SealedColumn("practice.Letter", "text_sealed", "text"),
        ),
        codebook=CODEBOOK | CODEBOOK_OF_DRAFTS | CODEBOOK_OF_LETTERS,
    )
