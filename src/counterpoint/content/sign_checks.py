"""The rules the pages of the signs and the reflections must keep."""

from __future__ import annotations

from collections.abc import Iterator

from counterpoint.content.lexicon import ToldWords
from counterpoint.content.schema import Content

REFLECTIONS = ("learned", "choosing", "calm")
"""Where I learned this, how I choose, and calm without depth."""

SKILLS_OF_A_SIGN = 2
"""A sign is answered by two skills: which of them helps is our reading, so there is a choice."""


def sign_pages_broken(content: Content, words: ToldWords) -> Iterator[str]:
    """Yield what is wrong with the pages of the signs, one sentence a problem."""
    for sign, page in content.sign_pages.items():
        where = f"sign_pages.{sign.value}"
        if not page.days_from:
            yield f"{where}: what the days show has something that carries it"
        if bool(page.moves) != bool(page.moves_from):
            yield f"{where}: how the days move needs both its words and what carries it"
        offered = [one.skill for one in page.skills]
        if len(offered) != SKILLS_OF_A_SIGN or len(set(offered)) != SKILLS_OF_A_SIGN:
            yield f"{where}: offers two skills, each with a reason"
    kind = [page.kindly for page in content.sign_pages.values()]
    if len(set(kind)) != len(kind):
        yield "sign_pages: each sign is told kindly in words of its own"
    if tuple(content.reflections) != REFLECTIONS:
        yield f"reflections: are {', '.join(REFLECTIONS)}, in this order"
    for reflection_id, reflection in content.reflections.items():
        if words.stop not in reflection.stop_rule.lower():
            yield f"reflections.{reflection_id}: the stop rule says that one can stop"
        if bool(reflection.parts) != (reflection_id == "calm"):
            yield f"reflections.{reflection_id}: parts stand beside calm, and beside nothing else"
