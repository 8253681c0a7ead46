"""Pages of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from counterpoint.content.tables import ContentTable


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page; on the page of promises with the rules it answers for, and its tests.

    ``rules`` are numbers of the thirteen rules; ``tests`` name tests as ``file::function``;
    ``sources`` are ids of `Content.sources`, works in which a reader can look it up. A part
    without them claims nothing about research.
    """

    heading: str
    paragraphs: tuple[str, ...]
    rules: tuple[int, ...] = ()
    tests: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def held_by(self) -> tuple[tuple[str, str], ...]:
        """What each test holds, in words, and the file it lies in."""
        named = (test.split("::") for test in self.tests)
        return tuple((name.removeprefix("test_").replace("_", " "), file) for file, name in named)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of words that needs no sign-in."""

    page_id: str
    version: int
    source: str
    title: str
    lead: str
    sections: tuple[Section, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the works its parts rest on, each once, in order."""
        return tuple(dict.fromkeys(one for part in self.sections for one in part.sources))


def read_pages(tables: Mapping[str, ContentTable]) -> Mapping[str, Page]:
    """Return the pages of their files, by id.

    Raises
    ------
    ContentError
        When a file breaks the schema.
    """
    pages = {}
    for page_id, table in tables.items():
        sections = []
        for entry in table.tables("sections"):
            heading, paragraphs = entry.text("heading"), entry.texts("paragraphs")
            sources = entry.texts_or_none("sources")
            rules, tests = entry.numbers("rules"), entry.tests()
            sections.append(Section(heading, paragraphs, rules, tests, sources))
            entry.close()
        pages[page_id] = Page(
            page_id=page_id,
            version=table.version(),
            source=table.text("source"),
            title=table.text("title"),
            lead=table.text("lead"),
            sections=tuple(sections),
        )
        table.close()
    return MappingProxyType(pages)
