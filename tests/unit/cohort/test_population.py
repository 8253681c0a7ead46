import datetime as dt
import json

import numpy as np
import pytest

from counterpoint.cohort.population import read_population, write_population
from counterpoint.engine import shipped_prior
from counterpoint.errors import DataError


def written(folder, items=2):
    path = folder / "population.json"
    write_population(path, shipped_prior(items, own_items=True), on=dt.date(2026, 1, 2))
    return path


def test_a_population_comes_back_as_it_was(tmp_path):
    path = written(tmp_path)
    prior, back = shipped_prior(2, own_items=True), read_population(path, items=2)
    assert back.as_numbers() == prior.as_numbers()
    np.testing.assert_array_equal(back.loading, np.ones((2, 2)))
    document = json.loads(path.read_text())
    assert (document["written_on"], document["source"]) == ("2026-01-02", "shipped")


def spoilt(**changes):
    def spoil(document):
        document["prior"].update(changes)
        return json.dumps(document)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda _: "", "not JSON"),
        (lambda _: "[" * 100_000, "nested too deeply"),
        (lambda _: "[]", "not a population file"),
        (lambda document: json.dumps(document | {"format": "other"}), "not a population file"),
        (lambda document: json.dumps(document | {"prior": 3}), "holds no prior"),
        (lambda document: json.dumps(document | {"prior": {}}), "lacks coupling_mean"),
        (spoilt(coupling_mean=[0.1] * 7), "shape"),
        (spoilt(coupling_mean="many"), "not a number"),
        (spoilt(level_mean=[float("nan"), 0.0]), "finite"),
        (spoilt(process_df=4.0), "larger than 5"),
        (spoilt(couples=float("inf")), "too large"),
        (spoilt(level_sum_cov=[[1.0, 2.0], [2.0, 1.0]]), "positive definite"),
    ],
)
def test_a_file_that_is_no_population_is_refused(tmp_path, spoil, reason):
    path = written(tmp_path)
    path.write_text(spoil(json.loads(path.read_text())))
    with pytest.raises(DataError, match=reason) as refused:
        read_population(path, items=2)
    assert refused.value.location.source == str(path)


def test_a_population_for_other_items_is_refused(tmp_path):
    with pytest.raises(DataError, match="is for 2 items a state, the diary has 3"):
        read_population(written(tmp_path), items=3)


def test_no_file_is_said_kindly(tmp_path):
    with pytest.raises(DataError, match="no such file"):
        read_population(tmp_path / "none.json", items=1)
