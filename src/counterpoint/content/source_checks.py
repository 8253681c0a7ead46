"""Every work cited is there, and every work there is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from counterpoint.content.schema import Content

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_YEARS = range(1900, 2027)


def sources_broken(content: Content) -> Iterator[str]:
    """Yield what is wrong with the works and their citations, one sentence a problem."""
    cited = {
        **{f"exercises.{one.exercise_id}": one.sources for one in content.exercises.values()},
        **{f"sunday.{one.instrument_id}": one.sources for one in content.sunday.others.values()},
        **{f"pages.{one.page_id}": one.sources for one in content.pages.values()},
    }
    for where, source_ids in cited.items():
        for source_id in source_ids:
            if source_id not in content.sources:
                yield f"{where}: cites {source_id!r}, which is not among the sources"
    used = set(chain.from_iterable(cited.values()))
    for source_id, source in content.sources.items():
        where = f"sources.{source_id}"
        if source_id not in used:
            yield f"{where}: nothing rests on it"
        if source.year not in _YEARS or not source_id.endswith(f"_{source.year}"):
            yield f"{where}: is named by its year"
        if source.doi and not _DOI.fullmatch(source.doi):
            yield f"{where}: {source.doi!r} is no DOI"
