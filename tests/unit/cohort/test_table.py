"""Three dyadic shapes, two formats, one diary."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from counterpoint.cohort.table import (
    INDIVIDUAL,
    PAIRWISE,
    WIDE,
    DiaryLayout,
    ItemColumn,
    read_diaries,
)
from counterpoint.cohort.table.table import ends_of
from counterpoint.engine import to_points
from counterpoint.errors import DataError

LONG = """\
couple,member,day,near,warm,tense
q,y,3,50,60,0
q,x,1,10,20,40
q,x,2,,,
q,x,4,70,NA,10
q,y,1,30,,90
p,m,9,1,2,3
p,f,9,4,5,6
p,f,8,7,8,9
"""
LAYOUT = DiaryLayout(
    connection_items=(ItemColumn("near"), ItemColumn("warm")),
    self_items=(ItemColumn("tense", turned=True),),
)


def write(folder: Path, content: str, name: str = "diary.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def read(folder: Path, content: str, **changes: object):
    settings = {"connection_items": LAYOUT.connection_items, "self_items": LAYOUT.self_items}
    return read_diaries(write(folder, content), DiaryLayout(**(settings | changes)))


def same(one, other) -> None:
    assert one.couples == other.couples
    for left, right in zip(one, other, strict=True):
        assert left.days == right.days
        assert left.diary.dyad_id == right.diary.dyad_id
        np.testing.assert_allclose(left.diary.items, right.diary.items, atol=1e-12)


def test_individual_long_becomes_calendar_days(tmp_path):
    table = read(tmp_path, LONG)
    assert (table.shape, table.couples, table.items) == (INDIVIDUAL, ("q", "p"), 2)
    assert table.calendar_days == 4 + 2
    q = table[0]
    assert q.members == ("x", "y")
    assert q.days == ("1", "2", "3", "4")
    assert q.diary.answered_days == (2, 2)
    none = np.nan
    expected = [
        [[10, 20], [60, none], [30, none], [10, none]],
        [[none, none], [none, none], [none, none], [none, none]],
        [[none, none], [none, none], [50, 60], [100, none]],
        [[70, none], [90, none], [none, none], [none, none]],
    ]
    np.testing.assert_allclose(to_points(q.diary.items), expected, atol=1e-12)
    p = table[1]
    assert p.members == ("f", "m")
    np.testing.assert_allclose(to_points(p.diary.items[:, 2, 0]), [np.nan, 1], atol=1e-12)


def test_the_first_of_members_is_a(tmp_path):
    assert read(tmp_path, LONG, members=()).couples == ("q", "p")
    only_q = "\n".join(line for line in LONG.splitlines() if not line.startswith("p,"))
    table = read(tmp_path, only_q, members=("y", "x"))
    assert table[0].members == ("y", "x")
    np.testing.assert_allclose(to_points(table[0].diary.items[0, 0]), [30, np.nan], atol=1e-12)


@pytest.mark.parametrize("mark", [("{}_{}", ("his", "hers")), ("{1}{0}", (".h", ".w"))])
def test_dyad_wide_says_the_same_with_prefixes_or_suffixes(tmp_path, mark):
    pattern, members = mark
    names = [
        pattern.format(member, name) if "{1}" not in pattern else name + member
        for member in members
        for name in ("near", "warm", "tense")
    ]
    ends = tuple(member + "_" for member in members) if "{1}" not in pattern else members
    wide = ",".join(["couple", "day", *names]) + "\n"
    wide += "q,1,10,20,40,30,,90\nq,3,,,,50,60,0\nq,4,70,,10,,,\n"
    long = "\n".join(line for line in LONG.splitlines() if not line.startswith("p,"))
    table = read(tmp_path, wide, members=ends)
    assert table.shape == WIDE
    same(table, read(tmp_path, long))


def test_pairwise_says_the_same_and_its_partner_columns_are_compared(tmp_path):
    pairwise = """\
couple,member,day,near_A,calm_A,near_P
k,a,1,10,20,30
k,b,1,30,40,10
k,a,2,50,60,
k,b,2,,80,50
k,a,3,1,2,99
"""
    changes = {
        "connection_items": (ItemColumn("near_A"),),
        "self_items": (ItemColumn("calm_A"),),
    }
    table = read(tmp_path, pairwise, **changes)
    assert table.shape == PAIRWISE
    own = "\n".join(line.rsplit(",", 1)[0] for line in pairwise.splitlines())
    same(table, read(tmp_path, own, **changes))
    with pytest.raises(DataError, match="line 3, column near_P: this says 11 of the partner"):
        read(tmp_path, pairwise.replace("30,40,10", "30,40,11"), **changes)


def test_parquet_says_the_same_as_csv(tmp_path):
    lines = [line.split(",") for line in LONG.splitlines()]
    columns = {name: [row[i] for row in lines[1:]] for i, name in enumerate(lines[0])}
    for name in ("near", "warm", "tense"):
        columns[name] = [float(cell) if cell.isdigit() else None for cell in columns[name]]
    columns["day"] = [float(cell) for cell in columns["day"]]
    columns["couple"] = pa.array(columns["couple"]).dictionary_encode()
    path = tmp_path / "diary.parquet"
    pq.write_table(pa.table(columns), path, row_group_size=3)
    same(read_diaries(path, LAYOUT), read(tmp_path, LONG))


def test_parquet_dates_and_whole_numbers_of_couples(tmp_path):
    path = tmp_path / "any-name-will-do"
    days = np.array(["2024-02-28", "2024-03-01"] * 2, dtype="datetime64[ms]")
    table = pa.table(
        {
            "couple": [3.0] * 4,
            "member": [1, 1, 2, 2],
            "day": days,
            "near": [1, 2, 3, 4],
            "calm": [5, 6, 7, 8],
        }
    )
    pq.write_table(table, path)
    layout = DiaryLayout((ItemColumn("near"),), (ItemColumn("calm"),))
    (couple,) = read_diaries(path, layout)
    assert couple.couple == "3"
    assert couple.members == ("1", "2")
    assert couple.days == ("2024-02-28", "2024-02-29", "2024-03-01")


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_byte_order_mark_and_line_ends(tmp_path, separator):
    plain = read(tmp_path, LONG)
    same(read(tmp_path, "\ufeff" + LONG.replace(",", separator)), plain)
    path = tmp_path / "other.csv"
    for end in ("\r\n", "\r"):
        path.write_bytes(LONG.replace("\n", end).encode())
        same(read_diaries(path, LAYOUT), plain)


def test_quotes_blank_lines_and_columns_that_are_not_asked_for(tmp_path):
    noted = '"couple","member","note","day","near","warm","tense"\n'
    for line in LONG.splitlines()[1:]:
        couple, member, *rest = line.split(",")
        noted += f'"{couple}","{member}","said ""so"",\nand so on",{",".join(rest)}\n\n,,,,,,\n'
    same(read(tmp_path, noted), read(tmp_path, LONG))


def test_range_maps_the_ends_of_a_scale_to_points(tmp_path):
    content = "couple,member,day,near,calm\nk,a,1,1,7\nk,b,1,4,2.5\n"
    layout = DiaryLayout(
        (ItemColumn("near"),), (ItemColumn("calm", turned=True),), low=1.0, high=7.0
    )
    (couple,) = read_diaries(write(tmp_path, content), layout)
    np.testing.assert_allclose(to_points(couple.diary.items[0, :, 0]), [0, 0, 50, 75], atol=1e-12)


def test_a_person_in_many_couples_worth_of_labels_needs_no_square_table(tmp_path):
    """Every couple has labels of its own, as person ids are: memory must not grow as a product."""
    lines = ["couple,member,day,near,calm"]
    lines += [f"c{n},p{2 * n + m},1,50,50" for n in range(20_000) for m in (0, 1)]
    layout = DiaryLayout((ItemColumn("near"),), (ItemColumn("calm"),))
    table = read_diaries(write(tmp_path, "\n".join(lines)), layout)
    assert len(table) == 20_000
    assert table[19_999].members == ("p39998", "p39999")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"members": ("a",)}, "two different names"),
        ({"members": ("a", "a")}, "two different names"),
        ({"low": 5.0, "high": 5.0}, "lower one first"),
        ({"high": float("inf")}, "lower one first"),
        ({"self_items": ()}, "at least one column"),
        ({"self_items": (ItemColumn("near"),)}, "more than one item"),
    ],
)
def test_a_layout_that_makes_no_sense_is_refused(changes, reason):
    settings = {"connection_items": LAYOUT.connection_items, "self_items": LAYOUT.self_items}
    with pytest.raises(DataError, match=reason):
        DiaryLayout(**(settings | changes))


def test_item_names():
    assert ItemColumn.parse("-Anx.") == ItemColumn("Anx.", turned=True)
    with pytest.raises(DataError, match="not the name of a column"):
        ItemColumn.parse("-")


@pytest.mark.parametrize(
    ("answers", "low", "high"),
    [
        ([0.0, 25.0, 100.0, np.nan], 12.5, 87.5),
        ([3.0, 4.0, 80.0], 0.5, 99.5),
        ([0.0, 100.0 / 3, 200.0 / 3, 100.0], 100.0 / 6, 500.0 / 6),
    ],
)
def test_a_scale_ends_half_a_step_inside(answers, low, high):
    assert to_points(np.array(ends_of(np.array(answers)))) == pytest.approx([low, high], abs=1e-4)


def test_two_different_answers_do_not_tell_the_step():
    assert ends_of(np.array([0.0, 100.0, 0.0])) is None


def test_ends_are_known_only_where_they_were_named(tmp_path):
    assert all(couple.diary.ends is None for couple in read(tmp_path, LONG))
    for couple in read(tmp_path, LONG, has_ends=True):
        assert couple.diary.ends == ends_of(to_points(couple.diary.items))


def test_a_window_takes_the_last_days_of_each_couple(tmp_path):
    every, few = read(tmp_path, LONG), read(tmp_path, LONG, last_days=2)
    assert [couple.days for couple in every] == [("1", "2", "3", "4"), ("8", "9")]
    assert [couple.days for couple in few] == [("3", "4"), ("8", "9")]
    for one, other in zip(few, every, strict=True):
        np.testing.assert_array_equal(one.diary.items, other.diary.items[-2:])
