from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import check_grad
from scipy.stats import multivariate_normal

from counterpoint.engine.instrument import (
    UNLIKELY_LEARNED,
    GradedItems,
    belonging,
    calibrate_items,
    cronbach_alpha,
    draw_answers,
    draw_traits,
    expected_option,
    key_answers,
    marginal_reliability,
    option_probs,
    pattern_of,
    score_alone,
    score_change,
    score_jointly,
    shipped_correlation,
    shipped_items,
    structure_of,
)
from counterpoint.engine.instrument.calibration import _loss, _packed
from counterpoint.engine.instrument.scoring import NODES, scale_logliks
from counterpoint.errors import DataError, NotConvergedError

SCALES = 15
SCALE = tuple(int(scale) for scale in np.repeat(np.arange(SCALES), 3))
ITEMS = shipped_items(SCALE)
CORRELATION = shipped_correlation()


def people(count: int, seed: int, **how: float):
    rng = np.random.default_rng(seed)
    traits = draw_traits(count, CORRELATION, rng=rng)
    return traits, draw_answers(traits, ITEMS, rng=rng, **how)


def test_options_are_probable_as_the_graded_model_says():
    one = GradedItems(np.array([1.5]), np.array([[-1.0, 0.5]]), np.array([0]))
    first = 1.0 / (1.0 + np.exp(-1.5 * (0.2 + 1.0)))
    second = 1.0 / (1.0 + np.exp(-1.5 * (0.2 - 0.5)))
    probs = option_probs(np.array([[0.2]]), one)[0, 0]
    assert probs == pytest.approx([1.0 - first, first - second, second])


def test_drawn_answers_come_as_often_as_they_are_probable():
    one = GradedItems(np.array([1.5]), np.array([[-1.0, 0.5]]), np.array([0]))
    rng = np.random.default_rng(4)
    answers = draw_answers(np.full((20_000, 1), 0.2), one, rng=rng)[:, 0]
    shares = np.bincount(answers.astype(int), minlength=3) / 20_000
    assert shares == pytest.approx(option_probs(np.array([[0.2]]), one)[0, 0], abs=0.012)


def test_scoring_alone_is_the_posterior_by_quadrature():
    _, answers = people(3, 1)
    scores = score_alone(answers, ITEMS)
    fine = np.linspace(-8, 8, 4001)
    probs = option_probs(np.repeat(fine[:, None], 45, axis=1), ITEMS)
    for person in range(3):
        loglik = sum(np.log(probs[:, item, int(answers[person, item])]) for item in (3, 4, 5))
        density = np.exp(loglik - 0.5 * fine**2)
        density /= density.sum()
        mean = density @ fine
        assert scores.mean[person, 1] == pytest.approx(mean, abs=0.005)
        assert scores.sd[person, 1] == pytest.approx(
            np.sqrt(density @ fine**2 - mean**2), abs=0.005
        )
        low = fine[np.searchsorted(np.cumsum(density), 0.05)]
        assert scores.q05[person, 1] == pytest.approx(low, abs=0.02)


def test_scoring_jointly_is_the_exact_posterior_of_two_scales():
    items = shipped_items((0, 0, 1))
    correlation = np.array([[1.0, 0.6], [0.6, 1.0]])
    answers = np.array([[4.0, 4.0, 0.0], [1.0, 0.0, np.nan]])
    scores = score_jointly(answers, items, correlation)
    grid = np.stack(np.meshgrid(NODES, NODES, indexing="ij"), axis=-1)
    prior = multivariate_normal([0, 0], correlation).pdf(grid)
    logliks = scale_logliks(answers, items)
    for person in range(2):
        density = prior * np.exp(logliks[person, 0][:, None] + logliks[person, 1][None, :])
        density /= density.sum()
        for scale, axis in ((0, 1), (1, 0)):
            marginal = density.sum(axis=axis)
            mean = marginal @ NODES
            assert scores.mean[person, scale] == pytest.approx(mean, abs=0.01)
            assert scores.sd[person, scale] == pytest.approx(
                np.sqrt(marginal @ NODES**2 - mean**2), abs=0.01
            )


def test_without_correlation_joint_scores_are_scores_alone():
    _, answers = people(20, 2, skipped=0.2)
    alone = score_alone(answers, ITEMS)
    jointly = score_jointly(answers, ITEMS, np.eye(SCALES))
    assert jointly.mean == pytest.approx(alone.mean, abs=1e-3)
    assert jointly.q95 == pytest.approx(alone.q95, abs=5e-3)


def test_no_answers_leave_the_population():
    scores = score_jointly(np.full((2, 45), np.nan), ITEMS, CORRELATION)
    assert scores.mean == pytest.approx(np.zeros((2, SCALES)), abs=1e-6)
    assert scores.sd == pytest.approx(np.ones((2, SCALES)), abs=0.01)
    assert scores.answered.sum() == 0


def test_a_scale_without_answers_learns_from_its_neighbours_only():
    _, answers = people(1, 5)
    answers[:] = 4.0
    answers[0, 0:3] = np.nan
    scores = score_jointly(answers, ITEMS, CORRELATION)
    assert scores.mean[0, 0] > 0.5
    assert scores.sd[0, 0] > scores.sd[0, 1]


def test_traits_are_found_again_as_promised_and_ranges_cover():
    traits, answers = people(1500, 6)
    for scores, least in (
        (score_alone(answers, ITEMS), 0.82),
        (score_jointly(answers, ITEMS, CORRELATION), 0.85),
    ):
        found = [np.corrcoef(scores.mean[:, s], traits[:, s])[0, 1] for s in range(SCALES)]
        assert np.mean(found) >= least
        covered = np.mean((scores.q05 <= traits) & (traits <= scores.q95))
        assert 0.88 <= covered <= 0.92


def test_scores_in_the_wrong_place_would_not_pass():
    traits, answers = people(1500, 6)
    scores = score_alone(np.roll(answers, 1, axis=0), ITEMS)
    assert abs(np.corrcoef(scores.mean[:, 0], traits[:, 0])[0, 1]) < 0.1


def test_the_gradient_of_learning_is_the_slope_of_its_loss():
    rng = np.random.default_rng(3)
    counts = rng.gamma(2.0, 3.0, size=(5, NODES.size))
    centre = np.array([-1.2, -0.3, 0.6, 1.6])
    for _ in range(5):
        packed = _packed(np.exp(rng.normal(0.3, 0.4)), np.sort(rng.normal(0, 1, 4)))
        loss = _loss(packed, counts, centre)[0]
        error = check_grad(
            lambda p: _loss(p, counts, centre)[0], lambda p: _loss(p, counts, centre)[1], packed
        )
        assert error < 1e-4 * abs(loss)


def test_items_and_the_correlation_are_learned_from_answers():
    rng = np.random.default_rng(7)
    scale = tuple(int(s) for s in np.repeat(np.arange(4), 3))
    correlation = np.full((4, 4), 0.4) + 0.6 * np.eye(4)
    true = GradedItems(
        discrimination=rng.uniform(1.0, 2.6, 12),
        thresholds=np.sort(rng.normal(0, 1.0, (12, 4)), axis=1) + 0.3 * np.arange(4),
        scale=np.array(scale),
    )
    answers = draw_answers(draw_traits(1500, correlation, rng=rng), true, rng=rng, skipped=0.1)
    learned = calibrate_items(answers, scale, 5)
    assert learned.settled
    assert learned.people == 1500
    assert np.corrcoef(learned.items.discrimination, true.discrimination)[0, 1] > 0.9
    assert learned.items.thresholds == pytest.approx(true.thresholds, abs=0.35)
    assert learned.correlation[0, 1:] == pytest.approx([0.4] * 3, abs=0.09)


def test_too_few_people_and_an_unanswered_item_teach_nothing():
    _, answers = people(120, 8)
    with pytest.raises(DataError, match="100 people or more; 60 answered"):
        calibrate_items(answers[:60], SCALE, 5)
    answers[:, 4] = np.nan
    with pytest.raises(DataError, match="Nobody answered item 5"):
        calibrate_items(answers, SCALE, 5)


def test_one_option_all_along_is_seen_and_honest_people_are_left_alone():
    _, answers = people(1500, 9)
    reverse = np.zeros(45, dtype=bool)
    reverse[::5] = True
    scores = score_jointly(answers, ITEMS, CORRELATION)
    honest = pattern_of(answers, reverse, ITEMS, scores.mean)
    assert honest.one_option.mean() == 0.0
    assert honest.anywhere.mean() <= 0.01
    line = key_answers(np.full((1, 45), 3.0), reverse, 5)
    flagged = pattern_of(line, reverse, ITEMS, score_jointly(line, ITEMS, CORRELATION).mean)
    assert flagged.one_option.all()


def test_answers_anywhere_are_seen_better_once_items_are_learned():
    rng = np.random.default_rng(10)
    answers = rng.integers(0, 5, size=(600, 45)).astype(float)
    scores = score_jointly(answers, ITEMS, CORRELATION).mean
    reverse = np.zeros(45, dtype=bool)
    assumed = pattern_of(answers, reverse, ITEMS, scores)
    learned = pattern_of(answers, reverse, ITEMS, scores, unlikely=UNLIKELY_LEARNED)
    assert learned.anywhere.mean() > 0.6
    assert learned.anywhere.mean() > assumed.anywhere.mean() > 0.05


def test_too_few_answers_are_not_judged():
    answers = np.full((1, 45), np.nan)
    answers[0, :11] = 3.0
    reverse = np.zeros(45, dtype=bool)
    reverse[0] = True
    found = pattern_of(answers, reverse, ITEMS, np.zeros((1, SCALES)))
    assert not found.one_option[0]
    assert not found.anywhere[0]
    assert np.isnan(found.fit_z[0])


def test_change_is_named_when_it_is_there_and_mostly_right():
    rng = np.random.default_rng(111)
    traits, first = people(800, 11)
    later = 0.7 * traits + np.sqrt(0.51) * draw_traits(800, CORRELATION, rng=rng)
    change = score_change(first, draw_answers(later, ITEMS, rng=rng), ITEMS, CORRELATION)
    word = np.array(change.word)
    up, down = word == "more", word == "less"
    assert np.mean(later[up] > traits[up]) >= 0.9
    assert np.mean(later[down] < traits[down]) >= 0.9
    assert 0.85 <= np.mean((change.q05 <= later - traits) & (later - traits <= change.q95)) <= 0.95


def test_swapping_the_sittings_turns_the_change_round():
    _, first = people(10, 12)
    _, second = people(10, 13)
    there = score_change(first, second, ITEMS, CORRELATION)
    back = score_change(second, first, ITEMS, CORRELATION)
    assert there.mean == pytest.approx(-back.mean, abs=1e-3)
    assert there.reliable == pytest.approx(-back.reliable)
    assert there.up_prob == pytest.approx(1.0 - back.up_prob, abs=1e-3)


def test_reliability_and_belonging_know_good_items_from_noise():
    _, answers = people(800, 14)
    scores = score_alone(answers, ITEMS)
    assert np.mean(marginal_reliability(scores)) == pytest.approx(0.70, abs=0.03)
    assert np.nanmin(cronbach_alpha(answers, ITEMS)) > 0.6
    assert belonging(answers, ITEMS).share == 1.0
    noise = np.random.default_rng(15).integers(0, 5, size=(800, 45)).astype(float)
    assert np.nanmax(cronbach_alpha(noise, ITEMS)) < 0.4
    assert belonging(noise, ITEMS).share < 0.5


def test_the_structure_of_three_styles_is_told_apart_from_none():
    styles = tuple(int(s) for s in np.repeat(np.arange(3), 5))
    found = structure_of(CORRELATION, styles)
    assert found.within == pytest.approx([0.45] * 3)
    assert found.between[0, 2] == pytest.approx(-0.30)
    assert found.residual == pytest.approx(0.0, abs=1e-12)
    mixed = structure_of(CORRELATION, tuple(range(3)) * 5)
    assert mixed.residual > 0.2


def test_expected_options_rise_with_the_trait_and_stay_on_the_scale():
    options = expected_option(np.linspace(-4, 4, 9), ITEMS, 3)
    assert np.all(np.diff(options) > 0.0)
    assert options[0] > 0.0
    assert options[-1] < 4.0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"discrimination": np.full(45, -1.0)}, "positive"),
        ({"discrimination": np.ones(3)}, "45 items need"),
        ({"thresholds": np.zeros((45, 4))}, "must rise"),
    ],
)
def test_items_that_cannot_be_are_refused(change, told):
    with pytest.raises(DataError, match=told):
        replace(ITEMS, **change)


def test_tables_that_do_not_fit_are_refused():
    with pytest.raises(DataError, match="45 items are needed"):
        score_alone(np.zeros((2, 3)), ITEMS)
    with pytest.raises(DataError, match="15 scales need"):
        score_jointly(np.zeros((2, 45)), ITEMS, np.eye(3))
    with pytest.raises(DataError, match="not positive definite"):
        score_jointly(np.zeros((2, 45)), ITEMS, np.ones((15, 15)))
    with pytest.raises(DataError, match="person 2 to item 3"):
        key_answers(np.array([[0.0, 1, 2], [1, 2, 7]]), np.zeros(3, dtype=bool), 5)


def test_an_iteration_that_does_not_settle_says_so(monkeypatch):
    monkeypatch.setattr("counterpoint.engine.instrument.scoring.ROUNDS", 1)
    _, answers = people(2, 16)
    with pytest.raises(NotConvergedError, match="score each scale alone"):
        score_jointly(answers, ITEMS, CORRELATION)
