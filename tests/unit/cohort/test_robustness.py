"""Damages do what they say, and the verdict on a damage follows from its figures."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from counterpoint.cohort.robustness import Found, Robustness, Verdict, score_damage
from counterpoint.cohort.robustness_damages import DAMAGES
from counterpoint.cohort.robustness_diaries import Damage, draw_damaged, parked
from counterpoint.engine import base_population, to_points, to_units

KNOWN = {damage.name: damage for damage in DAMAGES}
COVERED = Found(r=0.5, rmse=0.1, bias=0.0, coverage=0.9, error=0.01)
MET = Robustness(
    damage="x",
    what="y",
    caught="",
    is_honest=True,
    told_twice=False,
    couples=300,
    flagged_of=1000,
    flagged={"parked": 0.0, "one_writer": 0.0, "careless": 0.0},
    misfit=0.0,
    noted=0.1,
    shown=1.0,
    shown_count=300,
    found=dict.fromkeys(("level", "same_day", "coupling", "within"), COVERED),
    directions=(10, 0.1),
    costs=(0, math.nan),
)


def drawn(name: str, couples: int = 60, days: int = 42, seed: int = 3):
    return draw_damaged(KNOWN[name], couples, days, rng=np.random.default_rng(seed))


def with_coverage(kind: str, coverage: float, error: float = 0.01) -> dict[str, Found]:
    assert MET.found is not None
    return MET.found | {kind: replace(COVERED, coverage=coverage, error=error)}


@pytest.mark.parametrize("kind", ["level", "same_day", "coupling", "within"])
def test_a_coverage_is_judged_with_its_monte_carlo_error(kind: str) -> None:
    assert MET.verdict is Verdict.MET
    assert MET.kept
    short = replace(MET, found=with_coverage(kind, 0.78))
    assert short.verdict is Verdict.OPEN
    assert not short.kept
    assert replace(MET, found=with_coverage(kind, 0.769)).verdict is Verdict.MISSED
    assert replace(MET, found=with_coverage(kind, 0.78, 0.005)).verdict is Verdict.MISSED
    assert replace(MET, found=with_coverage(kind, 0.80)).verdict is Verdict.MET


def test_few_couples_shown_are_never_a_pass_and_none_at_all_are() -> None:
    assert replace(MET, shown_count=29, shown=0.1).verdict is Verdict.OPEN
    assert replace(MET, shown_count=1, shown=0.1, found=None).verdict is Verdict.OPEN
    assert replace(MET, shown_count=0, shown=0.0, found=None).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("share", "verdict"),
    [(0.95, Verdict.MET), (0.94, Verdict.OPEN), (0.92, Verdict.MISSED)],
)
def test_what_must_be_caught_is_judged_by_the_share_caught(share: float, verdict: Verdict) -> None:
    flagged = MET.flagged | {"parked": share}
    row = replace(MET, caught="parked", is_honest=False, flagged=flagged, found=None)
    assert row.verdict is verdict


@pytest.mark.parametrize("flag", ["parked", "one_writer", "careless"])
def test_people_who_tell_what_they_feel_may_hardly_ever_be_flagged(flag: str) -> None:
    assert replace(MET, flagged=MET.flagged | {flag: 0.01}).verdict is Verdict.MET
    assert replace(MET, flagged=MET.flagged | {flag: 0.03}).verdict is Verdict.MISSED
    spoiled = replace(MET, is_honest=False, flagged=MET.flagged | {flag: 0.03})
    assert spoiled.verdict is Verdict.MET


def test_names_are_unique_and_flags_are_known() -> None:
    assert len(KNOWN) == len(DAMAGES)
    assert {damage.caught for damage in DAMAGES} == {"", *MET.flagged}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_every_damage_leaves_taps_of_the_check_in(damage: Damage) -> None:
    found = draw_damaged(damage, 5, 44, rng=np.random.default_rng(1))
    assert [len(found.diaries), len(found.truths)] == [5, 5]
    points = to_points(np.stack([diary.items for diary in found.diaries]))
    known = points[~np.isnan(points)]
    np.testing.assert_allclose(known, 10.0 * np.round(known / 10.0), atol=1e-9)
    assert known.min() >= 0.0
    assert known.max() <= 100.0
    both = ~np.isnan(points[..., 1]) & ~np.isnan(points[..., 2])
    assert not both.any()  # one of the two further items, by coin
    assert (found.days_apart is not None) == damage.tells_day


def test_parked_answers_are_the_last_ones_given() -> None:
    answer = parked(1.0)
    taps = to_units(10.0 * np.random.default_rng(4).integers(0, 11, size=(3, 20, 4, 3)))
    spoiled = answer(taps.copy(), np.random.default_rng(5))
    np.testing.assert_array_equal(spoiled[:, :, :2], np.repeat(taps[:, :1, :2], 20, axis=1))
    np.testing.assert_array_equal(spoiled[:, :, 2:], taps[:, :, 2:])


def test_a_mood_moves_all_of_a_persons_answers_and_is_told_with_an_error() -> None:
    calm, moody = drawn("honest", 200), drawn("mood 12", 200)

    def together(found) -> float:
        """Correlation of the two markers of one person, within person."""
        marker = np.stack([diary.items[:, :2, 0] for diary in found.diaries])
        centred = marker - np.nanmean(marker, axis=1, keepdims=True)
        flat = centred.reshape(-1, 2)
        flat = flat[~np.isnan(flat).any(axis=1)]
        return float(np.corrcoef(flat.T)[0, 1])

    assert together(moody) > together(calm) + 0.1
    marker = np.stack([diary.items[:, [0, 2], 0] for diary in moody.diaries])
    assert moody.days_apart is not None
    told = np.isnan(moody.days_apart)
    np.testing.assert_array_equal(told, np.isnan(marker))
    apart = moody.days_apart - np.nanmean(moody.days_apart, axis=1, keepdims=True)
    centred = marker - np.nanmean(marker, axis=1, keepdims=True)
    slope = np.nansum(apart * centred) / np.nansum(apart * apart)
    assert 0.33 < slope < 144.0 / (144.0 + 169.0)  # the ends of both scales flatten it


def test_a_wider_population_is_what_the_spread_damage_draws() -> None:
    sd = {
        name: np.std([truth.transition[1, 0] for truth in drawn(name, 400, 2).truths])
        for name in ("honest", "spread x 1.5")
    }
    assert sd["honest"] == pytest.approx(0.15, abs=0.02)
    assert sd["spread x 1.5"] == pytest.approx(0.225, abs=0.03)
    wide = KNOWN["spread x 1.5"].population(base_population())
    np.testing.assert_allclose(wide.coupling_sum_cov, 2.25 * base_population().coupling_sum_cov)


def test_flagged_couples_are_not_fitted_and_few_pages_rest_on_nothing() -> None:
    found = score_damage(
        KNOWN["never moved"], couples=2, flag_couples=6, days=42, backend="portable"
    )
    assert found.flagged["parked"] == 1.0
    assert (found.couples, found.shown, found.shown_count, found.found) == (0, 0.0, 0, None)
    assert found.verdict is Verdict.MET


def test_a_flag_that_is_blind_is_a_missed_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counterpoint.cohort.robustness.is_parked", lambda *_: False)
    found = score_damage(
        KNOWN["parked, nine in ten"], couples=2, flag_couples=20, days=42, backend="portable"
    )
    assert found.flagged["parked"] == 0.0
    assert found.verdict is Verdict.MISSED
    assert found.couples == 2


def test_the_link_within_a_person_is_the_hull_of_both_pictures() -> None:
    told = score_damage(KNOWN["mood 12"], couples=3, flag_couples=3, days=42, backend="portable")
    plain = score_damage(
        replace(KNOWN["mood 12"], tells_day=False),
        couples=3,
        flag_couples=3,
        days=42,
        backend="portable",
    )
    assert told.told_twice
    assert not plain.told_twice
    assert told.found is not None
    assert plain.found is not None
    assert told.as_numbers()["verdict"] == "too few to tell"
    assert told.found["within"].bias != plain.found["within"].bias
