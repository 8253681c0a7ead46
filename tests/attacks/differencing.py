"""The differencing attack: what somebody learns of their partner's day from joint pictures.

The attacker is member a. They know all their own answers, all answers of b up to yesterday, the
open engine, the couple's true parameters, and what was released. For b's newest day they work out
the posterior over b's nearness tap and guess the likeliest one.

Three worlds: nothing released; a default release (bands, with places), of
whose 14 or more new days the attacker is given all but one; and, so
that the test can fail, an exact matrix of couplings at two decimals that is refreshed each day.

``python tests/attacks/differencing.py 200`` runs it for so many couples and writes
``docs/model/attack.md``.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from counterpoint.domain.dyad import Member
from counterpoint.engine import (
    DyadDiary,
    DyadFit,
    backend_ready,
    draw_parameters,
    fit_dyad,
    seed_of,
    shipped_prior,
    simulate_dyads,
    smooth_diary,
    to_points,
    to_units,
)
from counterpoint.engine.parameters import DyadParameters

if TYPE_CHECKING:
    from counterpoint.web.dynamics.services.joint_reading import Voice

DAYS = 56
LEAST_WEIGHT = 1e-3
OTHERWISE = 0.1
"""Share of a weight that is left where a picture differs: its seed is unknown to the attacker."""
SWEEPS, DROPPED = 300, 60
TAPS = 11
TABLE = Path(__file__).resolve().parents[2] / "docs" / "model" / "attack.md"

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Hits:
    """Whether the attacker guessed b's nearness tap of the newest day, in each world."""

    without: bool
    release: bool
    daily: bool


def attack(number: int) -> Hits:
    """Attack one simulated couple.

    Parameters
    ----------
    number
        Seed of the couple.
    """
    rng = np.random.default_rng([number, 4])
    prior = shipped_prior(items=1)
    truth = draw_parameters(1, prior=prior, rng=rng)[0]
    drawn, _ = simulate_dyads(1, DAYS, rng=rng, prior=prior, parameters=(truth,), missing=0.25)
    items = to_units(np.clip(10 * np.round(to_points(drawn[0].items) / 10), 0, 100))
    if np.isnan(items[-1]).any():
        items[-1] = to_units(np.round(to_points(_today(items, truth, rng)) / 10) * 10)
    items[-1] = to_units(np.clip(to_points(items[-1]), 0, 100))
    tap = round(float(to_points(items[-1, 2, 0])) / 10)
    return Hits(
        without=_guess_before(items, truth) == tap,
        release=_guess_from_bands(items, truth, rng) == tap,
        daily=_guess_from_daily(items, truth) == tap,
    )


def _today(items: Array, truth: DyadParameters, rng: np.random.Generator) -> Array:
    """Return an answer of everybody to the newest day, as the model would have it."""
    smoothed = smooth_diary(DyadDiary(items=items), truth)
    mean, cov = smoothed.smoothed_mean[-1], smoothed.smoothed_cov[-1]
    noise = cov + np.diag(truth.measurement_var[:, 0])
    return rng.multivariate_normal(mean, noise)[:, None]


def _hidden(items: Array, days: int) -> Array:
    """Return the answers without so many newest days of b."""
    known = items.copy()
    known[-days:, 2:] = np.nan
    return known


def _tap_probs(items: Array, truth: DyadParameters, hidden: int) -> tuple[Array, Array]:
    """Return the attacker's law of b's newest taps before any release: nearness, and self.

    The attacker is given the couple's true parameters, which is more than the open engine could
    tell anybody.
    """
    smoothed = smooth_diary(DyadDiary(items=_hidden(items, hidden)), truth)
    edges = to_units(np.arange(-5.0, 110.0, 10.0))
    edges[0], edges[-1] = -np.inf, np.inf
    laws = []
    for state in (2, 3):
        sd = np.sqrt(smoothed.smoothed_cov[-1, state, state] + truth.measurement_var[state, 0])
        z = (edges - smoothed.smoothed_mean[-1, state] - truth.offset[state, 0]) / sd
        laws.append(np.diff(ndtr(z)))
    return laws[0], laws[1]


def _guess_before(items: Array, truth: DyadParameters) -> int:
    return int(np.argmax(_tap_probs(items, truth, 1)[0]))


def _candidates(items: Array, truth: DyadParameters) -> list[tuple[float, int, Array]]:
    """Return what b may have answered today, likeliest first: weight, nearness tap, answers."""
    near, own = _tap_probs(items, truth, 1)
    found = []
    for c, s in np.ndindex(TAPS, TAPS):
        weight = float(near[c] * own[s])
        if weight >= LEAST_WEIGHT:
            tried = items.copy()
            tried[-1, 2:, 0] = to_units(np.array([10.0 * c, 10.0 * s]))
            found.append((weight, c, tried))
    return sorted(found, key=lambda each: -each[0])


def _guess_from_daily(items: Array, truth: DyadParameters) -> int:
    """Guess from an exact matrix that is made anew each day with the open engine's own seed."""
    shown = _matrix(items)
    for _, tap, tried in _candidates(items, truth):
        if np.array_equal(_matrix(tried), shown):
            return tap
    return _guess_before(items, truth)


def _matrix(items: Array) -> Array:
    diary = DyadDiary(items=items, dyad_id="attacked")
    return np.round(_fit(diary, seed_of(diary)).transition.mean(axis=0), 2)


def _guess_from_bands(items: Array, truth: DyadParameters, rng: np.random.Generator) -> int:
    """Guess from a release: an answer counts in full if it gives this very picture, else hardly."""
    shown = _bands(items, rng)
    posterior = np.zeros(TAPS)
    for weight, tap, tried in _candidates(items, truth):
        posterior[tap] += weight * (1.0 if _bands(tried, rng) == shown else OTHERWISE)
    return int(np.argmax(posterior))


def _bands(items: Array, rng: np.random.Generator) -> str:
    """Return what a default release says; its seed is drawn by chance and told to nobody."""
    from counterpoint.web.dynamics.services.joint_reading import picture_of

    diary = DyadDiary(items=items)
    fit = _fit(diary, int(rng.integers(2**32)))
    picture = picture_of(fit, diary, _voices(), share_places=True, is_exact=False)
    return json.dumps(None if picture is None else picture.to_json(), sort_keys=True)


def _voices() -> dict[Member, Voice]:
    """Return two voices without evenings: rooms and frictions do not enter this attack."""
    from counterpoint.web.diary.queries import EngineDay
    from counterpoint.web.dynamics.services.joint_reading import Voice

    day = EngineDay(date(2026, 1, 1), {"c1": 5.0, "s1": 5.0}, None, None)
    return {member: Voice(days=[day], evenings=[]) for member in Member}


def _fit(diary: DyadDiary, seed: int) -> DyadFit:
    return fit_dyad(
        diary,
        sweeps=SWEEPS,
        dropped=DROPPED,
        seed=seed,
        backend="compiled" if backend_ready() else "portable",
        until_mixed=False,
    )


def rates(hits: Sequence[Hits]) -> tuple[float, float, float]:
    """Return hit rates without a release, from releases, and from a daily exact refresh."""
    return (
        float(np.mean([hit.without for hit in hits])),
        float(np.mean([hit.release for hit in hits])),
        float(np.mean([hit.daily for hit in hits])),
    )


def write_table(hits: Sequence[Hits]) -> None:
    """Write the table of an attack on so many couples."""
    without, release, daily = rates(hits)
    couples = len(hits)
    gained = [hit.release - hit.without for hit in hits]
    error = float(np.std(gained, ddof=1)) / couples**0.5
    TABLE.write_text(
        f"""# What joint pictures tell of a single day

Written by `python tests/attacks/differencing.py {couples}`: {couples} simulated couples of {DAYS}
days. The attacker is one of the two. They know their own answers, all earlier answers of the other,
the open engine, and even the true parameters of the couple; for the other's newest day they work
out the likeliest of eleven nearness taps.

| what they are shown | newest tap guessed |
|---|---|
| nothing | {without:.3f} |
| a default joint picture, with all but one of its new days given away | {release:.3f} |
| an exact coupling matrix at two decimals, refreshed each day | {daily:.3f} |

The difference between the first two lines has a standard error of {error:.3f}. The last line is no
feature: it shows that the attack works where something leaks. Default pictures are made with a seed
that is drawn by chance and kept nowhere, so that nobody can try out which answers give the same
picture. Fits of this attack are {SWEEPS} sweeps long; friction and evening answers are left out.
""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "counterpoint.web.config.settings_test")
    django.setup()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("couples", type=int)
    with ProcessPoolExecutor(2, initializer=django.setup) as pool:
        write_table(list(pool.map(attack, range(parser.parse_args().couples))))
