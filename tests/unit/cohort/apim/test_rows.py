"""Tables of couples in three dyadic shapes, with and without a day."""

import numpy as np
import pytest

from counterpoint.cohort.apim import day_before, read_dyads
from counterpoint.errors import DataError

LONG = """\
couple,member,joy,calm
q,y,5,6
q,x,1,2
p,y,3,
p,x,7,8
"""
PAIRWISE = """\
couple,member,joy_A,calm_A,joy_P,calm_P
q,y,5,6,1,2
q,x,1,2,5,6
p,y,3,,7,8
p,x,7,8,3,NA
"""
WIDE = """\
couple,x_joy,x_calm,y_joy,y_calm
q,1,2,5,6
p,7,8,3,
"""
DIARY = """\
couple,member,day,joy,calm
q,x,3,1,10
q,y,3,2,20
q,y,4,4,40
q,x,4,3,30
q,x,6,5,50
q,x,7,6,60
q,y,7,7,70
p,x,2024-01-01,1,1
"""


def read(folder, content, *names, **settings):
    path = folder / "couples.csv"
    path.write_text(content, encoding="utf-8")
    return read_dyads(path, names, **settings)


def refused(folder, content, *names, **settings) -> DataError:
    with pytest.raises(DataError) as caught:
        read(folder, content, *names, **settings)
    return caught.value


EXPECTED = [[[1, 2], [5, 6]], [[7, 8], [3, np.nan]]]


def test_three_shapes_are_the_same_rows(tmp_path):
    long = read(tmp_path, LONG, "joy", "calm")
    pairwise = read(tmp_path, PAIRWISE, "joy_A", "calm_A")
    wide = read(tmp_path, WIDE, "joy", "calm", members=("x_", "y_"))
    for rows in (long, pairwise, wide):
        assert rows.couples == ("q", "p")
        np.testing.assert_array_equal(rows.dyad, [0, 1])
        np.testing.assert_array_equal(rows.values, EXPECTED)
    assert long.roles == pairwise.roles == ("x", "y")
    assert wide.roles == ("x_", "y_")


def test_the_first_of_members_is_a(tmp_path):
    rows = read(tmp_path, LONG, "joy", members=("y", "x"))
    assert rows.roles == ("y", "x")
    np.testing.assert_array_equal(rows.column("joy"), [[5, 1], [3, 7]])
    np.testing.assert_array_equal(rows.swapped().column("joy"), [[1, 5], [7, 3]])


def test_couples_without_common_labels_have_no_roles(tmp_path):
    rows = read(tmp_path, LONG.replace("p,y", "p,z"), "joy")
    assert rows.members == (("x", "y"), ("x", "z"))
    assert rows.roles is None


def test_days_are_sorted_and_members_stand_side_by_side(tmp_path):
    diary = "".join(DIARY.splitlines(keepends=True)[:-1])
    rows = read(tmp_path, diary, "joy", "calm", day="day")
    np.testing.assert_array_equal(rows.day, [3, 4, 6, 7])
    np.testing.assert_array_equal(rows.column("joy"), [[1, 2], [3, 4], [5, np.nan], [6, 7]])
    pairs = rows.paired_with_day_before("joy", ("joy", "calm"))
    assert pairs.variables == ("joy", day_before("joy"), day_before("calm"))
    np.testing.assert_array_equal(pairs.day, [4, 7])
    np.testing.assert_array_equal(pairs.values[0], [[3, 1, 10], [4, 2, 20]])
    np.testing.assert_array_equal(pairs.values[1], [[6, 5, 50], [7, np.nan, np.nan]])


def test_two_couples_do_not_run_into_each_other(tmp_path):
    content = "couple,member,day,joy\n" + "".join(
        f"{couple},{member},{day},{day}\n"
        for couple, day in (("q", 1), ("p", 2))
        for member in "xy"
    )
    rows = read(tmp_path, content, "joy", day="day")
    with pytest.raises(DataError, match="one day apart"):
        rows.paired_with_day_before("joy", ("joy",))


def test_centring(tmp_path):
    diary = "".join(DIARY.splitlines(keepends=True)[:-1])
    rows = read(tmp_path, diary, "joy", "calm", day="day")
    own = rows.centred(("joy",), "person")
    x, y = np.array([1, 3, 5, 6]), np.array([2, 4, np.nan, 7])
    expected = np.stack([x - x.mean(), y - np.nanmean(y)], axis=1)
    np.testing.assert_allclose(own.column("joy"), expected)
    np.testing.assert_array_equal(own.column("calm"), rows.column("calm"))
    grand = rows.centred(("joy",), "grand")
    np.testing.assert_allclose(grand.column("joy"), np.stack([x, y], axis=1) - 4.0)


def test_what_cannot_be_read_is_said_with_its_place(tmp_path):
    error = refused(tmp_path, LONG + "q,x,1,2\n", "joy")
    assert (error.location.line, error.location.column) == (6, "couple")
    assert "first on line 3" in error.reason
    assert "--day" in error.reason
    error = refused(tmp_path, LONG.replace("7,8", "7,eight"), "joy", "calm")
    assert (error.location.line, error.location.column) == (5, "calm")
    error = refused(tmp_path, LONG, "joy", "sorrow")
    assert (error.location.line, error.location.column) == (1, "sorrow")
    error = refused(tmp_path, LONG, "joy", low=0.0, high=6.0)
    assert (error.location.line, error.location.column) == (5, "joy")
    error = refused(tmp_path, LONG + "r,x,1,2\n", "joy")
    assert "one member only" in error.reason
    error = refused(tmp_path, PAIRWISE.replace("5,6,1,2", "5,6,1,3"), "joy_A", "calm_A")
    assert (error.location.line, error.location.column) == (2, "calm_P")
    error = refused(tmp_path, DIARY, "joy", day="day")
    assert (error.location.line, error.location.column) == (9, "day")
    error = refused(tmp_path, WIDE, "joy", members=("x_", "z_"))
    assert error.location.column == "z_joy"


@pytest.mark.parametrize(
    ("names", "settings", "reason"),
    [
        (("joy", ""), {}, "needs the name"),
        (("joy",), {"members": ("x", "x")}, "two different names"),
        (("joy",), {"low": 5.0, "high": 5.0}, "lower one first"),
    ],
)
def test_what_was_asked_is_checked(tmp_path, names, settings, reason):
    assert reason in refused(tmp_path, LONG, *names, **settings).reason


def test_a_variable_that_was_not_read(tmp_path):
    rows = read(tmp_path, LONG, "joy")
    with pytest.raises(DataError, match="'calm' was not read"):
        rows.column("calm")
