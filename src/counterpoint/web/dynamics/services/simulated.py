"""Making the simulated couple: simulate, fit both together, write what was found.

Run ``python -m counterpoint.web.dynamics.services.simulated`` after a change of the engine or of
the check-in, look at the page, and commit the file. No page imports this module.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

import counterpoint
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.engine import (
    STATE_NAMES,
    DyadDiary,
    DyadFit,
    DyadParameters,
    Prior,
    against_wish,
    base_population,
    fit_dyad,
    place_answer,
    quantities_of_truth,
    shipped_prior,
    simulate_dyads,
    to_points,
    to_units,
)
from counterpoint.engine.quantities import COST_PAIRS, COUPLING_PAIRS, SAME_DAY_PAIRS
from counterpoint.web.dynamics.simulated import FILE, FORM, Finding

SEED = 35
"""Chosen among the first forty because its days can tell something; many can tell less."""
DAYS = 70
NAMES = ("Robin", "Sam")
WISHES = (Place(70, 70), Place(80, 60))
MOOD_MEAN, MOOD_SD = 6.0, 1.8
_FURTHER = (("c2", "c3"), ("s2", "s3"))
_POINTS_A_TAP = 10.0
_TOGETHER = {0.5: "hardly_any", 1.0: "some", 1.5: "a_lot"}
_FRICTION = {0.0: "no", 0.5: "a_little", 1.0: "a_lot"}
_MOSTLY_PRIOR = 0.8

StoredDay = dict[str, Any]


def make_couple(seed: int = SEED, *, backend: str = "portable") -> dict[str, Any]:
    """Return the stored form of a simulated couple.

    Parameters
    ----------
    seed
        Seed of the simulation; the chain is seeded by the days.
    backend
        Sampler, as in `counterpoint.engine.fit_dyad`.
    """
    days, truth = simulate_days(seed)
    diary = couple_diary(days)
    fit = fit_couple(diary, backend=backend)
    return {
        "form": FORM,
        "made_with": {
            "seed": seed,
            "engine_version": counterpoint.__version__,
            "prior": fit.prior_source,
            "sweeps": fit.sweeps,
            "chain_seed": fit.seed,
            "backend": fit.backend,
            "days_digest": days_digest(days),
        },
        "known_days": fit.known_days,
        "nearer_prob": round(float((fit.place[:, 0] > fit.place[:, 2]).mean()), 4),
        "partners": [_partner(fit, member, days[i]) for i, member in enumerate(Member)],
        "findings": [asdict(found) for found in _findings(fit, truth)],
    }


def simulate_days(
    seed: int = SEED,
) -> tuple[tuple[list[StoredDay | None], list[StoredDay | None]], DyadParameters]:
    """Simulate ten weeks of check-ins of two people drawn from the base population.

    Connection and self follow the model, friction and time together enter it. The mood of the
    day is drawn by itself and moves nothing.

    Returns
    -------
    tuple
        Days of partner a and of partner b in stored form, and the parameters behind them.
    """
    rng = np.random.default_rng(seed)
    diaries, truths = simulate_dyads(
        1, DAYS, rng=rng, prior=_population(), design="checkin", together=True
    )
    diary = diaries[0]
    taps = np.round(to_points(diary.items) / _POINTS_A_TAP)
    moods = np.clip(np.round(rng.normal(MOOD_MEAN, MOOD_SD, size=(2, DAYS))), 0, 10)
    coins = rng.integers(0, 2, size=(2, DAYS, 2))
    friction = np.zeros(DAYS) if diary.inputs is None else diary.inputs[:, 0]
    partners: tuple[list[StoredDay | None], list[StoredDay | None]] = ([], [])
    for member in range(2):
        for day in range(DAYS):
            own = taps[day, 2 * member : 2 * member + 2]
            if np.isnan(own[:, 0]).any():
                partners[member].append(None)
                continue
            answers = {
                "g": int(moods[member, day]),
                "c1": int(own[0, 0]),
                "s1": int(own[1, 0]),
            }
            coin = []
            for axis, names in enumerate(_FURTHER):
                asked = [k for k in (1, 2) if not np.isnan(own[axis, k])]
                chosen = asked[0] - 1 if asked else int(coins[member, day, axis])
                coin.append(names[chosen])
                if asked:
                    answers[names[chosen]] = int(own[axis, asked[0]])
            partners[member].append(
                {
                    "taps": answers,
                    "coin": coin,
                    "together": _TOGETHER[float(diary.time_together[day])],
                    "friction": _FRICTION[float(friction[day])],
                }
            )
    return partners, truths[0]


def couple_diary(days: tuple[list[StoredDay | None], list[StoredDay | None]]) -> DyadDiary:
    """Turn the stored days of both into the diary of their joint fit.

    Friction is the larger report of the two, time together their mean, both unknown on days
    on which neither answered.
    """
    items = (("c1", "c2", "c3"), ("s1", "s2", "s3"))
    hours = {name: value for value, name in _TOGETHER.items()}
    sizes = {name: value for value, name in _FRICTION.items()}
    points = np.full((DAYS, 4, 3), np.nan)
    together = np.full(DAYS, np.nan)
    friction = np.full((DAYS, 1), np.nan)
    for at in range(DAYS):
        told = [own[at] for own in days]
        for member, day in enumerate(told):
            if day is None:
                continue
            for axis in range(2):
                for position, item in enumerate(items[axis]):
                    if item in day["taps"]:
                        points[at, 2 * member + axis, position] = day["taps"][item] * _POINTS_A_TAP
        both = [day for day in told if day is not None]
        if both:
            together[at] = sum(hours[day["together"]] for day in both) / len(both)
            friction[at, 0] = max(sizes[day["friction"]] for day in both)
    return DyadDiary(
        items=to_units(points), inputs=friction, together=together, dyad_id="simulated couple"
    )


def fit_couple(diary: DyadDiary, *, backend: str = "portable") -> DyadFit:
    """Fit both together under the shipped prior."""
    return fit_dyad(diary, prior=_prior(), backend=backend, sweeps=4000, dropped=400)


def days_digest(days: tuple[list[StoredDay | None], list[StoredDay | None]]) -> str:
    """Return what identifies the simulated days."""
    return hashlib.sha256(json.dumps(days, sort_keys=True).encode()).hexdigest()[:32]


def write_couple(folder: Path) -> Path:
    """Make the simulated couple and write it into a folder."""
    path = folder / FILE
    text = json.dumps(make_couple(), indent=1, ensure_ascii=False, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _population() -> Prior:
    return base_population(items=3, inputs=("conflict",))


def _prior() -> Prior:
    return shipped_prior(items=3, inputs=("conflict",))


def _partner(fit: DyadFit, member: Member, days: list[StoredDay | None]) -> dict[str, Any]:

    index = 0 if member is Member.A else 1
    wish = WISHES[index]
    answer = place_answer(fit, member)
    cov = [[round(float(value), 3) for value in row] for row in answer.cov]
    cov[1][0] = cov[0][1]
    return {
        "name": NAMES[index],
        "days": days,
        "answered_days": fit.days_of(member),
        "place": [round(answer.place.connection, 2), round(answer.place.self, 2)],
        "spread": cov,
        "wish": [wish.connection, wish.self],
        "against": [axis.finding for axis in against_wish(fit, member, wish)],
    }


def _findings(fit: DyadFit, truth: DyadParameters) -> list[Finding]:

    true_numbers = _true_numbers(truth)
    found = []
    for answer in fit.answers():
        pale = False
        if answer.quantity == "coupling":
            row, column = STATE_NAMES.index(answer.effect), STATE_NAMES.index(answer.cause)
            pale = bool(fit.diagnostics.prior_ratio[row, column] > _MOSTLY_PRIOR)
        numbers = {
            name: round(getattr(answer, name), 4) for name in ("mean", "sd", "q05", "q50", "q95")
        }
        found.append(
            Finding(
                quantity=answer.quantity,
                effect=answer.effect,
                cause=answer.cause,
                **numbers,
                prob=None if answer.prob is None else round(answer.prob, 4),
                said=answer.said,
                mostly_prior=pale,
                truth=round(true_numbers[answer.quantity, answer.effect, answer.cause], 4),
            )
        )
    return found


def _true_numbers(truth: DyadParameters) -> dict[tuple[str, str, str], float]:
    """Return every named quantity of the parameters themselves, keyed like the answers."""
    found = quantities_of_truth(truth)
    numbers = {
        ("level", name, ""): float(value)
        for name, value in zip(STATE_NAMES, found.level[0], strict=True)
    }
    for quantity, values, pairs in (
        ("same_day", found.same_day, SAME_DAY_PAIRS),
        ("coupling", found.coupling, COUPLING_PAIRS),
        ("cost", found.cost, COST_PAIRS),
    ):
        for (effect, cause), value in zip(pairs, values[0], strict=True):
            numbers[quantity, STATE_NAMES[effect], STATE_NAMES[cause]] = float(value)
    numbers["share", "connection_a", "connection_b"] = float(found.alone_share[0])
    return numbers


if __name__ == "__main__":
    write_couple(Path(__file__).resolve().parent.parent / "data")
