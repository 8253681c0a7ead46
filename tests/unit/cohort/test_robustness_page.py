"""The page of `check robustness` says what was met, and on how many couples it rests."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from counterpoint.cohort.pages.robustness import FOUND_HEADINGS, cells_of, robustness_page
from counterpoint.cohort.robustness import Found, Robustness

FOUND = Found(r=0.87, rmse=0.1234, bias=-0.05, coverage=0.911, error=0.0124)
HONEST = Robustness(
    damage="honest",
    what="as expected",
    caught="",
    is_honest=True,
    told_twice=True,
    couples=300,
    flagged_of=1000,
    flagged={"parked": 0.001, "one_writer": 0.0, "careless": 0.0},
    misfit=0.0,
    noted=0.05,
    shown=0.999,
    shown_count=300,
    found=dict.fromkeys(("level", "same_day", "coupling", "within"), FOUND),
    directions=(40, 0.05),
    costs=(0, math.nan),
)
STILL = replace(
    HONEST,
    damage="never moved",
    caught="parked",
    is_honest=False,
    told_twice=False,
    flagged={"parked": 0.97, "one_writer": 0.0, "careless": 0.2},
    noted=math.nan,
    shown=0.03,
    shown_count=1,
    found=None,
    directions=(0, math.nan),
)
WEAK = replace(
    HONEST,
    damage="spread",
    found=HONEST.found | {"coupling": replace(FOUND, coverage=0.75)},
)


def page(*rows: Robustness) -> str:
    return robustness_page(rows, couples=300, days=42, command="counterpoint check robustness")


def row_of(text: str, heading: str, damage: str) -> list[str]:
    """Cells of a damage in the table under a heading."""
    part = text.split(heading)[1]
    line = next(line for line in part.splitlines() if line.startswith(f"| {damage} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_every_demand_met_is_said_once_and_figures_stand_in_their_columns() -> None:
    text = page(HONEST, STILL)
    assert "Every demand is met." in text
    assert "Not met" not in text
    assert "1,000 couples for each damage" in text
    cells = dict(zip(FOUND_HEADINGS, row_of(text, "## Found", "honest"), strict=False))
    assert cells["couples"] == "300"
    assert cells["place: r"] == ".87"
    assert cells["covered"] == ".911 ± .012"
    assert cells["directions wrong"] == ".05 of 40"
    assert cells["costs wrong"] == "–"
    assert row_of(text, "## Caught", "never moved")[1:] == [".970", ".000", ".200", ".000", "–",
                                                            ".03"]  # fmt: skip
    assert row_of(text, "## Found", "never moved")[1:3] == ["1", "–"]


def test_what_the_program_says_is_the_flags_that_are_raised() -> None:
    text = page(HONEST, STILL)
    words = row_of(text, "# What breaks", "never moved")
    assert words[2:4] == ["caught as parked", "yes"]
    assert words[4] == (
        "that the answers stand still: charts only (.97); "
        "that the answers do not look at the items: charts only (.20)"
    )
    assert row_of(text, "# What breaks", "honest")[4] == (
        "nearness and self on the same day told twice, with and without the day apart"
    )
    quiet = page(replace(HONEST, told_twice=False))
    assert row_of(quiet, "# What breaks", "honest")[4] == "nothing"


def test_a_missed_demand_and_too_few_couples_are_told_apart() -> None:
    few = replace(HONEST, damage="few", shown_count=12)
    text = page(HONEST, WEAK, few)
    assert "**Not met:** spread." in text
    assert "**Too few couples to tell:** few." in text
    assert "Every demand" not in text
    assert row_of(text, "# What breaks", "spread")[3] == "NO"
    assert row_of(text, "# What breaks", "few")[3] == "too few to tell"
    assert "**.750 ± .012**" in row_of(text, "## Found", "spread")


@pytest.mark.parametrize(("row", "verdict"), [(HONEST, "yes"), (WEAK, "NO"), (STILL, "yes")])
def test_in_short(row: Robustness, verdict: str) -> None:
    cells = cells_of(row)
    assert cells[0] == row.damage
    assert cells[-1] == verdict
    expected = ["–"] * 4 if row.found is None else [".91", ".91", ".91"]
    assert list(cells[3 : 3 + len(expected)]) == expected
    assert not np.any([cell == "nan" for cell in cells])
