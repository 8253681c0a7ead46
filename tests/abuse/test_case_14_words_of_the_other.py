"""Nothing here labels a person by their words: yours are kept as you wrote them, and only yours.

Case 14: a partner pastes your message into the site to have you labelled. There is no reader of
texts yet; whoever adds one, or another place for free text, has to come past these tests.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django import forms
from django.db import transaction

import counterpoint.web
from checkins import today_of, write, write_more
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment.reflections import keep_reflection
from counterpoint.web.assessment.services import draw_order as draw_questions
from counterpoint.web.core import clock
from counterpoint.web.couples import services as couples
from counterpoint.web.couples.kinds import CardKind
from counterpoint.web.diary.look_services import LookAnswers, seed_past_look
from counterpoint.web.diary.own import Rhythm
from counterpoint.web.diary.own_services import add_question
from counterpoint.web.diary.services import draw_order as draw_items
from counterpoint.web.practice.readings import FIELDS
from counterpoint.web.safety.forms import QuietForm
from pairs import OCTOBER, join
from web.worlds import Got, all_got, all_paths

PASTED = "You always cling to me and I feel trapped. I need space. You never say what you want."
PLAIN = "We bought oats and two lamps. The train was late, so we walked along the canal, slowly."
A_SUNDAY = date(2026, 9, 27)
ROOM_FOR_WORDS = 100
ROW_ID = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OWN_WORDS = {
    "CardForm.text",  # the Sunday table: a thanks or a wish, shown as it was written
    "ScreenTwoForm.line",  # one's own line for the day
    "EveningForm.line",  # the same line, put away on a device without a connection
    "LookForm.h1_line",  # a line on a half of the question, for oneself
    "LookForm.h2_line",
    "LookForm.moment",  # a moment to keep, for oneself
    "OwnQuestionForm.words",  # a question of one's own, asked as it was written
    "ReflectionForm.words",  # looking back, for oneself
    *(f"DeskForm.{name}" for name in FIELDS),
    # ^ the writing desk: says which words of a sheet blame or erase, and nothing of a person
}
"""Fields of forms in which somebody can write more than a name or a code."""

NEVER_KEPT = {
    "AddAppForm.code", "AddKeyForm.name", "CodeForm.code", "DeleteForm.words",
    *(f"QuietForm.{name}" for name in QuietForm().fields),
    "BoxForm.public", "BoxForm.sealed",
}  # fmt: skip
"""Fields without a stated limit that are compared, or taken off the form, and never kept. What is
in a box goes through `EveningForm`."""

SCRIPTS_TELL = {"arrive": "evenings.py", "add": "devices.py", "renew": "devices.py"}
"""Views that scripts send to: a closed box, and where a device is reached. Both go through forms
or parsers that no words pass."""


class NotKept(Exception):  # noqa: N818 - it undoes a world and says so
    """Nothing of a world is kept."""


def all_forms() -> Iterator[type[forms.BaseForm]]:
    """Yield every form this site defines."""
    for found in pkgutil.walk_packages(counterpoint.web.__path__, "counterpoint.web."):
        if "form" not in found.name.removeprefix("counterpoint.web."):
            continue
        module = importlib.import_module(found.name)
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, forms.BaseForm):
                yield one


def fields_of(form: type[forms.BaseForm]) -> dict[str, forms.Field]:
    """Return the fields of a form, those it adds when it is made included where it can be."""
    try:
        return form().fields
    except (TypeError, KeyError, AttributeError):  # it is made for somebody or something
        return dict(getattr(form, "base_fields", {}))


def takes_words(field: forms.Field) -> bool:
    """Whether somebody else's message would fit into a field."""
    if not isinstance(field, forms.CharField) or isinstance(
        field, forms.EmailField | forms.UUIDField
    ):
        return False
    hidden = isinstance(field.widget, forms.PasswordInput | forms.HiddenInput)
    return not hidden and (field.max_length is None or field.max_length >= ROOM_FOR_WORDS)


def test_free_text_is_taken_in_named_places_only() -> None:
    """A new one fails here until it is named, with what becomes of the words."""
    found = {
        f"{form.__name__}.{name}"
        for form in all_forms()
        if form.__module__.startswith("counterpoint.")
        for name, field in fields_of(form).items()
        if takes_words(field)
    }
    assert found == OWN_WORDS | NEVER_KEPT


def test_no_view_takes_words_past_a_form() -> None:
    """Views read what was sent through forms; by name they read only what no words fit into."""
    taken, told = set(), {}
    for path in sorted(Path(counterpoint.web.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in {"body", "FILES"}
                and isinstance(node.value, ast.Name)
                and node.value.id == "request"
            ):
                taken.add(f"{path.name}: request.{node.attr}")
            if isinstance(node, ast.FunctionDef) and "read_told(" in ast.unparse(node.body):
                told[node.name] = path.name
    assert taken == {"device.py: request.body"}
    assert told == SCRIPTS_TELL


def test_no_part_of_the_site_reads_texts_for_marks() -> None:
    """The offline reader of texts may not be reached from the site without its own case."""
    reaching = [
        str(path)
        for path in Path(counterpoint.web.__path__[0]).rglob("*.py")
        if "counterpoint.reader" in path.read_text(encoding="utf-8")
    ]
    assert reaching == []


def bare(body: bytes, words: str) -> bytes:
    """Return a page without the words and without the chance ids of rows."""
    return ROW_ID.sub(b"-", body.replace(words.encode(), b"-"))


def pages_after(owner: User, words: str, day: date) -> list[Got]:
    """Return all the owner gets after writing some words wherever that is possible; undo it."""
    found: list[Got] = []
    try:
        with transaction.atomic():
            write_more(owner, day, w=3, line=words)
            couples.lay_card(owner, CardKind.WISH, words)
            keep_reflection(owner, "choosing", words)
            add_question(owner, Rhythm.WEEK, words=words, key=uuid.uuid4())
            owner.simulated = True  # in memory: the past of real people is never filled in
            seed_past_look(owner, A_SUNDAY, LookAnswers({}, {}, {"moment": words}), clock.now())
            paths = all_paths(day, owner.pk)
            found = [
                Got(each.route, each.status, each.headers, bare(each.body, words))
                for each in all_got(owner, paths)
            ]
            raise NotKept
    except NotKept:
        return found


@pytest.mark.parametrize("words", [PASTED, "You are codependent. You are the independent one."])
def test_what_was_written_changes_nothing_but_the_words_themselves(
    words: str, owner: User, partner: User
) -> None:
    """A message of the other, pasted anywhere, brings back no word about them or about oneself."""
    with time_machine.travel(OCTOBER, tick=False):
        join(owner, partner)
        draw_questions(owner)
        draw_items(owner)
        day = today_of(owner)
        write(owner, day, c1=5, s1=5)
        write_more(owner, day, line="the first words, so that there is a key")
        pasted, plain = pages_after(owner, words, day), pages_after(owner, PLAIN, day)
    assert sum(each.status == 200 for each in pasted) > 20
    assert any(b">-<" in each.body for each in pasted), "the words are shown to who wrote them"
    lengthless = [(e.route, e.status, e.body) for e in pasted]
    assert lengthless == [(e.route, e.status, e.body) for e in plain]
