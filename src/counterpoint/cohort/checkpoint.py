"""A run on its way: couples in blocks, the last round of learning, the fits that are done.

Nothing in such a folder is a result: it is marked unfinished as long as it is there, and what a
command writes at the end is written anew from all of it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from counterpoint.cohort.checkpoint_blocks import in_blocks, write_block
from counterpoint.cohort.checkpoint_codec import decode_results, encode_results
from counterpoint.cohort.fit import CoupleResult
from counterpoint.cohort.table import CoupleDays
from counterpoint.cohort.table.cells import printable
from counterpoint.engine.population import Learning
from counterpoint.engine.population_chain import ChainPoint, joined_points
from counterpoint.engine.population_statistics import PopulationStatistics
from counterpoint.engine.prior import Prior
from counterpoint.errors import DataError, Location

MARK = "UNFINISHED.txt"
"""Name of the file that says what such a folder is."""

_NOTE = """\
This is a run of counterpoint that has not ended. Nothing in this folder is a result.
The same command with --resume goes on with it and removes this folder at the end.
To give it up, delete the folder.
"""
_HASHED_BYTES = 1 << 20


class RunFolder:
    """The folder of a run that has not ended.

    Parameters
    ----------
    folder
        Where it stands; must exist.
    keeps
        Whether rounds and fits are written down, to be taken up again.
    """

    def __init__(self, folder: Path, *, keeps: bool) -> None:
        self._folder = folder
        self.keeps = keeps

    @property
    def is_spooled(self) -> bool:
        """Whether all couples are here."""
        return (self._folder / "couples.json").is_file()

    def spool(self, couples: Iterable[CoupleDays], *, seed: int, facts: Mapping[str, Any]) -> None:
        """Write all couples down in blocks.

        Parameters
        ----------
        couples
            Taken as they are needed.
        seed
            Enters the seed of every couple.
        facts
            What else is to be known of them later, plain numbers and texts.

        Raises
        ------
        DataError
            A couple cannot be read, or the folder cannot be written.
        """
        days, count, number = 0, 0, 0
        for number, block in enumerate(in_blocks(couples, seed=seed), start=1):
            with self._writable():
                write_block(self._folder / f"block-{number - 1:06d}.npz", block)
            count += len(block.couples)
            days += int(block.diaries.starts[-1])
        told = {"blocks": number, "couples": count, "calendar_days": days, **facts}
        self._write("couples.json", json.dumps(told).encode())

    def facts(self) -> dict[str, Any]:
        """Return what `spool` was told, with ``blocks``, ``couples`` and ``calendar_days``."""
        found: dict[str, Any] = json.loads((self._folder / "couples.json").read_bytes())
        return found

    def blocks(self) -> list[Path]:
        """Return the files of all blocks, in order."""
        return [self._folder / f"block-{i:06d}.npz" for i in range(self.facts()["blocks"])]

    def settled(self, name: str, decide: Callable[[], str]) -> str:
        """Return what was decided when the run began; decide it now if it was not.

        Parameters
        ----------
        name
            What is decided.
        decide
            Called once in the life of a run.
        """
        path = self._folder / f"{name}.txt"
        if not path.is_file():
            self._write(path.name, decide().encode())
        return path.read_text(encoding="utf-8")

    def save_round(self, learning: Learning, points: Sequence[ChainPoint]) -> None:
        """Write down a round of learning, in place of the one before."""
        if not self.keeps or learning.average is None:
            return
        told = {
            "rounds_done": learning.rounds_done,
            "free": learning.free,
            "population": learning.population.as_numbers(),
            "lengths": [len(point) for point in points],
        }
        part = self._folder / "round.part"
        with self._writable(), part.open("wb") as file:
            arrays: dict[str, Any] = {
                "told": np.frombuffer(json.dumps(told).encode(), dtype=np.uint8),
                **{f"average_{n}": value for n, value in learning.average.arrays().items()},
                **vars(joined_points(points)),
            }
            np.savez(file, **arrays)
        part.replace(self._folder / "round.npz")

    def saved_round(self, base: Prior) -> tuple[Learning, list[ChainPoint]] | None:
        """Return the last round that was written down.

        Parameters
        ----------
        base
            The prior that learning began with.
        """
        path = self._folder / "round.npz"
        if not path.is_file():
            return None
        with np.load(path, allow_pickle=False) as stored:
            told = json.loads(stored["told"].tobytes())
            average = PopulationStatistics.from_arrays(
                {
                    name.removeprefix("average_"): stored[name]
                    for name in stored.files
                    if name.startswith("average_")
                }
            )
            names = [name for name in ChainPoint.__dataclass_fields__ if name in stored.files]
            points = ChainPoint(**{name: stored[name] for name in names})
        ends = np.cumsum([0, *told["lengths"]])
        learning = Learning(
            base=base,
            population=Prior.from_numbers(told["population"]),
            free=told["free"],
            rounds_done=told["rounds_done"],
            average=average,
        )
        return learning, [points.part(i, j) for i, j in pairwise(ends)]

    def save_results(self, block: int, results: list[CoupleResult]) -> None:
        """Write down the fits of one block."""
        if self.keeps:
            self._write(f"fits-{block:06d}.json", encode_results(results).encode())

    def saved_results(self, block: int) -> list[CoupleResult] | None:
        """Return the fits of one block, if they were written down."""
        path = self._folder / f"fits-{block:06d}.json"
        return decode_results(path.read_text(encoding="utf-8")) if path.is_file() else None

    def _write(self, name: str, content: bytes) -> None:
        """Write a file that is there whole or not at all."""
        part = self._folder / f"{name}.part"
        with self._writable():
            part.write_bytes(content)
            part.replace(self._folder / name)

    @contextmanager
    def _writable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise DataError(
                f"the run cannot be written down: {error.strerror}",
                Location(printable(str(self._folder), 200)),
            ) from None


@contextmanager
def open_run(out: Path, *, resume: bool, key: Mapping[str, Any]) -> Iterator[RunFolder]:
    """Open the folder of a run, and remove it when the block ends without an error.

    Parameters
    ----------
    out
        Where the results shall stand. With ``resume`` the folder is ``OUT.unfinished`` beside it
        and outlives an interruption; else it is a temporary one that does not.
    resume
        Whether a run that was interrupted is gone on with.
    key
        Everything the results depend on; a run with another key is not gone on with.

    Yields
    ------
    RunFolder

    Raises
    ------
    DataError
        The folder belongs to another run, is in use, or cannot be written.
    """
    if not resume:
        with tempfile.TemporaryDirectory(prefix="counterpoint-") as temporary:
            yield RunFolder(Path(temporary), keeps=False)
        return
    folder = out.with_name(f"{out.name}.unfinished")
    where = Location(printable(str(folder), 200))
    known = json.loads(json.dumps(dict(key)))
    try:
        _begin(folder, known, where)
        lock = (folder / MARK).open("rb")
    except OSError as error:
        raise DataError(f"the run cannot be written down: {error.strerror}", where) from None
    run = RunFolder(folder, keeps=True)
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise DataError("another command is at work on this run", where) from None
        try:
            yield run
        except DataError:
            if not run.is_spooled:
                shutil.rmtree(folder, ignore_errors=True)
            raise
        shutil.rmtree(folder, ignore_errors=True)


def digest_of(path: Path) -> str:
    """Return a digest of a file's content.

    Raises
    ------
    DataError
        The file cannot be read.
    """
    digest = hashlib.blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while part := file.read(_HASHED_BYTES):
                digest.update(part)
    except OSError as error:
        raise DataError(
            f"the file cannot be opened: {error.strerror}", Location(printable(str(path), 200))
        ) from None
    return digest.hexdigest()


def _begin(folder: Path, key: dict[str, Any], where: Location) -> None:
    """Make the folder of a new run, or see that the one that is there is this one's."""
    if folder.exists():
        begun: Any = None
        with contextlib.suppress(OSError, ValueError):
            begun = json.loads((folder / "run.json").read_bytes())
        if not (folder / MARK).is_file() or not isinstance(begun, dict):
            raise DataError("the folder holds other things; move it away", where)
        other = sorted(name for name in {*begun, *key} if begun.get(name) != key.get(name))
        if other:
            raise DataError(
                f"the run that was left here was begun with another {', '.join(other)}; "
                "give the same, or delete the folder to begin anew",
                where,
            )
        return
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name[:60]}.", dir=_parent(folder)))
    (part / MARK).write_text(_NOTE, encoding="utf-8")
    (part / "run.json").write_text(json.dumps(key), encoding="utf-8")
    part.rename(folder)


def _parent(folder: Path) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder.parent
