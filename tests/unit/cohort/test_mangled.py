"""Whatever is done to a diary file, it is read or refused; nothing else happens."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterpoint.cohort.table import DiaryLayout, DiaryTable, ItemColumn, read_diaries
from counterpoint.errors import DataError

LAYOUT = DiaryLayout((ItemColumn("near"),), (ItemColumn("calm"),))
ROWS = [
    {"couple": couple, "member": member, "day": day, "near": 10.0 * day, "calm": 50.5}
    for couple in ("k1", "k2")
    for day in range(1, 6)
    for member in "ab"
]
CSV = "\n".join(
    ["couple,member,day,near,calm", *(",".join(map(str, row.values())) for row in ROWS)]
).encode()


def parquet_bytes() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), buffer)
    return buffer.getvalue()


PIECES = st.sampled_from(
    [b"", b",", b'"', b"\n", b"\r", b"\0", b"NA", b"1e309", b"-", b"\xff", b"\xed\xa0\x80", b";",
     b"couple", b"'", "\u202e".encode(), b"9" * 400, b",,,,", b"k1,a,1,0,0\n", b"\x1b[2J"]
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES | st.binary(max_size=6)),
    min_size=1,
    max_size=4,
)


def mangled(content: bytes, changes) -> bytes:
    for where, removed, piece in changes:
        start = int(where * len(content))
        content = content[:start] + piece + content[start + removed :]
    return content


@pytest.mark.parametrize("whole", [CSV, parquet_bytes()], ids=["csv", "parquet"])
@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=CHANGES)
def test_a_mangled_file_is_read_or_refused(whole, tmp_path, changes):
    path = tmp_path / "diary"
    path.write_bytes(mangled(whole, changes))
    found = read_or_refuse(path)
    if isinstance(found, DataError):
        assert found.location is not None
        assert str(found).isprintable()
    else:
        assert all(couple.diary.days == len(couple.days) >= 1 for couple in found)


def read_or_refuse(path) -> DiaryTable | DataError:
    try:
        return read_diaries(path, LAYOUT)
    except DataError as refused:
        return refused


@pytest.mark.parametrize("whole", [CSV, parquet_bytes()], ids=["csv", "parquet"])
def test_the_file_nobody_mangled_is_read(whole, tmp_path):
    path = tmp_path / "diary"
    path.write_bytes(whole)
    assert read_diaries(path, LAYOUT).couples == ("k1", "k2")
