"""What the dynamics app exports of a person, and what it erases."""

from __future__ import annotations

import json

from django.db.models import F

from counterpoint.web.accounts import portability
from counterpoint.web.accounts.field_classes import classed
from counterpoint.web.accounts.models import User
from counterpoint.web.dynamics.models import (
    DanceMap,
    EffectLook,
    FitLook,
    Hunch,
    LevelChange,
    SoloFit,
)

CODEBOOK = {
    "made_at": "when the fit was made (UTC)",
    "from_on": "first day in it",
    "through_on": "last day in it",
    "answered_days": "days with both how near and how much yourself",
    "engine_version": "version of the program that made it",
    "content_version": "version of the questions",
    "prior_id": "which population it leans on where your days say little",
    "seed": "number from which it can be made again",
    "sweeps": "how many draws were made",
    "backend": "which of the two samplers made it",
    "provisional": "true when it was a first, short one",
    "is_usable": "false when your answers did not fit the model; then nothing is inferred",
    "place_connection": "where your days put you: nearness, 0 to 100",
    "place_self": "where your days put you: being yourself, 0 to 100",
    "result": "every number of the fit: place, its spread, draws of it, what goes together on "
    "the same day, what one day does to the next",
    "contagion": "your map: when one is low, the other is more themselves (0) to low, too (4)",
    "closeness_costs_self": "your map: after being very near, more oneself (0) to less (4)",
    "self_costs_closeness": "your map: after being much oneself, nearer (0) to further away (4)",
    "pull_away": "your map: when one comes closer, the other does, too (0) to steps back (4)",
    "movement": "first, second or third movement: two, two and six weeks from your first day",
    "border_on": "first day of the movement that is laid beside the weeks before it",
    "days_then": "answered days before it",
    "days_now": "answered days in it",
    "changed_at": "when you last changed your map, or a hunch (UTC)",
    "exercise_id": "the exercise that was looked at",
    "week": "after how many weeks of evenings drawn by chance",
    "offers": "evenings with an offer that the look rests on",
    "without": "evenings without one",
    "low": "the difference an offer makes most likely lies above this, points 0 to 100; empty: the "
    "days could not be read",
    "middle": "half of what is likely lies below this",
    "high": "and below this",
    "prob": "how likely the likelier direction is",
    "word": "helps, where that may be said",
    "mostly_prior": "true when the evenings narrowed it by less than a fifth",
    "cost": "which of the four sentences a hunch ends",
    "guess": "how: low, middle or high, as they stand on the page; empty: no hunch",
    "opened_at": "when you opened it (UTC); empty: sealed",
    "laid_open_at": "since when your map lies open (UTC); empty when it does not",
}
LOOK_COLUMNS = (
    "week", "made_at", "through_on", "answered_days", "offers", "without", "low", "middle",
    "high", "prob", "word", "mostly_prior", "engine_version", "prior_id", "seed", "sweeps",
    "backend",
)  # fmt: skip


HUNCH_COLUMNS = ("cost", "guess", "changed_at", "opened_at")
CHANGE_COLUMNS = (
    "movement", "made_at", "from_on", "border_on", "through_on", "days_then", "days_now",
    "engine_version", "content_version", "prior_id", "seed",
)  # fmt: skip


def export_dynamics(owner: User) -> portability.Exported:
    """Return every fit, look and then and now in numbers, own maps, hunches; nobody else's."""
    rows = []
    for fit in SoloFit.objects.filter(owner=owner).order_by("made_at"):
        place = fit.result.get("place", ["", ""])
        rows.append(
            {
                "made_at": fit.made_at,
                "from_on": fit.from_on,
                "through_on": fit.through_on,
                "answered_days": fit.answered_days,
                "engine_version": fit.engine_version,
                "content_version": fit.content_version,
                "prior_id": fit.prior_id,
                "seed": fit.seed,
                "sweeps": fit.sweeps,
                "backend": fit.backend,
                "provisional": fit.provisional,
                "is_usable": fit.is_usable,
                "place_connection": place[0],
                "place_self": place[1],
                "result": json.dumps(fit.result, sort_keys=True),
            }
        )
    maps = [
        {**each.steps, "changed_at": each.changed_at, "laid_open_at": each.laid_open_at}
        for each in DanceMap.objects.filter(owner=owner).order_by("changed_at")
    ]
    looks = EffectLook.objects.filter(owner=owner).order_by("made_at")
    changes = [
        {**{name: getattr(one, name) for name in CHANGE_COLUMNS},
         "result": json.dumps(one.result, sort_keys=True)}
        for one in LevelChange.objects.filter(owner=owner).order_by("through_on")
    ]  # fmt: skip
    hunches = Hunch.objects.filter(owner=owner)
    return {
        "fits": rows,
        "maps": maps,
        "looks": list(looks.values(*LOOK_COLUMNS, exercise_id=F("series__exercise_id"))),
        "then_and_now": changes,
        "hunches": list(hunches.order_by("cost").values(*HUNCH_COLUMNS)),
    }


def erase_dynamics(owner: User) -> None:
    """Delete every fit, look and then and now, that the diary was looked at, own maps, hunches."""
    EffectLook.objects.filter(owner=owner).delete()
    SoloFit.objects.filter(owner=owner).delete()
    LevelChange.objects.filter(owner=owner).delete()
    FitLook.objects.filter(owner=owner).delete()
    DanceMap.objects.filter(owner=owner).delete()
    Hunch.objects.filter(owner=owner).delete()


def register_all() -> None:
    """Enter the dynamics app in the registry."""
    portability.register(
        "dynamics",
        export=export_dynamics,
        erase=erase_dynamics,
        holds={
            "dynamics.SoloFit": classed(
                owner="owner",
                result="made_at from_on through_on answered_days engine_version content_version "
                "prior_id seed sweeps backend provisional is_usable result",
                technical="id made_on answers_digest",
            ),
            "dynamics.EffectLook": classed(
                owner="owner", result=" ".join(LOOK_COLUMNS), technical="id series"
            ),
            "dynamics.LevelChange": classed(
                owner="owner", result=" ".join((*CHANGE_COLUMNS, "result")), technical="id"
            ),
            "dynamics.FitLook": classed(owner="owner", technical="looked_at"),
            "dynamics.DanceMap": classed(
                owner="owner couple",
                answer="steps changed_at",
                consent="laid_open_at",
                technical="id",
            ),
            "dynamics.Hunch": classed(
                owner="owner", answer=" ".join(HUNCH_COLUMNS), technical="id"
            ),
        },
        codebook=CODEBOOK,
    )
