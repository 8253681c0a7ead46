import json

import numpy as np
from click.testing import CliRunner

from counterpoint.cli import cli
from counterpoint.content.sign_form import sign_form
from counterpoint.engine.instrument import (
    draw_answers,
    draw_traits,
    key_answers,
    shipped_correlation,
    shipped_items,
)


def write_answers(path, people):
    form = sign_form()
    rng = np.random.default_rng(3)
    keyed = draw_answers(
        draw_traits(people, shipped_correlation(), rng=rng), shipped_items(form.scale), rng=rng
    )
    raw = key_answers(keyed, form.reverse_keyed, form.options)
    lines = [",".join(["who", *form.item_ids, "age"])]
    lines += [",".join([f"p{i}", *(f"{v:.0f}" for v in row), "40"]) for i, row in enumerate(raw)]
    path.write_text("\n".join(lines))
    return path


def run(*words):
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_scores_are_written_and_told_as_assumed(tmp_path):
    answers = write_answers(tmp_path / "answers.csv", 30)
    done = run("score", answers, "--person", "who", "--out", tmp_path / "scores.csv")
    assert done.exit_code == 0, done.output
    assert "30 people; 0 whose answers are worth a second look." in done.output
    assert "Items are assumed, not learned" in done.output
    assert "Not items of this questionnaire, not read: age" in done.output
    assert len((tmp_path / "scores.csv").read_text().splitlines()) == 1 + 30 * 15


def test_items_are_learned_and_used_again(tmp_path):
    answers = write_answers(tmp_path / "answers.csv", 130)
    items = tmp_path / "items.json"
    done = run("score", answers, "--person", "who", "--calibrate", "--items", items)
    assert done.exit_code == 0, done.output
    assert "Items learned from 130 people" in done.output
    again = run("score", answers, "--person", "who", "--items", items)
    assert again.exit_code == 0, again.output
    assert "assumed" not in again.output


def test_calibrating_needs_a_place_to_write(tmp_path):
    answers = write_answers(tmp_path / "answers.csv", 10)
    done = run("score", answers, "--person", "who", "--calibrate")
    assert done.exit_code != 0
    assert "--items FILE" in str(done.exception)


def test_the_check_tells_numbers_and_fails_for_a_weak_instrument(tmp_path):
    page = tmp_path / "instrument.md"
    done = run("check", "instrument", "--people", 400, "--json", "--write", page)
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["broken"] == []
    assert "# What the questionnaire can tell" in page.read_text()
    weak = run("check", "instrument", "--people", 400, "--discrimination", 0.8, "--json")
    assert weak.exit_code == 1
    assert json.loads(weak.output)["broken"]
