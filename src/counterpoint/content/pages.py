"""Pages of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from types import MappingProxyType

from counterpoint.content.tables import parse_table


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page; on the page of promises with the rules it answers for, and its tests.

    ``rules`` are numbers of the thirteen rules; ``tests`` name tests as ``file::function``.
    """

    heading: str
    paragraphs: tuple[str, ...]
    rules: tuple[int, ...] = ()
    tests: tuple[str, ...] = ()

    @property
    def held_by(self) -> tuple[tuple[str, str], ...]:
        """What each test holds, in words, and the file it lies in."""
        named = (test.split("::") for test in self.tests)
        return tuple((name.removeprefix("test_").replace("_", " "), file) for file, name in named)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of words that needs no sign-in.

    `sources` are ids of `Content.sources`: works a reader can look up. A page without them
    claims nothing about research.
    """

    page_id: str
    version: int
    source: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    sources: tuple[str, ...] = ()


def read_pages(folder: Traversable) -> Mapping[str, Page]:
    """Return every page of a folder, by id.

    Raises
    ------
    ContentError
        When a file breaks the schema.
    """
    pages = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        table = parse_table(file.read_text("utf-8"), f"{folder.name}/{file.name}")
        sections = []
        for entry in table.tables("sections"):
            heading, paragraphs = entry.text("heading"), entry.texts("paragraphs")
            sections.append(Section(heading, paragraphs, entry.numbers("rules"), entry.tests()))
            entry.close()
        page_id = file.name.removesuffix(".toml")
        pages[page_id] = Page(
            page_id=page_id,
            version=table.version(),
            source=table.text("source"),
            title=table.text("title"),
            lead=table.text("lead"),
            sections=tuple(sections),
            sources=table.texts_or_none("sources"),
        )
        table.close()
    return MappingProxyType(pages)
