"""What the practice app exports of a person, and what it erases."""

from __future__ import annotations

from counterpoint.web.accounts import portability
from counterpoint.web.accounts.field_classes import classed
from counterpoint.web.accounts.models import User
from counterpoint.web.practice.models import ContestedReason, PracticeRun

CODEBOOK = {
    "exercise_id": "which exercise",
    "exercise_version": "version of its wording",
    "skill": "the skill it belongs to",
    "started_at": "when you began (UTC)",
    "ended_at": "when you ended (UTC); empty: left open",
    "ending": "finished or stopped; empty: left open",
    "key": "a reason of the plan of which you said that it does not fit",
    "contested_at": "when you said so (UTC)",
}
RUN_COLUMNS = (
    "exercise_id",
    "exercise_version",
    "skill",
    "started_at",
    "ended_at",
    "ending",
)


def export_practice(owner: User) -> portability.Exported:
    """Return every run of an exercise, and the reasons of the plan that do not fit."""
    runs = PracticeRun.objects.filter(owner=owner).order_by("started_at").values(*RUN_COLUMNS)
    contested = ContestedReason.objects.filter(owner=owner).order_by("contested_at")
    return {
        "practice": list(runs),
        "contested_reasons": list(contested.values("key", "contested_at")),
    }


def erase_practice(owner: User) -> None:
    """Delete every run of an exercise, and what was said about reasons of the plan."""
    ContestedReason.objects.filter(owner=owner).delete()
    PracticeRun.objects.filter(owner=owner).delete()


def register_all() -> None:
    """Enter the practice app in the registry."""
    portability.register(
        "practice",
        export=export_practice,
        erase=erase_practice,
        holds={
            "practice.PracticeRun": classed(
                owner="owner",
                answer="exercise_id exercise_version skill started_at ended_at ending",
                technical="id submission_key",
            ),
            "practice.ContestedReason": classed(
                owner="owner", answer="key contested_at", technical="id"
            ),
        },
        codebook=CODEBOOK,
    )
