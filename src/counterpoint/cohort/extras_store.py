"""Files of what was asked beyond the tables: ``chains.csv``, ``draws.parquet``, ``roles.csv``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from defusedcsv import csv as defused

from counterpoint.cohort.extras import Asked, KeptDraws, RoleDifference
from counterpoint.cohort.fit import CoupleResult
from counterpoint.engine import Prior
from counterpoint.engine.roles import FEWEST_COUPLES, ROLE_NAMES, RoleTest, compare_differences

CHAIN_COLUMNS = ("couple", "quantity", "effect", "cause", "rhat", "effective_draws")
"""Columns of ``chains.csv``; the first four are those of ``couples.csv``."""

ROLE_COLUMNS = ("quantity", "half_difference", "standard_error", "p")
"""Columns of ``roles.csv``."""

EXTRA_FILES = ("chains.csv", "draws.parquet", "roles.csv")
"""What may be written."""

HELD_COUPLES = 50
"""Couples of one row group of ``draws.parquet``."""


class ExtrasStore:
    """Writes what was asked as couples come.

    Parameters
    ----------
    folder
        Where to write.
    asked
        What was asked.
    seed
        Seed of the relabellings of the test of roles.

    Attributes
    ----------
    role_test
        The test of roles once finished; ``None`` where it was not asked or could not be made.
    role_refusal
        Why it could not be made.
    """

    def __init__(self, folder: Path, asked: Asked, *, seed: int) -> None:
        self._folder = folder
        self._asked = asked
        self._seed = seed
        self._chains: Any = None
        self._chains_file: Any = None
        self._parquet: Any = None
        self._held: list[tuple[str, KeptDraws]] = []
        self._differences: list[RoleDifference] = []
        self._labels: set[tuple[str, str]] = set()
        self.role_test: RoleTest | None = None
        self.role_refusal = ""
        if asked.chains > 1:
            self._chains_file = (folder / "chains.csv").open("w", encoding="utf-8", newline="")
            self._chains = defused.writer(self._chains_file, lineterminator="\n")
            self._chains.writerow(CHAIN_COLUMNS)

    def add(self, result: CoupleResult) -> None:
        """Take one couple."""
        extras = result.extras
        if self._chains is not None and extras.agreement is not None:
            found = extras.agreement
            for name, rhat, ess in zip(found.names, found.rhat, found.ess_bulk, strict=True):
                self._chains.writerow((result.couple, *name, round(rhat, 4), round(ess, 1)))
        if extras.draws is not None:
            self._held.append((result.couple, extras.draws))
            if len(self._held) >= HELD_COUPLES:
                self._write_draws()
        if self._asked.roles:
            self._labels.add(result.members)
            if extras.roles is not None:
                self._differences.append(extras.roles)

    def finish(self, prior: Prior) -> None:
        """Write what is left, and test the roles of the cohort as a whole."""
        self._write_draws()
        if self._asked.roles:
            self._test_roles(prior)

    def close(self) -> None:
        """Close the files."""
        for file in (self._chains_file, self._parquet):
            if file is not None:
                file.close()

    def _write_draws(self) -> None:
        if not self._held:
            return
        import pyarrow as pa  # noqa: PLC0415 - paid for only when draws are kept
        import pyarrow.parquet as pq  # noqa: PLC0415 - paid for only when draws are kept

        names = self._held[0][1].names
        values = np.concatenate([draws.values for _, draws in self._held])
        couples = [couple for couple, draws in self._held for _ in range(len(draws.values))]
        numbers = [np.arange(len(draws.values), dtype=np.int32) for _, draws in self._held]
        columns = {
            "couple": pa.array(couples, pa.string()),
            "draw": pa.array(np.concatenate(numbers)),
            **{name: pa.array(values[:, place]) for place, name in enumerate(names)},
        }
        part = pa.table(columns)
        if self._parquet is None:
            self._parquet = pq.ParquetWriter(self._folder / "draws.parquet", part.schema)
        self._parquet.write_table(part)
        self._held.clear()

    def _test_roles(self, prior: Prior) -> None:
        if len(self._labels) != 1:
            self.role_refusal = (
                f"the members have {len(self._labels)} different pairs of labels; a role is the "
                "same label in every couple"
            )
        elif len(self._differences) < FEWEST_COUPLES:
            self.role_refusal = (
                f"it needs {FEWEST_COUPLES} couples of whom both answered; there are "
                f"{len(self._differences)}"
            )
        else:
            self.role_test = compare_differences(
                ((one.mean, one.cov) for one in self._differences),
                prior,
                rng=np.random.default_rng(self._seed),
            )
        with (self._folder / "roles.csv").open("w", encoding="utf-8", newline="") as file:
            writer: Any = defused.writer(file, lineterminator="\n")
            writer.writerow(ROLE_COLUMNS)
            if self.role_test is None:
                return
            test = self.role_test
            for name, difference, error, p in zip(
                ROLE_NAMES, test.difference, test.standard_error, test.difference_p, strict=True
            ):
                writer.writerow((name, round(difference, 6), round(error, 6), round(p, 6)))


@contextmanager
def open_extras(folder: Path, asked: Asked, *, seed: int) -> Iterator[ExtrasStore]:
    """Open the files of what was asked, and close them at the end."""
    store = ExtrasStore(folder, asked, seed=seed)
    try:
        yield store
    finally:
        store.close()
