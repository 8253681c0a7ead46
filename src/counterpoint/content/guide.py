"""What each page is for, in a few sentences that stand at its foot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from counterpoint.content.tables import ContentTable
from counterpoint.errors import ContentError


@dataclass(frozen=True, slots=True)
class PageGuide:
    """What is said about one page, or about a few that belong together.

    Parameters
    ----------
    guide_id
        Stable id.
    version
        Counts up when the wording changes.
    source
        Where the sentences come from.
    views
        Names of the routes it stands on.
    paragraphs
        What the page is, what one can do there, what it cannot say.
    """

    guide_id: str
    version: int
    source: str
    views: tuple[str, ...]
    paragraphs: tuple[str, ...]


def read_guide(table: ContentTable) -> Mapping[str, PageGuide]:
    """Return the guides of a file, by the route they stand on.

    Raises
    ------
    ContentError
        When the file breaks the schema, or two guides stand on one route.
    """
    guides: dict[str, PageGuide] = {}
    for guide_id, entry in table.named_tables():
        guide = PageGuide(
            guide_id=guide_id,
            version=entry.version(),
            source=entry.text("source"),
            views=entry.texts("views"),
            paragraphs=entry.texts("paragraphs"),
        )
        entry.close()
        for view in guide.views:
            if view in guides:
                raise ContentError(f"{table.where}: two guides stand on {view}")
            guides[view] = guide
    return MappingProxyType(guides)
