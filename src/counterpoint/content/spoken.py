"""Everything a person may read, text by text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from counterpoint.content.schema import Content

GROUPED = ("exercises", "guide", "pages", "reflections", "sign_pages")
"""Kinds whose texts are judged one by one for ease of reading, not all of the kind together."""

_PARTS = {
    "styles": ("title", "meaning", "protects", "costs", "caution"),
    "signs": ("title", "meaning", "protects", "opposite"),
    "skills": ("title", "meaning", "why"),
    "costs": ("title", "meaning", "both_ways"),
    "loops": ("title", "meaning", "read_from", "question"),
}


_QUIET_PARTS = (
    "title", "offer", "offer_hint", "question", "alone", "another_time",
    "period", "yes", "no", "unsaid", "done", "leave_all",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpokenText:
    """One text a person may read, with the id a message names it by."""

    text_id: str
    text: str

    @property
    def group(self) -> str:
        """The texts it is judged together with for ease of reading."""
        parts = self.text_id.split(".")
        return ".".join(parts[:2]) if parts[0] in GROUPED else parts[0]


def texts_in(content: Content) -> Iterator[SpokenText]:
    """Yield every text a person may read; sources, notes and rationales are for authors."""
    for kind, parts in _PARTS.items():
        for word, told in getattr(content, kind).items():
            for part in parts:
                yield SpokenText(f"{kind}.{word.value}.{part}", getattr(told, part))
    yield from _sign_pages(content)
    yield from _questions(content)
    yield from _quiet_words(content)
    yield from _needs(content)
    yield from _exercises(content)
    for page_id, page in content.pages.items():
        yield SpokenText(f"pages.{page_id}.title", page.title)
        yield SpokenText(f"pages.{page_id}.lead", page.lead)
        for number, section in enumerate(page.sections, 1):
            text = " ".join((f"{section.heading}.", *section.paragraphs))
            yield SpokenText(f"pages.{page_id}.sections.{number}", text)
    for guide in dict.fromkeys(content.guide.values()):
        for number, paragraph in enumerate(guide.paragraphs, 1):
            yield SpokenText(f"guide.{guide.guide_id}.{number}", paragraph)
    for phrase_id, phrase in content.phrases.items():
        plural = re.sub(r"\{[^}]*\|([^}]*)\}", r"\1", phrase.text)
        yield SpokenText(f"phrases.{phrase_id}", re.sub(r"\{[^}]*\}", "5", plural))


def _sign_pages(content: Content) -> Iterator[SpokenText]:
    for sign, page in content.sign_pages.items():
        where = f"sign_pages.{sign.value}"
        for part in ("evening", "kindly", "learned", "good_day", "days", "moves"):
            if getattr(page, part):
                yield SpokenText(f"{where}.{part}", getattr(page, part))
        for help_ in page.skills:
            yield SpokenText(f"{where}.{help_.skill.value}", help_.why)
    for reflection_id, reflection in content.reflections.items():
        where = f"reflections.{reflection_id}"
        for part in ("title", "lead", "stop_rule"):
            yield SpokenText(f"{where}.{part}", getattr(reflection, part))
        for number, prompt in enumerate(reflection.prompts, 1):
            yield SpokenText(f"{where}.prompts.{number}", prompt)
        for number, one in enumerate(reflection.parts, 1):
            yield SpokenText(f"{where}.parts.{number}", f"{one.title}. {one.text}")


def _exercises(content: Content) -> Iterator[SpokenText]:
    for exercise_id, exercise in content.exercises.items():
        yield SpokenText(f"exercises.{exercise_id}.title", exercise.title)
        yield SpokenText(f"exercises.{exercise_id}.lead", exercise.lead)
        for number, step in enumerate(exercise.steps, 1):
            yield SpokenText(f"exercises.{exercise_id}.steps.{number}", step.text)
            if step.write:
                yield SpokenText(f"exercises.{exercise_id}.steps.{number}.write", step.write)
        yield SpokenText(f"exercises.{exercise_id}.not_when", exercise.not_when)
        yield SpokenText(f"exercises.{exercise_id}.stop_rule", exercise.stop_rule)
        if exercise.alone:
            yield SpokenText(f"exercises.{exercise_id}.alone", exercise.alone)


def _questions(content: Content) -> Iterator[SpokenText]:
    questionnaire = content.questionnaire
    for part in ("title", "intro", "recall_period"):
        yield SpokenText(f"questionnaire.{part}", getattr(questionnaire, part))
    for option in questionnaire.response_options:
        yield SpokenText(f"questionnaire.options.{option.value}", option.label)
    for question in questionnaire.items:
        yield SpokenText(f"questionnaire.items.{question.item_id}", question.text)
    for item in content.checkin.items.values():
        for part in ("prompt", "low", "middle", "high", "not_applicable", "extra_tick", "link"):
            if getattr(item, part):
                yield SpokenText(f"checkin.{item.item_id}.{part}", getattr(item, part))
        for choice in item.options:
            yield SpokenText(f"checkin.{item.item_id}.{choice.value}", choice.label)
    yield from _week(content)


def _week(content: Content) -> Iterator[SpokenText]:
    look = content.sunday
    for item in look.items.values():
        for part in ("prompt", "low", "high", "line"):
            if getattr(item, part):
                yield SpokenText(f"sunday.{item.item_id}.{part}", getattr(item, part))
    for option in look.often:
        yield SpokenText(f"sunday.often.{option.value}", option.label)
    for own in look.own.values():
        for part in ("title", "day", "week", "low", "high"):
            yield SpokenText(f"sunday.{own.item_id}.{part}", getattr(own, part))
    for other in look.others.values():
        for part in ("title", "about", "terms"):
            yield SpokenText(f"sunday.{other.instrument_id}.{part}", getattr(other, part))


def _needs(content: Content) -> Iterator[SpokenText]:
    builder = content.needs
    for part in ("title", "lead", "safe", "kept", "nothing_marked"):
        yield SpokenText(f"needs.{part}", getattr(builder, part))
    for part_id, one in builder.parts.items():
        for part in ("opening", "opening_alone", "title", "hint", "example"):
            if getattr(one, part):
                yield SpokenText(f"needs.{part_id}.{part}", getattr(one, part))
    for word_id, word in builder.words.items():
        yield SpokenText(f"needs.words.{word_id}", word.hint.replace("{word}", "this"))
    for name in ("feelings", "needs"):
        for group in getattr(builder, name):
            words = ", ".join((group.group, *group.words))
            yield SpokenText(f"needs.{name}.{group.group}", f"{words}.")


def _quiet_words(content: Content) -> Iterator[SpokenText]:
    check = content.quiet
    for part in _QUIET_PARTS:
        yield SpokenText(f"quiet.{part}", getattr(check, part))
    for part in ("before", "intro"):
        for number, text in enumerate(getattr(check, part), 1):
            yield SpokenText(f"quiet.{part}.{number}", text)
    for item in check.items:
        yield SpokenText(f"quiet.items.{item.item_id}", item.text)
    for lead, section in check.after.items():
        for number, text in enumerate((f"{section.heading}.", *section.paragraphs)):
            yield SpokenText(f"quiet.after.{lead}.{number}", text)
