"""Everything of a person as one zip file, made while it is sent and never stored."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from defusedcsv import csv
from django.core.serializers.json import DjangoJSONEncoder

from counterpoint import __version__
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import Entry, Rows, entries

README = """What is in this file
====================

Everything this site holds about you, as of the moment you asked for it.
Each folder is one part of the site. Tables come twice, with the same content:
as .json for programs and as .csv for spreadsheets. In the .csv a cell that begins
with =, +, -, @ or | is written with a mark in front, so that no spreadsheet runs it.
Each folder's README.txt says what its columns mean.
Times are in UTC. Answers are taps from 0 to 10 unless the README says otherwise.

Made by version {version}.
"""


class _Channel(io.RawIOBase):
    """A file that can only be written, and is emptied as it is read."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        """Return true: that is all it is for."""
        return True

    def write(self, data: Any) -> int:
        """Keep what is written until it is drained."""
        self._waiting += data
        return len(data)

    def drain(self) -> bytes:
        """Return what was written since the last time."""
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


def stream_zip(owner: User) -> Iterator[bytes]:
    """Yield a zip of all entries of the registry, file by file."""
    channel = _Channel()
    with zipfile.ZipFile(channel, mode="w", compression=zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README.format(version=__version__))
        yield channel.drain()
        for entry in entries():
            for name, body in files_of(entry, owner):
                archive.writestr(f"{entry.label}/{name}", body)
                yield channel.drain()
    yield channel.drain()


def files_of(entry: Entry, owner: User) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each file one entry exports, its codebook first.

    An entry that exports nothing by design leaves no folder behind.
    """
    exported = entry.export(owner)
    if not exported:
        return
    yield "README.txt", write_codebook(entry, exported).encode("utf-8")
    for name, body in exported.items():
        if isinstance(body, bytes):
            yield name, body
        elif isinstance(body, str):
            yield name, body.encode("utf-8")
        else:
            stem = name.removesuffix(".csv").removesuffix(".json")
            yield f"{stem}.json", write_json(body)
            yield f"{stem}.csv", write_csv(body)


def write_json(rows: Rows) -> bytes:
    """Return rows as a JSON list; times in ISO 8601, ids as text."""
    listed = [dict(row) for row in rows]
    text = json.dumps(listed, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return text.encode("utf-8")


def write_csv(rows: Rows) -> bytes:
    """Return rows as a table whose cells no spreadsheet takes for a formula."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    if columns:
        writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return table.getvalue().encode("utf-8")


def write_codebook(entry: Entry, exported: Mapping[str, object]) -> str:
    """Return what the files and columns of one entry mean."""
    lines = [entry.label, "=" * len(entry.label), "", "Files: " + (", ".join(exported) or "none")]
    lines += [f"{name}: {meaning}" for name, meaning in entry.codebook.items()]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> object:
    if value is None or isinstance(value, str | int | float):
        return value
    return (
        json.loads(json.dumps(value, cls=DjangoJSONEncoder))
        if not isinstance(value, list | dict)
        else json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    )
