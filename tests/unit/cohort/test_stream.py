"""A file read couple by couple gives what the whole file gives, and the same complaints."""

from __future__ import annotations

import collections
import gc
import tracemalloc

import numpy as np
import pytest

from cohort_cases import LAYOUT, write_cohort
from counterpoint.cohort.stream import DiaryStream
from counterpoint.cohort.table import DiaryLayout, ItemColumn, read_diaries
from counterpoint.errors import DataError

HEADER = "couple,member,day,connection_1,connection_2,self_1,self_2\n"


@pytest.fixture(params=[1, 2, 50])
def _held(request, monkeypatch):
    monkeypatch.setattr("counterpoint.cohort.stream.HELD_COUPLES", request.param)


@pytest.mark.usefixtures("_held")
def test_couples_are_those_of_the_whole_file(tmp_path):
    diary = write_cohort(tmp_path, couples=5)
    stream, table = DiaryStream(diary, LAYOUT), read_diaries(diary, LAYOUT)
    assert (stream.source, stream.shape, stream.items) == (table.source, table.shape, table.items)
    for one, other in zip(stream, table, strict=True):
        assert (one.couple, one.members, one.days) == (other.couple, other.members, other.days)
        np.testing.assert_array_equal(one.diary.items, other.diary.items)
    assert len(list(stream)) == 5


def test_a_parquet_file_is_streamed_too(tmp_path):
    import pyarrow.csv
    import pyarrow.parquet

    diary = write_cohort(tmp_path, couples=3)
    whole = tmp_path / "diary.parquet"
    pyarrow.parquet.write_table(pyarrow.csv.read_csv(diary), whole)
    first, second = DiaryStream(diary, LAYOUT), DiaryStream(whole, LAYOUT)
    for one, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.diary.items, other.diary.items)


def test_a_dyad_wide_file_is_streamed_too(tmp_path):
    diary = tmp_path / "wide.csv"
    rows = [f"{c},{d},{10 * d},{d},{20 * d},{c}" for c in (1, 2, 3) for d in (1, 2)]
    diary.write_text("ID,DAY,M_C,M_S,W_C,W_S\n" + "\n".join(rows) + "\n")
    layout = DiaryLayout(
        (ItemColumn("C"),), (ItemColumn("S"),), couple="ID", day="DAY", members=("M_", "W_")
    )
    for one, other in zip(DiaryStream(diary, layout), read_diaries(diary, layout), strict=True):
        np.testing.assert_array_equal(one.diary.items, other.diary.items)


@pytest.mark.usefixtures("_held")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("x,a,1,1,1,1,1\nx,b,1,1,1,1,1\ny,a,1,1,1,1,1\ny,b,1,1,1,1,1\nx,a,2,1,1,1,1\n",
         r"line 6, column couple: the couple 'x' comes again"),
        ("x,a,1,1,1,1,1\nx,b,1,1,1,1,1\ny,a,1,1,1,1,1\n", r"line 4.*'y' has one member only"),
        ("x,a,1,1,1,1,1\nx,b,1,1,1,1,1\ny,a,1,1,1,1,1\ny,b,1,1,1,101,1\n",
         r"line 5, column self_1"),
        ("x,a,1,1,1,1,1\nx,b,1,1,1,1,1\ny,a,2026-01-01,1,1,1,1\n", "line 4, column day.*date"),
        ("x,a,1,1,1,1,\nx,b,1,1,1,1,\ny,a,1,1,1,1,\ny,b,1,1,1,1,\n", "self_2: .*no answer at all"),
        ("x,a,1,1,1,1,1\nx,a,1,1,1,1,1\nx,b,1,1,1,1,1\n", "line 3.*twice, first on line 2"),
        ("", "no row below the header"),
    ],
)  # fmt: skip
def test_complaints_say_where(tmp_path, rows, told):
    diary = tmp_path / "diary.csv"
    diary.write_text(HEADER + rows)
    with pytest.raises(DataError, match=told):
        list(DiaryStream(diary, LAYOUT))


def test_an_item_answered_by_late_couples_only_is_an_item(tmp_path, monkeypatch):
    monkeypatch.setattr("counterpoint.cohort.stream.HELD_COUPLES", 1)
    diary = tmp_path / "diary.csv"
    diary.write_text(HEADER + "x,a,1,1,1,1,\nx,b,1,1,1,1,\ny,a,1,1,1,1,7\ny,b,1,1,1,1,\n")
    assert [couple.couple for couple in DiaryStream(diary, LAYOUT)] == ["x", "y"]


def test_a_file_with_more_rows_than_are_held_whole_is_streamed(tmp_path, monkeypatch):
    diary = write_cohort(tmp_path, couples=4, days=10)
    monkeypatch.setattr("counterpoint.cohort.table.csv_sheet.MAX_ROWS", 20)
    monkeypatch.setattr("counterpoint.cohort.table.sheets.MAX_ROWS", 20)
    assert len(list(DiaryStream(diary, LAYOUT))) == 4
    from counterpoint.cohort.table.sheets import open_sheet

    with pytest.raises(DataError, match=r"more than 20 rows.*--stream"):
        list(open_sheet(diary, most_rows=20).rows([0]))


def test_memory_does_not_grow_with_the_file(tmp_path, monkeypatch):
    """Twenty times the couples need no more memory, their names apart: those are kept.

    Diaries of 24 days: the interpreter keeps up to 2,000 tuples of up to 20 entries for later use.
    """
    monkeypatch.setattr("counterpoint.cohort.stream.HELD_COUPLES", 5)

    def traced(task):
        gc.collect()
        tracemalloc.start()
        task()
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    def beyond_names(couples):
        names = [f"c{1000 + number}" for number in range(couples)]
        diary = tmp_path / f"{couples}.csv"
        with diary.open("w") as file:
            file.write(HEADER)
            for number, name in enumerate(names):
                for day in range(24):
                    cells = f"{number % 7},{day % 5},{day % 3},{number % 2}"
                    file.writelines(f"{name},{member},{day},{cells}\n" for member in "ab")
        kept = traced(lambda: {"".join(list(name)) for name in names})
        return traced(lambda: collections.deque(DiaryStream(diary, LAYOUT), maxlen=0)) - kept

    beyond_names(10)  # whatever is imported or cached once
    assert beyond_names(300) < 1.2 * beyond_names(15)
