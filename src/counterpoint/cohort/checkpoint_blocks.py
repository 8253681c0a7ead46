"""Couples in blocks, each a file that any worker can open."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from counterpoint.cohort.table import CoupleDays
from counterpoint.engine import DyadDiary
from counterpoint.engine.population_block import DiaryBlock, block_of
from counterpoint.engine.states import Array

BLOCK_COUPLES = 50
"""Couples of a block. Sums are taken block by block: another number gives other last digits."""


@dataclass(frozen=True, eq=False)
class CoupleBlock:
    """Some couples with what their results are to be called.

    Parameters
    ----------
    diaries
        Their answers end to end, as the engine runs them.
    raw_inputs
        Their events as they were given, shape (days, m).
    couples, members, days
        Names of the couples, labels of their members, and their days as they were written.
    steps_a_day
        Check-ins a day.
    ends
        Where each couple's scale ends, if that is known.
    """

    diaries: DiaryBlock
    raw_inputs: Array
    couples: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    days: tuple[tuple[str, ...], ...]
    steps_a_day: int
    ends: tuple[tuple[float, float] | None, ...]

    def couple_days(self) -> list[CoupleDays]:
        """Return the couples one by one."""
        found = []
        for index, couple in enumerate(self.couples):
            part = slice(int(self.diaries.starts[index]), int(self.diaries.starts[index + 1]))
            diary = DyadDiary(
                items=self.diaries.items[part],
                inputs=self.raw_inputs[part] if self.raw_inputs.shape[1] else None,
                together=self.diaries.together[part],
                dyad_id=couple,
                steps_a_day=self.steps_a_day,
                ends=self.ends[index],
            )
            found.append(
                CoupleDays(
                    couple=couple,
                    members=self.members[index],
                    diary=diary,
                    days=self.days[index],
                )
            )
        return found


def in_blocks(couples: Iterable[CoupleDays], *, seed: int) -> Iterator[CoupleBlock]:
    """Yield couples in blocks, in their order.

    Parameters
    ----------
    couples
        Taken as they are needed.
    seed
        Enters the seed of every couple.
    """
    source = iter(couples)
    while part := list(islice(source, BLOCK_COUPLES)):
        yield _block_of(part, seed)


def _block_of(part: Sequence[CoupleDays], seed: int) -> CoupleBlock:
    diaries = [couple.diary for couple in part]
    empty = [np.zeros((diary.days, 0)) for diary in diaries]
    raw = [
        none if diary.inputs is None else diary.inputs
        for diary, none in zip(diaries, empty, strict=True)
    ]
    return CoupleBlock(
        diaries=block_of(diaries, seed=seed),
        raw_inputs=np.concatenate(raw),
        couples=tuple(couple.couple for couple in part),
        members=tuple(couple.members for couple in part),
        days=tuple(couple.days for couple in part),
        steps_a_day=diaries[0].steps_a_day,
        ends=tuple(diary.ends for diary in diaries),
    )


def write_block(path: Path, block: CoupleBlock) -> None:
    """Write a block to a file."""
    named = json.dumps(
        {
            "couples": block.couples,
            "members": block.members,
            "days": block.days,
            "steps_a_day": block.steps_a_day,
            "ends": block.ends,
        }
    )
    with path.open("wb") as file:
        np.savez(
            file,
            items=block.diaries.items,
            beyond=block.diaries.beyond,
            inputs=block.diaries.inputs,
            together=block.diaries.together,
            starts=block.diaries.starts,
            seeds=block.diaries.seeds,
            with_trend=block.diaries.with_trend,
            raw_inputs=block.raw_inputs,
            named=np.frombuffer(named.encode(), dtype=np.uint8),
        )


def read_block(path: Path) -> CoupleBlock:
    """Read a block that `write_block` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        named = json.loads(stored["named"].tobytes())
        return CoupleBlock(
            diaries=read_diary_arrays(stored),
            raw_inputs=stored["raw_inputs"],
            couples=tuple(named["couples"]),
            members=tuple((first, second) for first, second in named["members"]),
            days=tuple(tuple(days) for days in named["days"]),
            steps_a_day=named["steps_a_day"],
            ends=tuple(None if pair is None else (pair[0], pair[1]) for pair in named["ends"]),
        )


def read_diaries_of(path: Path) -> DiaryBlock:
    """Read only what chains are run on."""
    with np.load(path, allow_pickle=False) as stored:
        return read_diary_arrays(stored)


def read_diary_arrays(stored: np.lib.npyio.NpzFile) -> DiaryBlock:
    """Return the answers of an opened block."""
    return DiaryBlock(
        items=stored["items"],
        beyond=stored["beyond"],
        inputs=stored["inputs"],
        together=stored["together"],
        starts=stored["starts"],
        seeds=stored["seeds"],
        with_trend=stored["with_trend"],
    )
