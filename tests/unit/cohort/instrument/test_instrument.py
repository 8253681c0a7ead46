import csv
import datetime as dt
import json

import numpy as np
import pytest

from counterpoint.cohort.instrument import (
    prove_instrument,
    read_answers,
    read_items,
    score_people,
    teach_items,
    write_items,
    write_scores,
)
from counterpoint.cohort.instrument.scoring import COLUMNS
from counterpoint.cohort.pages.instrument import instrument_page
from counterpoint.content.sign_form import sign_form
from counterpoint.engine.instrument import (
    draw_answers,
    draw_traits,
    key_answers,
    shipped_correlation,
    shipped_items,
)
from counterpoint.errors import DataError

FORM = sign_form()
ITEMS = shipped_items(FORM.scale)


def raw_answers(people: int, seed: int):
    rng = np.random.default_rng(seed)
    keyed = draw_answers(
        draw_traits(people, shipped_correlation(), rng=rng), ITEMS, rng=rng, skipped=0.1
    )
    return key_answers(keyed, FORM.reverse_keyed, FORM.options)


def cell(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.0f}"


def write_wide(path, values, header=None):
    lines = [",".join(["person", *FORM.item_ids]) if header is None else header]
    lines += [",".join([f"p{i}", *map(cell, row)]) for i, row in enumerate(values)]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_both_shapes_of_file_are_read_alike(tmp_path):
    values = raw_answers(4, 1)
    wide = read_answers(write_wide(tmp_path / "wide.csv", values), FORM)
    lines = ["person,item_id,value"]
    lines += [
        f"p{i},{item},{cell(values[i, j])}"
        for i in range(4)
        for j, item in enumerate(FORM.item_ids)
    ]
    (tmp_path / "long.csv").write_text("\n".join(lines))
    long = read_answers(tmp_path / "long.csv", FORM)
    assert wide.people == long.people == ("p0", "p1", "p2", "p3")
    np.testing.assert_array_equal(wide.values, values)
    np.testing.assert_array_equal(long.values, values)


def test_a_file_without_a_person_is_ones_own(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(f"item_id,value,when\n{FORM.item_ids[2]},3,x\nsomething_else,1,x\n")
    found = read_answers(path, FORM)
    assert found.people == ("you",)
    assert found.values[0, 2] == 3.0
    assert found.unknown == ("something_else",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("person,{0}\np1,7\n", "line 2, column {0}: '7' is no option: they are 0 to 4"),
        ("person,{0}\np1,1.5\n", "line 2, column {0}: '1.5' is no option"),
        ("person,{0}\np1,often\n", "line 2, column {0}: 'often' is not a number"),
        ("person,{0}\np1,1\np1,2\n", "line 3, column person: 'p1' stands here a second time"),
        ("person,{0}\n,1\n", "line 2, column person: the person is missing"),
        ("person,{0}\n", "there is no row after the header"),
        ("person,mood\np1,1\n", "no column is named by an item"),
        ("person,item_id,value\np1,{0},1\np1,{0},2\n", "line 3, column item_id"),
        ("person,item_id,value\np1,{0},9\n", "line 2, column value: '9' is no option"),
        ("person,item_id,value\np1,mood,1\n", "no line names an item"),
    ],
)
def test_bad_files_are_told_where(tmp_path, text, told):
    path = tmp_path / "bad.csv"
    path.write_text(text.format(FORM.item_ids[0]))
    with pytest.raises(DataError, match=told.format(FORM.item_ids[0])):
        read_answers(path, FORM)


def test_scores_are_written_sign_by_sign_and_never_added_up(tmp_path):
    values = raw_answers(3, 2)
    values[2] = 3.0
    read = read_answers(write_wide(tmp_path / "a.csv", values), FORM)
    found = score_people(read, FORM, ITEMS, shipped_correlation())
    write_scores(tmp_path / "scores.csv", found)
    with (tmp_path / "scores.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 3 * 15
    for row in rows:
        assert float(row["q05"]) < float(row["q50"]) < float(row["q95"])
        assert 0.0 <= float(row["option_q05"]) <= float(row["option_q95"]) <= 4.0
    assert {row["note"] for row in rows if row["person"] == "p2"} == {"one option nearly all along"}
    assert {row["note"] for row in rows if row["person"] != "p2"} == {""}


def test_learned_items_come_back_from_their_file(tmp_path):
    values = raw_answers(150, 3)
    read = read_answers(write_wide(tmp_path / "a.csv", values), FORM)
    calibration = teach_items(read, FORM)
    write_items(tmp_path / "items.json", calibration, FORM, on=dt.date(2026, 11, 24))
    items, correlation = read_items(tmp_path / "items.json", FORM)
    assert items.discrimination == pytest.approx(calibration.items.discrimination, abs=1e-4)
    assert items.thresholds == pytest.approx(calibration.items.thresholds, abs=1e-4)
    assert correlation == pytest.approx(calibration.correlation, abs=1e-4)
    told = json.loads((tmp_path / "items.json").read_text())["people"]
    # of 150 who answered as they are, at most one in a hundred may look careless
    assert told == calibration.people
    assert 149 <= told <= 150


def test_careless_people_teach_nothing(tmp_path):
    values = raw_answers(150, 4)
    values[:30] = 4.0
    read = read_answers(write_wide(tmp_path / "a.csv", values), FORM)
    assert teach_items(read, FORM).people <= 120


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda d: d.update(format="else"), "not a file of items"),
        (lambda d: d["items"].pop(FORM.item_ids[0]), f"{FORM.item_ids[0]} is not in this file"),
        (lambda d: d["items"][FORM.item_ids[1]].update(thresholds="x"), "damaged"),
        (lambda d: d["items"][FORM.item_ids[1]].update(discrimination=-1), "positive"),
        (lambda d: d.pop("correlation"), "damaged"),
    ],
)
def test_a_spoilt_file_of_items_is_refused(tmp_path, spoil, told):
    document = {
        "format": "counterpoint-items-1",
        "items": {
            item: {"sign": "x", "discrimination": 1.5, "thresholds": [-1.0, 0.0, 1.0, 2.0]}
            for item in FORM.item_ids
        },
        "correlation": np.eye(15).tolist(),
    }
    path = tmp_path / "items.json"
    path.write_text(json.dumps(document))
    read_items(path, FORM)
    spoil(document)
    path.write_text(json.dumps(document))
    with pytest.raises(DataError, match=told):
        read_items(path, FORM)


def test_what_is_no_file_of_items_is_told(tmp_path):
    with pytest.raises(DataError, match="no such file"):
        read_items(tmp_path / "absent.json", FORM)
    (tmp_path / "text.json").write_text("[1, 2")
    with pytest.raises(DataError, match="not a file of items"):
        read_items(tmp_path / "text.json", FORM)


def test_the_proof_holds_and_a_weaker_instrument_breaks_it():
    proof = prove_instrument(people=600, seed=1)
    assert proof.broken == ()
    page = instrument_page(proof, "counterpoint check instrument")
    assert "All of this holds." in page
    weak = prove_instrument(people=600, seed=1, discrimination=1.0)
    assert any("all signs jointly" in line for line in weak.broken)
    assert "**Broken:**" in instrument_page(weak, "x")
