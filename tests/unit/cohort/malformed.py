"""Diaries that lie, each with where a message must point."""

import gzip
import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HEADER = "couple,member,day,near,steady\n"
GOOD = ("k1,a,1,50,60", "k1,b,1,40,30", "k1,a,2,55,65", "k1,b,2,45,35")


@dataclass(frozen=True)
class Malformed:
    """One bad diary: how it is made, and what the message must hold."""

    name: str
    make: Callable[[Path], None]
    line: int | None
    column: str | None
    reason: str
    suffix: str = ".csv"
    options: tuple[str, ...] = ()


def rows(*lines: str, header: str = HEADER) -> bytes:
    return (header + "\n".join(lines) + "\n").encode()


def replaced(number: int, line: str) -> bytes:
    """The good diary with one of its rows replaced; row 1 stands on line 2."""
    changed = list(GOOD)
    changed[number - 1] = line
    return rows(*changed)


def text(content: bytes | str) -> Callable[[Path], None]:
    raw = content.encode() if isinstance(content, str) else content
    return lambda path: path.write_bytes(raw) and None


def parquet(**columns: list[object]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        pq.write_table(pa.table(columns), path)

    return make


def parquet_twice_named(path: Path) -> None:
    column = pa.array([1, 2])
    names = ["couple", "member", "day", "near", "near"]
    pq.write_table(pa.Table.from_arrays([column] * 5, names=names), path)


def parquet_cut(path: Path) -> None:
    whole = io.BytesIO()
    pq.write_table(pa.table({"couple": ["k"] * 100}), whole)
    path.write_bytes(whole.getvalue()[:-20])


def folder(path: Path) -> None:
    path.mkdir()


def nothing(path: Path) -> None:
    """Leave no file at all."""


WIDE_HEADER = "couple,day,M_near,W_near,M_steady,W_steady\n"
WIDE = ("--members", "M_,W_")
PAIR_HEADER = "couple,member,day,near_A,steady_A,near_P\n"

MALFORMED = (
    Malformed("no_such_file", nothing, None, None, "no such file"),
    Malformed("folder", folder, None, None, "folder"),
    Malformed("empty", text(b""), None, None, "empty"),
    Malformed("blank_lines", text("\n\n\n"), 1, None, "no header"),
    Malformed("header_only", text(HEADER), 2, "couple", "no row below"),
    Malformed("gzip", text(gzip.compress(rows(*GOOD))), None, None, "gzip"),
    Malformed("spreadsheet", text(b"PK\x03\x04" + b"x" * 50), None, None, "spreadsheet"),
    Malformed("utf16", text(rows(*GOOD).decode().encode("utf-16")), None, None, "UTF-16"),
    Malformed("latin1", text(replaced(2, "k1,b,1,\xfc,30").decode().encode("latin-1")), 3, "near",
              "UTF-8"),
    Malformed("lone_surrogate", text(rows(*GOOD).replace(b"k1,b,2", b"k\xed\xa0\x80,b,2")), 5,
              "couple", "UTF-8"),
    Malformed("nul", text(replaced(3, "k1,a,2,5\0,65")), 4, "near", "NUL"),
    Malformed("binary", text(bytes(range(256)) * 40), 1, "1", "NUL"),
    Malformed("short_row", text(replaced(2, "k1,b,1,40")), 3, "steady", "4 cells"),
    Malformed("long_row", text(replaced(4, "k1,b,2,45,35,7")), 5, "6 (after the last)", "6 cells"),
    Malformed("word", text(replaced(2, "k1,b,1,often,30")), 3, "near", "not a number"),
    Malformed("too_large", text(replaced(1, "k1,a,1,50,1e309")), 2, "steady", "too large"),
    Malformed("infinite", text(replaced(1, "k1,a,1,inf,60")), 2, "near", "not a number"),
    Malformed("underscore", text(replaced(1, "k1,a,1,5_0,60")), 2, "near", "not a number"),
    Malformed("other_digits", text(replaced(1, "k1,a,1,٥٠,60")), 2, "near", "not a number"),
    Malformed("hexadecimal", text(replaced(1, "k1,a,1,0x10,60")), 2, "near", "not a number"),
    Malformed("formula", text(replaced(1, "k1,a,1,=1+1,60")), 2, "near", "not a number"),
    Malformed("above_range", text(replaced(3, "k1,a,2,101,65")), 4, "near", "outside the range"),
    Malformed("below_range", text(replaced(3, "k1,a,2,55,-0.5")), 4, "steady", "outside"),
    Malformed("outside_own_range", text(rows(*GOOD)), 2, "near", "outside the range 1 to 7",
              options=("--range", "1,7")),
    Malformed("decimal_comma", text("couple;member;day;near;steady\nk1;a;1;50,5;60\n"), 2, "near",
              "decimal comma"),
    Malformed("duplicate_day", text(rows(*GOOD, GOOD[2])), 6, "day", "twice, first on line 4"),
    Malformed("duplicate_wide", text(rows("k,1,1,2,3,4", "k,2,1,2,3,4", "k,1,1,2,3,4",
                                          header=WIDE_HEADER)), 4, "day", "twice", options=WIDE),
    Malformed("one_member", text(rows(GOOD[0], GOOD[2])), 2, "member", "one member only"),
    Malformed("three_members", text(rows(*GOOD, "k1,c,1,50,50")), 6, "member", "third member"),
    Malformed("unknown_member", text(rows(*GOOD, "k2,x,1,50,50")), 6, "member", "--members named",
              options=("--members", "a,b")),
    Malformed("member_missing", text(replaced(2, "k1,,1,40,30")), 3, "member", "missing"),
    Malformed("couple_missing", text(replaced(2, "NA,b,1,40,30")), 3, "couple", "missing"),
    Malformed("couple_too_long", text(replaced(2, "k" * 300 + ",b,1,40,30")), 3, "couple", "300"),
    Malformed("couple_marks", text(replaced(2, "k" + "́" * 5000 + ",b,1,40,30")), 3, "couple",
              "5,001"),
    Malformed("couple_control", text(replaced(2, "k\x1b[31m,b,1,40,30")), 3, "couple",
              "unprintable"),
    Malformed("couple_bidi", text(replaced(2, "k\u202e1,b,1,40,30")), 3, "couple",
              "unprintable"),
    Malformed("day_word", text(replaced(4, "k1,b,Tuesday,45,35")), 5, "day", "not a day"),
    Malformed("day_part", text(replaced(4, "k1,b,1.5,45,35")), 5, "day", "not a day"),
    Malformed("day_missing", text(replaced(4, "k1,b,,45,35")), 5, "day", "missing"),
    Malformed("day_not_in_calendar", text(replaced(1, "k1,a,2023-02-29,45,35")), 2, "day",
              "calendar"),
    Malformed("day_mixed", text(replaced(3, "k1,a,2024-01-02,45,35")), 4, "day", "is a date"),
    Malformed("day_far_away", text(replaced(4, "k1,b,200000000,45,35")), 5, "day", "mistyped"),
    Malformed("day_too_long", text(replaced(4, "k1,b," + "9" * 5000 + ",45,35")), 5, "day",
              "not a day"),
    Malformed("header_twice_inside", text(rows(*GOOD[:2], HEADER.strip(), *GOOD[2:])), 4, "couple",
              "repeats the header"),
    Malformed("header_names_twice", text(rows("k,a,1,2,3,4", header="couple,member,day,near,steady"
                                              ",near\n")), 1, "near", "twice, as columns 4 and 6"),
    Malformed("column_absent", text(rows(*GOOD, header="couple,member,day,near,calm\n")), 1,
              "steady", "The columns are: couple, member, day, near, calm"),
    Malformed("couple_absent", text(rows(*GOOD, header="ID,member,day,near,steady\n")), 1,
              "couple", "--couple COLUMN"),
    Malformed("wide_absent", text(rows("k,1,1,2,3,4", header=WIDE_HEADER)), 1, "H_near",
              "The columns are", options=("--members", "H_,W_")),
    Malformed("open_quote", text(replaced(2, 'k1,"b,1,40,30')), 3, "member", "never closed"),
    Malformed("quote_inside", text(replaced(2, 'k1,b,1,"4"0,30')), 3, "near", "middle of a quoted"),
    Malformed("huge_cell", text(replaced(2, "k1,b,1,4" + "0" * 200_000 + ",3")), 3, "near",
              "longer than 131,072"),
    Malformed("huge_line", text(replaced(2, "k1,b,1," + "4" * 5_000_000)), 3, "couple",
              "longer than 1,000,000"),
    Malformed("many_columns", text(",".join(f"c{n}" for n in range(100_000)) + "\n"), 1, "c10000",
              "100,000 columns"),
    Malformed("no_answer_at_all", text(rows("k,a,1,,5", "k,b,1,NA,6")), None, "near", "no answer"),
    Malformed("pairwise_disagrees", text(rows("k,a,1,50,60,40", "k,b,1,41,30,50",
                                              header=PAIR_HEADER)), 2, "near_P",
              "whose own row on line 3 says 41",
              options=("--connection", "near_A", "--self", "steady_A")),
    Malformed("pickle", text(pickle.dumps({"a": 1})), None, None, "not a Parquet", ".parquet"),
    Malformed("parquet_is_csv", text(rows(*GOOD)), None, None, "not a Parquet", ".parquet"),
    Malformed("parquet_cut", parquet_cut, None, None, "damaged", ".parquet"),
    Malformed("parquet_magic_only", text(b"PAR1" + b"\0" * 60), None, None, "damaged", ".parquet"),
    Malformed("parquet_named_twice", parquet_twice_named, None, "near", "twice", ".parquet"),
    Malformed("parquet_list", parquet(couple=["k"], member=["a"], day=[1], near=[[1.0]],
                                      steady=[2.0]), None, "near", "type list", ".parquet"),
    Malformed("parquet_bytes", parquet(couple=["k"], member=["a"], day=[1], near=[b"1"],
                                       steady=[2.0]), None, "near", "type binary", ".parquet"),
    Malformed("parquet_infinite", parquet(couple=["k", "k"], member=["a", "b"], day=[1, 1],
                                          near=[1.0, float("inf")], steady=[2.0, 3.0]), 2, "near",
              "not a number", ".parquet"),
    Malformed("parquet_twice", parquet(couple=["k"] * 3, member=["a", "b", "b"], day=[1, 1, 1],
                                       near=[1.0] * 3, steady=[2.0] * 3), 3, "day", "twice",
              ".parquet"),
)  # fmt: skip
