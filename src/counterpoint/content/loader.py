"""Reading the content files of a language into `Content`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from counterpoint.content.exercises import read_exercises
from counterpoint.content.guide import read_guide
from counterpoint.content.needs import read_needs
from counterpoint.content.pages import read_pages
from counterpoint.content.phrases import Phrase
from counterpoint.content.plan import read_plan
from counterpoint.content.quiet import read_quiet
from counterpoint.content.schema import (
    Checkin,
    CheckinItem,
    Choice,
    Content,
    CostText,
    HelpEntry,
    LoopText,
    Questionnaire,
    QuestionnaireItem,
    ResponseOption,
    SignText,
    SkillText,
    StyleText,
)
from counterpoint.content.sign_pages import read_reflections, read_sign_page
from counterpoint.content.sources import read_sources
from counterpoint.content.sunday import read_sunday
from counterpoint.content.tables import ContentTable, parse_table, refuse_repeats
from counterpoint.content.translation import DECIMAL_MARKS, SOURCE_LANGUAGE, ContentFiles
from counterpoint.domain.couplings import Cost
from counterpoint.domain.loops import Loop
from counterpoint.domain.plane import Axis
from counterpoint.domain.signs import Sign
from counterpoint.domain.skills import Skill
from counterpoint.domain.styles import Style
from counterpoint.errors import ContentError

LANGUAGES: tuple[str, ...] = ("en", "de", "es")
"""Languages there are content files for; the first holds the structure of all."""

PHRASE_FILES = (
    "phrases.toml",
    "safety.toml",
    "two.toml",
    "evidence.toml",
    "practising.toml",
    "letter.toml",
    "lab.toml",
    "music.toml",
    "pictures.toml",
)
"""Files that hold nothing but phrases."""

_KINDS = ("scale", "choice", "many", "line")

Word = TypeVar("Word", bound=StrEnum)
Text = TypeVar("Text")


@cache
def load_content(language: str = "en") -> Content:
    """Return everything Counterpoint says in one language.

    Parameters
    ----------
    language
        One of `LANGUAGES`.

    Returns
    -------
    Content
        Read once, then cached; every part is read-only.

    Raises
    ------
    ContentError
        When the language is unknown, or a file breaks the schema; the message names file, table
        and key.
    """
    if language not in LANGUAGES:
        raise ContentError(f"there is no content in {language!r}; there is {', '.join(LANGUAGES)}")
    read = ContentFiles(language)
    about = read.table("content.toml")
    version, learn = about.text("version"), about.texts("learn")
    about.close()
    return Content(
        language=language,
        version=version,
        learn=learn,
        styles=_by_word(read.table("styles.toml"), Style, _style),
        signs=_by_word(read.table("signs.toml"), Sign, _sign),
        sign_pages=_by_word(read.table("sign_pages.toml"), Sign, read_sign_page),
        reflections=read_reflections(read.table("reflections.toml")),
        skills=_by_word(read.table("skills.toml"), Skill, _skill),
        costs=_by_word(read.table("costs.toml"), Cost, _cost),
        loops=_by_word(read.table("loops.toml"), Loop, _loop),
        questionnaire=_questionnaire(read.table("questionnaire.toml")),
        checkin=_checkin(read.table("checkin.toml")),
        sunday=read_sunday(read.table("sunday.toml")),
        quiet=read_quiet(read.table("quiet.toml")),
        plan=read_plan(read.table("plan.toml")),
        needs=read_needs(read.table("needs.toml")),
        exercises=read_exercises(_folder(read, "skills", "/exercise.toml")),
        help=_help(read.table("help.toml")),
        pages=read_pages(_folder(read, "pages", "")),
        guide=read_guide(read.table("guide.toml")),
        sources=read_sources(read.table("sources.toml")),
        phrases=_phrases([read.table(name) for name in PHRASE_FILES], DECIMAL_MARKS[language]),
    )


def content_paths() -> list[str]:
    """Return the paths of all content files that a translation may lay words over."""
    read = ContentFiles(SOURCE_LANGUAGE)
    inside = {"skills": "/exercise.toml", "pages": ""}
    own = {"lexicon.toml", "content.toml"}  # no words for people
    alone = [name for name in read.names("") if name.endswith(".toml") and name not in own]
    return alone + [f"{folder}/{name}{end}" for folder, end in inside.items()
                    for name in read.names(folder)]  # fmt: skip


def read_help(text: str, *, source: str) -> tuple[HelpEntry, ...]:
    """Return the entries of a help directory.

    Parameters
    ----------
    text
        TOML with one ``[[entries]]`` table an entry: the shipped directory, or an operator's own.
    source
        Name of the file, for messages.

    Returns
    -------
    tuple of HelpEntry
        Verified or not; `HelpEntry.is_shown` decides.

    Raises
    ------
    ContentError
        When the text breaks the schema, or an entry is marked as verified but cannot be reached.
    """
    return _help(parse_table(text, source))


def _folder(read: ContentFiles, folder: str, inside: str) -> dict[str, ContentTable]:
    """Return every table of a folder by the name of what holds it."""
    return {
        name.removesuffix(".toml"): read.table(f"{folder}/{name}{inside}")
        for name in read.names(folder)
    }


def _help(table: ContentTable) -> tuple[HelpEntry, ...]:
    entries = tuple(_help_entry(entry) for entry in table.tables("entries"))
    table.close()
    refuse_repeats(table.where, [entry.entry_id for entry in entries])
    return entries


def _by_word(
    table: ContentTable, words: type[Word], read: Callable[[Word, ContentTable], Text]
) -> Mapping[Word, Text]:
    """Read one table for every word of an enum: none missing, none unknown."""
    texts: dict[Word, Text] = {}
    for name, entry in table.named_tables():
        if name not in {word.value for word in words}:
            raise ContentError(f"{table.where}: {name!r} is no {words.__name__}")
        texts[words(name)] = read(words(name), entry)
        entry.close()
    missing = [word.value for word in words if word not in texts]
    if missing:
        raise ContentError(f"{table.where}: {', '.join(missing)} has no text")
    return MappingProxyType({word: texts[word] for word in words})


def _style(style: Style, entry: ContentTable) -> StyleText:
    return StyleText(
        style=style,
        version=entry.version(),
        source=entry.text("source"),
        title=entry.text("title"),
        meaning=entry.text("meaning"),
        protects=entry.text("protects"),
        costs=entry.text("costs"),
        caution=entry.text("caution"),
    )


def _sign(sign: Sign, entry: ContentTable) -> SignText:
    return SignText(
        sign=sign,
        version=entry.version(),
        source=entry.text("source"),
        title=entry.text("title"),
        meaning=entry.text("meaning"),
        protects=entry.text("protects"),
        opposite=entry.text("opposite"),
        safety_line=entry.flag("safety_line", default=False),
    )


def _skill(skill: Skill, entry: ContentTable) -> SkillText:
    return SkillText(
        skill=skill,
        version=entry.version(),
        source=entry.text("source"),
        title=entry.text("title"),
        meaning=entry.text("meaning"),
        why=entry.text("why"),
    )


def _cost(cost: Cost, entry: ContentTable) -> CostText:
    return CostText(
        cost=cost,
        version=entry.version(),
        source=entry.text("source"),
        title=entry.text("title"),
        meaning=entry.text("meaning"),
        both_ways=entry.text("both_ways"),
    )


def _loop(loop: Loop, entry: ContentTable) -> LoopText:
    return LoopText(
        loop=loop,
        version=entry.version(),
        source=entry.text("source"),
        title=entry.text("title"),
        meaning=entry.text("meaning"),
        read_from=entry.text("read_from"),
        question=entry.text("question"),
    )


def _questionnaire(table: ContentTable) -> Questionnaire:
    options = []
    for entry in table.tables("response_options"):
        options.append(ResponseOption(value=entry.number("value"), label=entry.text("label")))
        entry.close()
    items = []
    for entry in table.tables("items"):
        items.append(
            QuestionnaireItem(
                item_id=entry.text("item_id"),
                version=entry.version(),
                source=entry.text("source"),
                sign=entry.word("sign", Sign),
                sitting=entry.number("sitting"),
                text=entry.text("text"),
                reverse_keyed=entry.flag("reverse_keyed"),
            )
        )
        entry.close()
    refuse_repeats(table.where, [item.item_id for item in items])
    questionnaire = Questionnaire(
        id=table.text("id"),
        version=table.version(),
        source=table.text("source"),
        title=table.text("title"),
        intro=table.text("intro"),
        recall_period=table.text("recall_period"),
        note=table.text("note"),
        response_options=tuple(options),
        items=tuple(items),
    )
    table.close()
    return questionnaire


def _checkin(table: ContentTable) -> Checkin:
    items = [_checkin_item(entry) for entry in table.tables("items")]
    refuse_repeats(table.where, [item.item_id for item in items])
    checkin = Checkin(
        id=table.text("id"),
        version=table.version(),
        source=table.text("source"),
        items=MappingProxyType({item.item_id: item for item in items}),
    )
    table.close()
    return checkin


def _checkin_item(entry: ContentTable) -> CheckinItem:
    options = []
    for option in entry.tables("options"):
        options.append(Choice(value=option.text("value"), label=option.text("label")))
        option.close()
    kind = entry.text("kind")
    if kind not in _KINDS:
        raise ContentError(f"{entry.where}: kind {kind!r} is none of {', '.join(_KINDS)}")
    if (kind in ("choice", "many")) != bool(options):
        raise ContentError(f"{entry.where}: a {kind} item and its options do not go together")
    item = CheckinItem(
        item_id=entry.text("item_id"),
        version=entry.version(),
        source=entry.text("source"),
        screen=entry.number("screen"),
        kind=kind,
        prompt=entry.text("prompt"),
        low=entry.text("low") if kind == "scale" else "",
        middle=entry.text_or_empty("middle"),
        high=entry.text("high") if kind == "scale" else "",
        options=tuple(options),
        state=entry.word_or_none("state", Axis),
        marker=entry.flag("marker", default=False),
        coin=entry.text_or_empty("coin"),
        not_applicable=entry.text_or_empty("not_applicable"),
        extra_tick=entry.text_or_empty("extra_tick"),
        only_after_friction=entry.flag("only_after_friction", default=False),
        link=entry.text_or_empty("link"),
        link_page=entry.text_or_empty("link_page"),
    )
    entry.close()
    return item


def _help_entry(entry: ContentTable) -> HelpEntry:
    found = HelpEntry(
        entry_id=entry.text("entry_id"),
        country=entry.text("country"),
        kind=entry.text("kind"),
        language=entry.text("language"),
        name=entry.text("name"),
        contact=entry.text_or_empty("contact"),
        source_url=entry.text("source_url"),
        last_verified=entry.day_or_none("last_verified"),
    )
    if found.last_verified is not None and not found.contact:
        raise ContentError(f"{entry.where}: a verified entry needs a contact")
    entry.close()
    return found


def _phrases(tables: list[ContentTable], decimal: str) -> Mapping[str, Phrase]:
    phrases: dict[str, Phrase] = {}
    for table in tables:
        for phrase_id, entry in table.named_tables():
            if phrase_id in phrases:
                raise ContentError(f"{table.where}: {phrase_id} is there twice")
            phrases[phrase_id] = Phrase(
                phrase_id=phrase_id,
                version=entry.version(),
                source=entry.text("source"),
                text=entry.text("text"),
                decimal=decimal,
            )
            entry.close()
    return MappingProxyType(phrases)
