"""Standard errors over couples: against dense matrices, statsmodels and their own promise."""

import numpy as np
import pytest
import statsmodels.api as sm

from counterpoint.cohort.apim import ApimModel, fit_apim
from counterpoint.cohort.apim.precision import dyad_precision
from unit.cohort.apim.simulated import Truth, make_couples


@pytest.fixture
def clusters():
    """Columns and outcome of 12 couples with 3 to 8 rows each."""
    rng = np.random.default_rng(1)
    found = []
    for _ in range(12):
        size = int(rng.integers(3, 9))
        x = np.column_stack([np.ones(size), rng.normal(size=size), np.full(size, rng.normal())])
        y = x @ [1.0, 0.5, -0.2] + rng.normal(size=size) + rng.normal()
        found.append((x, y))
    return found


def sums(clusters):
    x, y = (np.concatenate(part) for part in zip(*clusters, strict=True))
    beta = np.linalg.lstsq(x, y, rcond=None)[0]
    information = np.array([part.T @ part for part, _ in clusters])
    score = np.array([part.T @ (answer - part @ beta) for part, answer in clusters])
    return x, y, beta, information, score


def test_without_correction_it_is_the_sandwich_of_statsmodels(clusters):
    x, y, _, information, score = sums(clusters)
    group = np.repeat(np.arange(12), [len(answer) for _, answer in clusters])
    other = sm.OLS(y, x).fit(
        cov_type="cluster", cov_kwds={"groups": group, "use_correction": False}
    )
    plain = dyad_precision(information, score, corrected=False)
    found = [np.sqrt(plain.of(row)[0]) for row in np.eye(3)]
    assert found == pytest.approx(other.bse, rel=1e-10)


def test_the_correction_and_its_degrees_of_freedom_are_those_of_dense_matrices(clusters):
    x, _, beta, information, score = sums(clusters)
    precision = dyad_precision(information, score)
    bread = np.linalg.inv(x.T @ x)
    leave = np.eye(len(x)) - x @ bread @ x.T
    ends = np.cumsum([0] + [len(answer) for _, answer in clusters])
    for weights in (*np.eye(3), np.array([1.0, -2.0, 0.5])):
        variance, columns = 0.0, []
        for number, (part, answer) in enumerate(clusters):
            values, vectors = np.linalg.eigh(np.eye(len(part)) - part @ bread @ part.T)
            root = np.where(values > 1e-10, np.maximum(values, 1e-10) ** -0.5, 0.0)
            correct = (vectors * root) @ vectors.T
            row = weights @ bread @ part.T @ correct
            variance += float(row @ (answer - part @ beta)) ** 2
            columns.append(leave[:, ends[number] : ends[number + 1]] @ row)
        inner = np.array(columns) @ np.array(columns).T
        df = np.trace(inner) ** 2 / np.trace(inner @ inner)
        assert precision.of(weights) == pytest.approx((variance, df), rel=1e-9)


def test_the_correction_is_unbiased_when_the_model_is_right(clusters):
    _, _, _, information, score = sums(clusters)
    precision = dyad_precision(information, score)
    expected = information - information @ precision.cov @ information
    adjust = precision.adjustment
    found = (adjust @ expected @ np.swapaxes(adjust, 1, 2)).sum(axis=0)
    np.testing.assert_allclose(found, information.sum(axis=0), rtol=1e-9)


def test_both_kinds_of_errors_agree_in_large_samples_of_the_model():
    rows = make_couples(2, 1500, 4, Truth(level=((0.8, 0.3), (0.3, 0.8))))
    model = ApimModel("y", ("x",), levels=True)
    one, other = fit_apim(rows, model), fit_apim(rows, model, errors="dyad")
    assert other.coefficients == pytest.approx(one.coefficients)
    for own, robust in zip(one.estimates, other.estimates, strict=True):
        assert robust.se == pytest.approx(own.se, rel=0.1)
        assert 300 < robust.df < 1500
