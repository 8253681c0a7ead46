"""Marks and questions in another language: what is kept is the same, what is read is not."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.utils import translation

from counterpoint.content import load_content
from counterpoint.domain.plane import Place
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import queries
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.models import ItemAnswer

LABELS = {
    MarkKind.NOW: "picture.mark.mine.now",
    MarkKind.WISH: "picture.mark.mine.wish",
    MarkKind.PARTNER_GUESS: "picture.mark.mine.guess",
}


def test_a_mark_is_set_and_named(owner: User, reader: Client, language: str) -> None:
    first = {"de": "Marke 1 von 3", "es": "Marca 1 de 3"}
    assert first[language] in reader.get("/place/now/").content.decode()
    missing = reader.post("/place/now/", {"submission_key": str(uuid.uuid4()), "self_": "3"})
    error = {"de": "Bitte wähle, wie nah:", "es": "Elige cuánta cercanía:"}
    assert (missing.status_code, error[language] in missing.content.decode()) == (422, True)
    sent = {"submission_key": str(uuid.uuid4()), "connection": "7", "self_": "3"}
    assert reader.post("/place/now/", sent)["Location"] == "/place/wish/"
    assert queries.newest_marks(owner)[MarkKind.NOW].place == Place(70.0, 30.0)
    named = {"de": "Die letzten zwei Wochen", "es": "Las dos últimas semanas"}
    assert named[language] in reader.get("/place/").content.decode()


def test_an_answer_keeps_its_number_whatever_its_words(
    owner: User, reader: Client, language: str
) -> None:
    item = reader.get("/questions/", follow=True).context["first"]
    path = f"/questions/{item}/"
    refused = reader.post(path, {})
    error = {"de": "Bitte wähle eine Antwort", "es": "Elige una respuesta"}
    assert (refused.status_code, error[language] in refused.content.decode()) == (422, True)
    assert reader.post(path, {"value": "3"}).status_code == 302
    assert ItemAnswer.objects.get(owner=owner, item_id=item).value == 3
    button = {"de": "Speichern und weiter", "es": "Guardar y continuar"}
    assert button[language] in reader.get(path).content.decode()


@pytest.mark.parametrize("content_language", ["en", "de", "es"])
def test_a_mark_has_one_name_in_the_list_and_in_the_picture(content_language: str) -> None:
    said = load_content(content_language)
    with translation.override(content_language):
        named = {kind: str(kind.label) for kind in MarkKind}
    assert named == {kind: said.phrase(phrase) for kind, phrase in LABELS.items()}
