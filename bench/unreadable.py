"""How often honest people are taken for diaries that cannot be read, beyond the robustness table.

.venv/bin/python bench/unreadable.py --couples 1000 --write docs/model/unreadable.md
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from counterpoint.cohort.robustness_diaries import (
    Damage,
    draw_damaged,
    jump,
    move_over_time,
    one_writer,
    parked,
    shift_by,
)
from counterpoint.domain.dyad import Member
from counterpoint.engine import Prior
from counterpoint.engine.careless import is_careless
from counterpoint.engine.diagnostics import has_one_writer
from counterpoint.engine.parked import is_parked

DAYS = 42
ALIKE = 0.8


def calm(share: float) -> Callable[[Prior], Prior]:
    """Return a population whose days and answers have so small a share of the variance."""
    return lambda prior: replace(
        prior,
        process_scale=share * prior.process_scale,
        measurement_rate=share * prior.measurement_rate,
    )


def alike(prior: Prior) -> Prior:
    """Return a population whose partners' days are drawn to correlate at `ALIKE`."""
    scale = prior.process_scale.copy()
    for a, b in ((0, 2), (1, 3)):
        scale[a, b] = scale[b, a] = ALIKE * scale[a, a]
    return replace(prior, process_scale=scale)


WORLDS = (
    Damage("honest", ""),
    Damage("honest, 18 points higher", "", feel=shift_by((18.0,) * 4)),
    Damage("honest, 30 points higher", "", feel=shift_by((30.0,) * 4)),
    Damage("honest, a quarter of the variance", "", population=calm(0.25)),
    Damage("honest, a tenth of the variance", "", population=calm(0.1)),
    Damage("honest, all fall by 15 points", "", feel=move_over_time(jump), own_trend=False),
    Damage("honest, partners alike", "", population=alike),
    Damage("a repeats every other day", "", answer=parked(0.5)),
    Damage("the same, 18 points higher", "", answer=parked(0.5), feel=shift_by((18.0,) * 4)),
    Damage("one writer, wobble 10", "", answer=one_writer(10.0)),
    Damage("one writer, wobble 13", "", answer=one_writer(13.0)),
)


def main() -> None:
    """Print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--couples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=50)
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    lines = [
        "# Diaries that cannot be read, and honest ones that look like it",
        "",
        f"`bench/unreadable.py --couples {chosen.couples} --seed {chosen.seed}`: share flagged, "
        f"{chosen.couples:,} couples a row, {DAYS} days of check-ins; parked and careless of "
        "member a.",
        "",
        "| diaries | parked | one writer | careless |",
        "|---|---|---|---|",
    ]
    for at, world in enumerate(WORLDS):
        rng = np.random.default_rng([chosen.seed, at])
        diaries = draw_damaged(world, chosen.couples, DAYS, rng=rng).diaries
        shares = (
            np.mean([is_parked(diary, Member.A) for diary in diaries]),
            np.mean([has_one_writer(diary) for diary in diaries]),
            np.mean([is_careless(diary, Member.A) for diary in diaries]),
        )
        lines.append(f"| {world.name} | " + " | ".join(f"{share:.3f}" for share in shares) + " |")
        print(lines[-1], flush=True)
    if chosen.write:
        chosen.write.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
