"""Simulated people with known traits: does the instrument find them, and what breaks it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from counterpoint.content.sign_form import SIGNS, STYLES, SignForm, sign_form
from counterpoint.engine.instrument import (
    UNLIKELY_LEARNED,
    Belonging,
    Calibration,
    GradedItems,
    Scores,
    Structure,
    belonging,
    calibrate_items,
    cronbach_alpha,
    draw_answers,
    draw_traits,
    key_answers,
    marginal_reliability,
    pattern_of,
    score_alone,
    score_change,
    score_jointly,
    shipped_correlation,
    shipped_items,
    structure_of,
)
from counterpoint.engine.instrument.change import RETEST_CORRELATION
from counterpoint.engine.states import Array

LEAST_ALONE, LEAST_JOINTLY = 0.82, 0.85
COVERED = (0.86, 0.94)
MOST_HONEST = 0.01


@dataclass(frozen=True)
class Found:
    """How well traits are found: means over signs of correlation, RMSE (sds), 90 % coverage."""

    name: str
    correlation: float
    rmse: float
    coverage: float


@dataclass(frozen=True)
class Flagged:
    """Share of people flagged who answer in one way.

    Parameters
    ----------
    one_option
        Of one option nearly all along.
    anywhere, anywhere_learned
        Of answers that do not hang together, items assumed and items learned; NaN where learning
        them is what the row denies.
    """

    name: str
    one_option: float
    anywhere: float
    anywhere_learned: float


@dataclass(frozen=True, eq=False)
class InstrumentProof:
    """All that `prove_instrument` measures.

    Parameters
    ----------
    people
        Simulated people of each row.
    found
        Rows: alone, jointly, and jointly when something assumed is not so.
    flagged
        Rows: honest people and kinds of carelessness.
    alpha, reliability
        Means over signs.
    belonging, structure, calibration
        From answers of the simulated people; true correlation beside it.
    item_errors
        RMSE of learned discriminations and thresholds.
    change
        Share of true changes named, and of what was named, the share in the right direction;
        then the same index-wise: share of unchanged people beyond 1.96.
    """

    people: int
    found: tuple[Found, ...]
    flagged: tuple[Flagged, ...]
    alpha: float
    reliability: tuple[float, float]
    belonging: Belonging
    structure: Structure
    true_structure: Structure
    calibration: Calibration
    item_errors: tuple[float, float]
    change: tuple[float, float, float]
    broken: tuple[str, ...] = field(default=())


def prove_instrument(
    *, people: int, seed: int, discrimination: float | None = None
) -> InstrumentProof:
    """Simulate, score, learn and compare.

    Parameters
    ----------
    people
        Simulated people, 300 or more.
    seed
        Seed.
    discrimination
        Of the simulated items instead of the shipped 1.7 (the scoring goes on assuming that):
        a weaker one must break what is promised.

    Returns
    -------
    InstrumentProof
        With the list of promises that are broken.
    """
    rng = np.random.default_rng(seed)
    form = sign_form()
    assumed = shipped_items(form.scale)
    true = assumed
    if discrimination is not None:
        true = replace(assumed, discrimination=np.full(len(assumed.scale), discrimination))
    correlation = shipped_correlation()
    traits = draw_traits(people, correlation, rng=rng)
    answers = draw_answers(traits, true, rng=rng)
    alone = score_alone(answers, assumed)
    jointly = score_jointly(answers, assumed, correlation)
    found = [
        found_again("each sign alone", alone, traits),
        found_again("all signs jointly", jointly, traits),
        *_when_wrong(traits, true, assumed, correlation, form=form, rng=rng),
    ]
    flagged = _flagged(people, true, assumed, correlation, form=form, rng=rng)
    learned = calibrate_items(answers, form.scale, form.options)
    proof = InstrumentProof(
        people=people,
        found=tuple(found),
        flagged=tuple(flagged),
        alpha=float(np.mean(cronbach_alpha(answers, assumed))),
        reliability=(
            float(np.mean(marginal_reliability(alone))),
            float(np.mean(marginal_reliability(jointly))),
        ),
        belonging=belonging(answers, assumed),
        structure=structure_of(learned.correlation, STYLES),
        true_structure=structure_of(correlation, STYLES),
        calibration=learned,
        item_errors=(
            float(np.sqrt(np.mean((learned.items.discrimination - true.discrimination) ** 2))),
            float(np.sqrt(np.mean((learned.items.thresholds - true.thresholds) ** 2))),
        ),
        change=_change(traits, true, assumed, correlation, rng),
    )
    return replace(proof, broken=tuple(_broken(proof)))


def found_again(name: str, scores: Scores, traits: Array) -> Found:
    """Compare scores with the traits that made the answers."""
    signs = traits.shape[1]
    return Found(
        name,
        float(np.mean([np.corrcoef(scores.mean[:, s], traits[:, s])[0, 1] for s in range(signs)])),
        float(np.sqrt(np.mean((scores.mean - traits) ** 2))),
        float(np.mean((scores.q05 <= traits) & (traits <= scores.q95))),
    )


def _when_wrong(
    traits: Array,
    true: GradedItems,
    assumed: GradedItems,
    correlation: Array,
    *,
    form: SignForm,
    rng: np.random.Generator,
) -> list[Found]:
    """Score jointly where something that is assumed does not hold."""
    signs = len(SIGNS)
    weaker = replace(true, discrimination=true.discrimination * 0.7)
    stronger = replace(true, discrimination=true.discrimination * 1.3)
    shifted = replace(true, thresholds=true.thresholds + 0.5)
    unrelated = draw_traits(len(traits), np.eye(signs), rng=rng)
    cases: list[tuple[str, Array, GradedItems, float]] = [
        ("one item in five skipped", traits, true, 0.2),
        ("the first sitting only", traits, true, 0.0),
        ("items tell less apart (x .7)", traits, weaker, 0.0),
        ("items tell more apart (x 1.3)", traits, stronger, 0.0),
        ("everybody answers lower (.5 sd)", traits, shifted, 0.0),
        ("signs do not go together", unrelated, true, 0.0),
    ]
    rows = []
    for name, people, items, skipped in cases:
        answers = draw_answers(people, items, rng=rng, skipped=skipped)
        if name == "the first sitting only":
            answers[:, np.array(form.sitting) != 1] = np.nan
        rows.append(found_again(name, score_jointly(answers, assumed, correlation), people))
    return rows


def _flagged(
    people: int,
    true: GradedItems,
    assumed: GradedItems,
    correlation: Array,
    *,
    form: SignForm,
    rng: np.random.Generator,
) -> list[Flagged]:
    """Flag honest people of three kinds and careless ones of three kinds."""
    items = len(assumed.scale)
    reverse = np.array(form.reverse_keyed)
    traits = draw_traits(people, correlation, rng=rng)
    weaker = replace(true, discrimination=true.discrimination * 0.7)
    honest = draw_answers(traits, true, rng=rng)
    half = honest.copy()
    blind = rng.random((people, items)) < 0.5
    half[blind] = rng.integers(0, form.options, size=int(blind.sum()))
    one = np.repeat(rng.integers(0, form.options, size=(people, 1)).astype(float), items, axis=1)
    kinds = {
        "honest": honest,
        "honest, items tell less apart (x .7)": draw_answers(traits, weaker, rng=rng),
        "honest, one item in five skipped": draw_answers(traits, true, rng=rng, skipped=0.2),
        "half of the answers anywhere": half,
        "all answers anywhere": rng.integers(0, form.options, size=(people, items)).astype(float),
        "one option all along": key_answers(one, reverse, form.options),
    }
    rows = []
    for name, answers in kinds.items():
        scores = score_jointly(answers, assumed, correlation)
        pattern = pattern_of(answers, reverse, assumed, scores.mean)
        sharp = float(np.mean(pattern.fit_z < UNLIKELY_LEARNED))
        rows.append(
            Flagged(
                name,
                float(pattern.one_option.mean()),
                float(pattern.anywhere.mean()),
                float("nan") if "x .7" in name else sharp,
            )
        )
    return rows


def _change(
    traits: Array,
    true: GradedItems,
    assumed: GradedItems,
    correlation: Array,
    rng: np.random.Generator,
) -> tuple[float, float, float]:
    """Compare with ten weeks later, traits correlating .7, and with a sitting without change."""
    fresh = draw_traits(len(traits), correlation, rng=rng)
    later = RETEST_CORRELATION * traits + np.sqrt(1.0 - RETEST_CORRELATION**2) * fresh
    first = draw_answers(traits, true, rng=rng)
    moved = score_change(first, draw_answers(later, true, rng=rng), assumed, correlation)
    word = np.array(moved.word)
    named = (word == "more") | (word == "less")
    right = np.where(word == "more", later > traits, later < traits)
    large = np.abs(later - traits) > 1.0
    still = score_change(first, draw_answers(traits, true, rng=rng), assumed, correlation)
    return (
        float(named[large].mean()),
        float(right[named].mean()) if named.any() else float("nan"),
        float(np.mean(np.abs(still.reliable) > 1.96)),
    )


def _broken(proof: InstrumentProof) -> list[str]:
    alone, jointly = proof.found[:2]
    broken: list[str] = []
    for row, least in ((alone, LEAST_ALONE), (jointly, LEAST_JOINTLY)):
        if row.correlation < least:
            broken.append(f"{row.name}: correlation {row.correlation:.3f} below {least}")
        if not COVERED[0] <= row.coverage <= COVERED[1]:
            broken.append(f"{row.name}: coverage {row.coverage:.3f} outside {COVERED}")
    honest = [row for row in proof.flagged if row.name.startswith("honest")]
    for kind in honest:
        share = kind.one_option + max(kind.anywhere, np.nan_to_num(kind.anywhere_learned))
        if share > MOST_HONEST:
            broken.append(f"{kind.name}: flagged in {share:.3f}")
    return broken
