import math

import pytest

from counterpoint.cohort.table.cells import printable, read_answer, read_day, read_label, shown


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0.0), (" 50 ", 50.0), ("+7.", 7.0), (".5", 0.5), ("1e2", 100.0), ("1E-400", 0.0)],
)
def test_reads_plain_numbers(text, value):
    assert read_answer(text, 0, 100) == value


@pytest.mark.parametrize("text", ["", "  ", "NA", "na", "NaN", "nan"])
def test_reads_what_means_missing(text):
    assert math.isnan(read_answer(text, 0, 100))


def test_the_ends_of_the_scale_belong_to_it():
    assert read_answer("1", 1, 7) == 1
    assert read_answer("7", 1, 7) == 7
    with pytest.raises(ValueError, match="outside the range 1 to 7"):
        read_answer("7.0001", 1, 7)


def test_reads_days_as_numbers_and_as_dates():
    assert read_day("17") == (17, False)
    assert read_day("-3") == (-3, False)
    assert read_day("4.0") == (4, False)
    first, dated = read_day("2024-02-29")
    assert dated
    assert read_day("2024-03-01") == (first + 1, True)


def test_labels_are_stripped_and_otherwise_kept():
    assert read_label("  Zoë & Ann ", "couple") == "Zoë & Ann"


def test_hostile_text_is_shown_without_its_marks():
    assert shown("a\x1b[31m\u202e") == r"'a\x1b[31m\u202e'"
    assert printable("x" * 100, 10) == "x" * 9 + "…"
    assert printable("e\u0301") == r"e\u0301"
