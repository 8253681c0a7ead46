"""The main job from the command line, on simulated couples."""

import csv
import json
import math
from collections import Counter

import numpy as np
import pyarrow.parquet as pq
import pytest

from counterpoint.cli import main
from counterpoint.cohort.extras_store import CHAIN_COLUMNS, ROLE_COLUMNS
from counterpoint.cohort.store import COUPLE_COLUMNS, DAY_COLUMNS, FIT_COLUMNS
from counterpoint.engine.roles import ROLE_NAMES

STATES = ("connection_a", "self_a", "connection_b", "self_b")
ITEMS = ["--connection", "connection_1,connection_2,connection_3", "--self", "self_1,self_2,self_3"]


def run(*arguments: object) -> int:
    """Run a command and return its exit code."""
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    return stopped.value.code or 0


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    """Three couples of 44 days and their fit."""
    folder = tmp_path_factory.mktemp("cohort")
    diary, truth, out = folder / "diary.csv", folder / "truth.csv", folder / "out"
    assert run("simulate", "--couples", 3, "--days", 44, "--seed", 5, "--out", diary,
               "--truth", truth) == 0  # fmt: skip
    assert run("fit", diary, *ITEMS, "--sweeps", 400, "--pictures", 1, "--out", out) == 0
    return folder


def test_couples_table_has_exactly_these_columns_and_rows(cohort):
    with (cohort / "out" / "couples.csv").open(encoding="utf-8") as file:
        assert tuple(file.readline().strip().split(",")) == COUPLE_COLUMNS
    rows = read(cohort / "out" / "couples.csv")
    counts = Counter((row["couple"], row["quantity"]) for row in rows)
    expected = {"level": 4, "same_day": 6, "coupling": 16, "cost": 8, "share": 1}
    assert counts == {
        (couple, quantity): count
        for couple in ("c1", "c2", "c3")
        for quantity, count in expected.items()
    }
    for row in rows:
        assert row["effect"] in STATES
        assert row["cause"] in (("",) if row["quantity"] == "level" else STATES)
        assert float(row["q05"]) <= float(row["q50"]) <= float(row["q95"])
        assert float(row["sd"]) > 0
        assert (row["prob"] == "") == (row["quantity"] == "level")
        assert row["prob"] == "" or 0 <= float(row["prob"]) <= 1
        assert row["said"] in ("true", "false")


def test_what_is_said_follows_days_and_probability(cohort):
    """The rule of the columns prob, days and said, row by row."""
    for row in read(cohort / "out" / "couples.csv"):
        days, prob = int(row["days"]), float(row["prob"] or "nan")
        said = {
            "level": days >= 6,
            "same_day": days >= 21 and max(prob, 1 - prob) >= 0.9,
            "coupling": False,
            "cost": days >= 42 and prob >= 0.8,
            "share": days >= 21,
        }[row["quantity"]]
        assert row["said"] == ("true" if said else "false"), row


def test_costs_are_couplings_turned_so_that_larger_costs_more(cohort):
    rows = read(cohort / "out" / "couples.csv")
    coupling = {
        (row["couple"], row["effect"], row["cause"]): float(row["mean"])
        for row in rows
        if row["quantity"] == "coupling"
    }
    for row in rows:
        if row["quantity"] == "cost":
            same_axis_of_self = row["effect"][:-2] == row["cause"][:-2] == "self"
            sign = 1 if same_axis_of_self else -1
            turned = sign * coupling[row["couple"], row["effect"], row["cause"]]
            assert float(row["mean"]) == pytest.approx(turned, abs=2e-6)


def test_days_table_holds_every_calendar_day(cohort):
    rows = read(cohort / "out" / "days.csv")
    assert tuple(rows[0]) == DAY_COLUMNS
    assert len(rows) == 3 * 44 * 4
    assert [row["day"] for row in rows if row["couple"] == "c2"][::4] == [
        str(day) for day in range(1, 45)
    ]
    for row in rows:
        assert float(row["lower"]) < float(row["mean"]) < float(row["upper"])
    answered = [row["answered"] for row in rows]
    assert 0.6 < answered.count("true") / len(rows) < 0.9


def test_the_truth_is_found_within_wide_limits(cohort):
    """Levels of three couples lie within five posterior sds of the truth."""
    truth = {
        (row["couple"], row["effect"]): float(row["value"])
        for row in read(cohort / "truth.csv")
        if row["quantity"] == "level"
    }
    for row in read(cohort / "out" / "couples.csv"):
        if row["quantity"] == "level":
            miss = float(row["mean"]) - truth[row["couple"], row["effect"]]
            assert abs(miss) < 5 * float(row["sd"])


def test_the_truth_table_speaks_the_words_of_the_couples_table(cohort):
    name = ("couple", "quantity", "effect", "cause")
    truth = [tuple(row[part] for part in name) for row in read(cohort / "truth.csv")]
    couples = [tuple(row[part] for part in name) for row in read(cohort / "out" / "couples.csv")]
    assert truth == couples


def test_fits_population_and_pictures_are_there(cohort):
    out = cohort / "out"
    fits = read(out / "fits.csv")
    assert tuple(fits[0]) == FIT_COLUMNS
    assert [(row["member_a"], row["member_b"]) for row in fits] == [("a", "b")] * 3
    assert json.loads((out / "population.json").read_text())["source"] == "shipped"
    captions = read(out / "pictures" / "captions.csv")
    drawn = ["001-c1-couplings.svg", "001-c1-days.svg", "001-c1-plane.svg", "cohort-plane.svg"]
    assert [row["file"] for row in captions] == drawn
    for row in captions:
        assert row["sentence"]
        assert (out / "pictures" / row["file"]).read_text().startswith("<svg")


def test_the_same_diary_gives_the_same_bytes(cohort, tmp_path):
    run("fit", cohort / "diary.csv", *ITEMS, "--sweeps", 400, "--pictures", 1, "--out",
        tmp_path / "out")  # fmt: skip
    for name in ("couples.csv", "days.csv", "fits.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (cohort / "out" / name).read_bytes()


def test_a_couple_gets_the_same_result_alone(cohort, tmp_path):
    diary = tmp_path / "one.csv"
    lines = (cohort / "diary.csv").read_text().splitlines()
    diary.write_text("\n".join(line for line in lines if line.startswith(("couple,", "c2,"))))
    run("fit", diary, *ITEMS, "--sweeps", 400, "--out", tmp_path / "out")
    alone = (tmp_path / "out" / "couples.csv").read_text().splitlines()[1:]
    together = (cohort / "out" / "couples.csv").read_text().splitlines()
    assert alone == [line for line in together if line.startswith("c2,")]


def test_its_own_population_gives_the_same_result(cohort, tmp_path, capsys):
    population = cohort / "out" / "population.json"
    code = run("fit", cohort / "diary.csv", *ITEMS, "--sweeps", 400, "--pictures", 0,
               "--population", population, "--out", tmp_path / "out", "--json")  # fmt: skip
    assert code == 0
    report = json.loads(capsys.readouterr().out)
    assert report["couples"] == 3
    assert report["answers"]["coupling"] == {"rows": 48, "said": 0}
    assert report["population"] == {"source": "shipped", "couples": 0}
    one, other = (folder / "couples.csv" for folder in (cohort / "out", tmp_path / "out"))
    assert one.read_bytes() == other.read_bytes()


def test_words_say_what_the_days_can_tell(cohort, tmp_path, capsys):
    assert run("fit", cohort / "diary.csv", *ITEMS, "--sweeps", 200, "--out", tmp_path / "o") == 0
    words = capsys.readouterr().out
    assert "What these days can tell" in words
    assert "c1: " in words
    assert "points, between" in words
    for banned in ("healthy", "toxic", "score", "%", "codependent", "diagnos"):
        assert banned not in words.lower()


def test_a_diary_without_any_answer_of_one_member_says_nothing_about_them(tmp_path):
    diary = tmp_path / "diary.csv"
    lines = ["couple,member,day,near,calm"]
    for day in range(30):
        lines += [f"k,a,{day},{50 + day % 7},{60 - day % 5}", f"k,b,{day},,"]
    diary.write_text("\n".join(lines))
    run("fit", diary, "--connection", "near", "--self", "calm", "--sweeps", 200, "--out",
        tmp_path / "out")  # fmt: skip
    for row in read(tmp_path / "out" / "couples.csv"):
        about_b = "_b" in row["effect"] + row["cause"]
        assert not (about_b and row["said"] == "true")
        assert math.isfinite(float(row["mean"]))


def test_results_are_not_overwritten_unasked(cohort, capsys):
    before = (cohort / "out" / "couples.csv").read_bytes()
    assert run("fit", cohort / "diary.csv", *ITEMS, "--out", cohort / "out") == 2
    assert "--force" in capsys.readouterr().err
    assert (cohort / "out" / "couples.csv").read_bytes() == before


def test_couples_named_like_formulas_are_defused(tmp_path):
    diary = tmp_path / "diary.csv"
    lines = ["couple,member,day,near,calm"]
    lines += [f"=1+1,{member},{day},50,{60 + day}" for day in range(8) for member in "ab"]
    diary.write_text("\n".join(lines))
    run("fit", diary, "--connection", "near", "--self", "calm", "--sweeps", 200, "--out",
        tmp_path / "out")  # fmt: skip
    for name in ("couples.csv", "days.csv", "fits.csv"):
        assert {row["couple"] for row in read(tmp_path / "out" / name)} == {"'=1+1"}


def test_options_that_cannot_be_read_end_with_two(cohort, tmp_path, capsys):
    out = tmp_path / "out"
    assert run("fit", cohort / "diary.csv", *ITEMS, "--range", "0-100", "--out", out) == 2
    assert "--range takes two numbers" in capsys.readouterr().err
    assert run("fit", cohort / "diary.csv", "--out", out) == 2
    assert "--connection" in capsys.readouterr().err
    assert not out.exists()


def test_chains_are_compared_number_by_number(cohort, tmp_path, capsys):
    out = tmp_path / "out"
    arguments = ("fit", cohort / "diary.csv", *ITEMS, "--sweeps", 300, "--pictures", 0)
    assert run(*arguments, "--chains", 2, "--out", out, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    rows = read(out / "chains.csv")
    assert tuple(rows[0]) == CHAIN_COLUMNS
    name = ("couple", "quantity", "effect", "cause")
    told = [tuple(row[part] for part in name) for row in read(out / "couples.csv")]
    compared = [tuple(row[part] for part in name) for row in rows]
    assert [one for one in compared if one[1] != "own_chance"] == told
    assert compared.count(("c2", "own_chance", "self_b", "")) == 1
    rhat = [float(row["rhat"]) for row in rows]
    assert max(rhat) == report["chains"]["worst_rhat"]
    assert 0.99 < min(rhat) < max(rhat) < 1.3
    assert all(float(row["effective_draws"]) > 1 for row in rows)
    one = [
        row
        for row in rows
        if (row["couple"], row["effect"], row["cause"]) == ("c1", "self_a", "self_b")
        and row["quantity"] != "same_day"
    ]
    assert {row["quantity"] for row in one} == {"coupling", "cost"}
    assert len({row["rhat"] for row in one}) == 1, "a cost is the same number, turned"


def test_chains_do_not_go_with_learning(cohort, tmp_path, capsys):
    code = run("fit", cohort / "diary.csv", *ITEMS, "--chains", 2, "--learn", "anchored",
               "--out", tmp_path / "out")  # fmt: skip
    assert code == 2
    assert "counterpoint population" in capsys.readouterr().err


def test_draws_are_kept_as_the_tables_have_them(cohort, tmp_path):
    out = tmp_path / "out"
    run("fit", cohort / "diary.csv", *ITEMS, "--sweeps", 400, "--pictures", 0, "--keep-draws", 100,
        "--out", out)  # fmt: skip
    table = pq.read_table(out / "draws.parquet").to_pydict()
    assert table["couple"] == [couple for couple in ("c1", "c2", "c3") for _ in range(100)]
    assert table["draw"] == list(range(100)) * 3
    assert "measurement_var self_b 3" in table
    for row in read(out / "couples.csv"):
        if row["quantity"] == "coupling":
            draws = np.array(table[f"coupling {row['effect']}<-{row['cause']}"])
            own = draws[[couple == row["couple"] for couple in table["couple"]]]
            assert own.mean() == pytest.approx(float(row["mean"]), abs=5 * float(row["sd"]) / 10)
    assert (out / "couples.csv").read_bytes() == (cohort / "out" / "couples.csv").read_bytes()


def test_more_draws_than_there_are_keeps_them_all(cohort, tmp_path):
    out = tmp_path / "out"
    run("fit", cohort / "diary.csv", *ITEMS, "--sweeps", 200, "--pictures", 0, "--keep-draws",
        5000, "--out", out)  # fmt: skip
    draws = pq.read_table(out / "draws.parquet", columns=["couple"]).to_pydict()["couple"]
    assert set(Counter(draws).values()) <= {50, 250}, "200 or, where it mixed badly, 400 sweeps"


def test_roles_are_tested_over_all_couples(tmp_path, capsys):
    diary, out = tmp_path / "diary.csv", tmp_path / "out"
    run("simulate", "--couples", 21, "--days", 8, "--seed", 3, "--out", diary, "--truth",
        tmp_path / "truth.csv")  # fmt: skip
    capsys.readouterr()
    arguments = ("fit", diary, *ITEMS, "--sweeps", 200, "--pictures", 0, "--roles", "--out", out)
    assert run(*arguments, "--json") == 0
    found = json.loads(capsys.readouterr().out)["roles"]
    assert found["couples"] == 21
    assert 0 < found["p"] <= 1
    rows = read(out / "roles.csv")
    assert tuple(rows[0]) == ROLE_COLUMNS
    assert [row["quantity"] for row in rows] == list(ROLE_NAMES)


def test_roles_of_few_couples_are_not_tested_and_that_is_said(cohort, tmp_path, capsys):
    out = tmp_path / "out"
    run("fit", cohort / "diary.csv", *ITEMS, "--sweeps", 200, "--pictures", 0, "--roles",
        "--out", out)  # fmt: skip
    assert "Roles were not tested: it needs 20 couples" in capsys.readouterr().out
    assert read(out / "roles.csv") == []


def test_an_answer_at_a_named_end_may_lie_beyond_it(tmp_path):
    """Half of b's answers stand at the top: told where the scale ends, b's level is higher."""
    diary = tmp_path / "diary.csv"
    lines = ["couple,member,day,near,calm"]
    for day in range(40):
        lines += [f"k,a,{day},{day % 3 + 1},{day % 4 + 1}"]
        lines += [f"k,b,{day},{(4, 5, 5, 3)[day % 4]},{(5, 5, 4)[day % 3]}"]
    diary.write_text("\n".join(lines))
    points = tmp_path / "points.csv"
    points.write_text(
        "\n".join(
            [lines[0]]
            + [
                ",".join([*line.split(",")[:3], *(str(25 * (int(n) - 1)) for n in cells)])
                for line in lines[1:]
                for cells in [line.split(",")[3:]]
            ]
        )
    )
    columns = ("--connection", "near", "--self", "calm", "--sweeps", 400, "--pictures", 0)
    run("fit", diary, *columns, "--range", "1,5", "--out", tmp_path / "named")
    run("fit", points, *columns, "--out", tmp_path / "unnamed")
    level = {
        (folder, row["effect"]): float(row["mean"])
        for folder in ("named", "unnamed")
        for row in read(tmp_path / folder / "couples.csv")
        if row["quantity"] == "level"
    }
    assert level["named", "self_b"] > level["unnamed", "self_b"] + 1
    assert level["named", "connection_a"] == pytest.approx(level["unnamed", "connection_a"], abs=3)


def test_of_a_long_diary_the_last_days_are_taken(tmp_path, capsys):
    diary = tmp_path / "diary.csv"
    lines = ["couple,member,day,near,calm"]
    for day in range(130):
        lines += [f"k,a,{day},{50 + day % 7},{60 - day % 5}", f"k,b,{day},{day % 9},{day % 4}"]
    diary.write_text("\n".join(lines))
    columns = ("--connection", "near", "--self", "calm", "--sweeps", 200, "--pictures", 0)
    for name, window, first, count in (
        ("few", (), 10, 120),
        ("all", ("--last-days", "all"), 0, 130),
    ):
        assert run("fit", diary, *columns, *window, "--out", tmp_path / name) == 0
        days = [int(row["day"]) for row in read(tmp_path / name / "days.csv")]
        assert (min(days), len(set(days))) == (first, count)
    capsys.readouterr()
    for wrong in ("0", "ten", "-3", "\u0663"):
        code = run("fit", diary, *columns, f"--last-days={wrong}", "--out", tmp_path / "no")
        assert code == 2
        assert "--last-days takes a number of days" in capsys.readouterr().err
