"""Files and folders that appear whole or not at all.

Everything is written beside its final place under a name of its own and moved there at the
end; when something goes wrong, what was there before is still there.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from counterpoint.cohort.table.cells import printable
from counterpoint.errors import DataError, Location


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """Give a path to write to, and move what was written to ``path`` at the end.

    Parameters
    ----------
    path
        Where the file shall stand.

    Yields
    ------
    Path
        The file to write, in the same folder.

    Raises
    ------
    DataError
        The folder cannot be written, or ``path`` is a folder.
    """
    where = Location(printable(str(path), 200))
    part = _beside(path)
    try:
        if path.is_dir():
            raise DataError("this is a folder; name a file to write", where)
        path.parent.mkdir(parents=True, exist_ok=True)
        part.touch()
    except OSError as error:
        raise DataError(f"it cannot be written: {error.strerror}", where) from None
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise DataError(f"it could not be written: {error.strerror}", where) from None
    finally:
        part.unlink(missing_ok=True)


def refuse_occupied(folder: Path, *, force: bool, ours: Collection[str]) -> None:
    """Refuse a folder that holds something, unless it may be replaced.

    Parameters
    ----------
    folder
        Where results shall stand.
    force
        Whether results of an earlier run may be replaced.
    ours
        Names such a run leaves; a folder with anything else is never replaced.

    Raises
    ------
    DataError
        The folder is occupied, or is no folder.
    """
    where = Location(printable(str(folder), 200))
    try:
        if not folder.exists() and not folder.is_symlink():
            return
        if not folder.is_dir():
            raise DataError("this is a file; --out names a folder", where)
        inside = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        raise DataError(f"the folder cannot be used: {error.strerror}", where) from None
    if not inside:
        return
    foreign = [name for name in inside if name not in ours]
    if foreign:
        raise DataError(
            f"the folder holds other things, such as {printable(foreign[0])}; choose a new one",
            where,
        )
    if not force:
        raise DataError(
            "the folder already holds results; --force replaces them, or choose a new one", where
        )


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, and move it to ``folder`` at the end.

    Parameters
    ----------
    folder
        Where the folder shall stand; what is there is replaced (see `refuse_occupied`).

    Yields
    ------
    Path
        The folder to fill, beside its final place.

    Raises
    ------
    DataError
        The place cannot be written.
    """
    where = Location(printable(str(folder), 200))
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link
    part, old = _beside(folder), _beside(folder)
    made = [parent for parent in folder.parents if not parent.exists()]
    try:
        part.mkdir(parents=True)
    except OSError as error:
        raise DataError(f"it cannot be written: {error.strerror}", where) from None
    finished = False
    try:
        yield part
        if folder.exists():
            folder.rename(old)
        part.rename(folder)
        finished = True
    except OSError as error:
        raise DataError(f"it could not be written: {error.strerror}", where) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if not finished and old.exists():
            old.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
        if not finished:
            for parent in made:
                if not any(parent.iterdir()):
                    parent.rmdir()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
