import csv

import pytest

from counterpoint.cli import main


def simulate(folder, *options: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["simulate", "--out", str(folder / "d.csv"), "--truth", str(folder / "t.csv"),
              *options])  # fmt: skip
    return stopped.value.code or 0


def rows(folder):
    with (folder / "d.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("design", ["continuous", "checkin"])
def test_the_same_seed_writes_the_same_bytes(tmp_path, design):
    written = []
    for name, seed in (("one", "4"), ("two", "4"), ("three", "5")):
        options = ("--couples", "4", "--days", "9", "--seed", seed, "--design", design)
        assert simulate(tmp_path / name, *options) == 0
        files = (tmp_path / name / "d.csv", tmp_path / name / "t.csv")
        written.append([file.read_bytes() for file in files])
    assert written[0] == written[1]
    assert written[0] != written[2]


def test_sliders_lie_on_the_scale_and_a_quarter_of_the_days_is_missing(tmp_path):
    simulate(tmp_path, "--couples", "40", "--days", "30")
    days = rows(tmp_path)
    assert len(days) == 40 * 30 * 2
    answers = [row[f"{state}_{n}"] for row in days for state in ("connection", "self")
               for n in (1, 2, 3)]  # fmt: skip
    assert 0.2 < answers.count("") / len(answers) < 0.3
    assert all(0 <= float(answer) <= 100 for answer in answers if answer)


def test_the_checkin_asks_the_marker_and_at_most_one_further_item(tmp_path):
    simulate(tmp_path, "--couples", "40", "--days", "30", "--design", "checkin")
    for row in rows(tmp_path):
        for state in ("connection", "self"):
            marker, second, third = (row[f"{state}_{n}"] for n in (1, 2, 3))
            assert not (second and third)
            assert marker or not (second or third)
            assert all(float(tap) % 10 == 0 for tap in (marker, second, third) if tap)


def test_two_files_are_needed(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["simulate", "--couples", "2", "--days", "5", "--out", str(tmp_path / "x.csv"),
              "--truth", str(tmp_path / "x.csv")])  # fmt: skip
    assert stopped.value.code == 2
    assert "name the same file" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
