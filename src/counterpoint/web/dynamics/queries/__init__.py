"""Reading the dynamics app. Every function takes the owner and returns that person's rows only."""

from __future__ import annotations

from counterpoint.web.dynamics.queries.changes import (
    ComparedMovement,
    compared_already,
    compared_movements,
)
from counterpoint.web.dynamics.queries.effect_looks import Look, looks_of, weeks_looked
from counterpoint.web.dynamics.queries.fits import (
    FitHead,
    OwnMap,
    SeenPicture,
    ShownFit,
    both_maps,
    fit_heads,
    looks,
    newest_head,
    own_map,
    owners_with_provisional_fit,
    result_of,
    seen_picture,
    shown_fit,
)
from counterpoint.web.dynamics.queries.hunches import OwnHunch, own_hunches

__all__ = [
    "ComparedMovement",
    "FitHead",
    "Look",
    "OwnHunch",
    "OwnMap",
    "SeenPicture",
    "ShownFit",
    "both_maps",
    "compared_already",
    "compared_movements",
    "fit_heads",
    "looks",
    "looks_of",
    "newest_head",
    "own_hunches",
    "own_map",
    "owners_with_provisional_fit",
    "result_of",
    "seen_picture",
    "shown_fit",
    "weeks_looked",
]
