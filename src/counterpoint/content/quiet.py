"""The quiet check: a few questions of our own about being safe, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from counterpoint.content.pages import Section
from counterpoint.content.tables import ContentTable
from counterpoint.domain.quiet import Lead
from counterpoint.errors import ContentError

NOTHING = "none"
"""What is said when no answer leads anywhere, or everything was left out."""


@dataclass(frozen=True, slots=True)
class QuietItem:
    """One question, answered with yes, no or not at all; `leads_to` is where a yes leads."""

    item_id: str
    version: int
    source: str
    text: str
    leads_to: Lead


@dataclass(frozen=True, slots=True)
class QuietCheck:
    """The quiet check.

    Parameters
    ----------
    title
        Its name, which tells no topic.
    offer, offer_hint
        The one line it is offered with, the same for everybody.
    question, before, alone, another_time
        The first page: whether one is alone, what to know before, and the two ways on.
    intro, period, yes, no, unsaid, done, leave_all
        The page with the questions.
    items
        In the order they are asked.
    after
        What is said afterwards, by lead; under `NOTHING` what is said when there is none.
    note
        For authors.
    """

    id: str
    version: int
    source: str
    title: str
    offer: str
    offer_hint: str
    question: str
    before: tuple[str, ...]
    alone: str
    another_time: str
    intro: tuple[str, ...]
    period: str
    yes: str
    no: str
    unsaid: str
    done: str
    leave_all: str
    items: tuple[QuietItem, ...]
    after: Mapping[str, Section]
    note: str


def read_quiet(table: ContentTable) -> QuietCheck:
    """Return the quiet check of one language.

    Raises
    ------
    ContentError
        When the file breaks the schema, an item is there twice, or a lead has no words.
    """
    check = QuietCheck(
        id=table.text("id"),
        version=table.version(),
        source=table.text("source"),
        title=table.text("title"),
        offer=table.text("offer"),
        offer_hint=table.text("offer_hint"),
        question=table.text("question"),
        before=table.texts("before"),
        alone=table.text("alone"),
        another_time=table.text("another_time"),
        intro=table.texts("intro"),
        period=table.text("period"),
        yes=table.text("yes"),
        no=table.text("no"),
        unsaid=table.text("unsaid"),
        done=table.text("done"),
        leave_all=table.text("leave_all"),
        items=tuple(_item(entry) for entry in table.tables("items")),
        after=MappingProxyType(dict(_after(entry) for entry in table.tables("after"))),
        note=table.text("note"),
    )
    ids = [item.item_id for item in check.items]
    if len(set(ids)) != len(ids):
        raise ContentError(f"{table.where}: an item is there twice")
    if set(check.after) != {NOTHING, *(lead.value for lead in Lead)}:
        raise ContentError(f"{table.where}: after needs one entry for each lead and for none")
    if {item.leads_to for item in check.items} != set(Lead):
        raise ContentError(f"{table.where}: every lead needs an item that leads to it")
    table.close()
    return check


def _item(entry: ContentTable) -> QuietItem:
    item = QuietItem(
        item_id=entry.text("item_id"),
        version=entry.version(),
        source=entry.text("source"),
        text=entry.text("text"),
        leads_to=entry.word("leads_to", Lead),
    )
    entry.close()
    return item


def _after(entry: ContentTable) -> tuple[str, Section]:
    lead = entry.text("lead")
    section = Section(heading=entry.text("heading"), paragraphs=entry.texts("paragraphs"))
    entry.close()
    return lead, section
