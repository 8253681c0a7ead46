"""A small cohort as a file, and commands run on it, for the tests of large ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from counterpoint.cli import main
from counterpoint.cohort.checkpoint import RunFolder
from counterpoint.cohort.simulation import simulate_cohort
from counterpoint.cohort.table import DiaryLayout, ItemColumn, read_diaries
from counterpoint.engine import shipped_prior

ITEMS = ("--connection", "connection_1,connection_2", "--self", "self_1,self_2")
LAYOUT = DiaryLayout(
    (ItemColumn("connection_1"), ItemColumn("connection_2")),
    (ItemColumn("self_1"), ItemColumn("self_2")),
)


def write_cohort(folder: Path, *, couples: int = 6, days: int = 12, seed: int = 3) -> Path:
    """A diary of some couples."""
    diary = folder / "diary.csv"
    simulate_cohort(
        diary,
        folder / "truth.csv",
        couples=couples,
        days=days,
        seed=seed,
        prior=shipped_prior(2, own_items=True),
    )
    return diary


def spooled(folder: Path, diary: Path, *, keeps: bool = False, seed: int = 0) -> RunFolder:
    """A run with the couples of a diary in it."""
    folder.mkdir(exist_ok=True)
    run = RunFolder(folder, keeps=keeps)
    run.spool(read_diaries(diary, LAYOUT), seed=seed, facts={"items": 2})
    return run


def run(*arguments: object) -> int:
    """Run a command and return its exit code."""
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    return int(stopped.value.code or 0)


def assert_same(one: object, other: object) -> None:
    """Equal to the last bit, whatever holds the numbers."""
    for name in one.__dataclass_fields__:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
