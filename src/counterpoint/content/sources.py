"""Works that rationales and pages rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from counterpoint.content.tables import ContentTable


@dataclass(frozen=True, slots=True)
class Source:
    """A published work.

    Parameters
    ----------
    source_id
        Family name of the first author and year.
    authors, year, title, published
        As on the work; `published` is the journal with volume and pages, or the publisher.
    doi
        Empty where the work has none, or where nobody is sure of it.
    """

    source_id: str
    authors: str
    year: int
    title: str
    published: str
    doi: str

    @property
    def citation(self) -> str:
        """The work in one line."""
        line = f"{self.authors} ({self.year}). {self.title}. {self.published}."
        return f"{line} https://doi.org/{self.doi}" if self.doi else line


def read_sources(table: ContentTable) -> Mapping[str, Source]:
    """Return every work of a file, by id.

    Raises
    ------
    ContentError
        When the file breaks the schema.
    """
    sources = {}
    for source_id, entry in table.named_tables():
        sources[source_id] = Source(
            source_id=source_id,
            authors=entry.text("authors"),
            year=entry.number("year"),
            title=entry.text("title"),
            published=entry.text("published"),
            doi=entry.text_or_empty("doi"),
        )
        entry.close()
    return MappingProxyType(sources)
