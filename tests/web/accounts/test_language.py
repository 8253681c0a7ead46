"""The language pages are written in: chosen by anyone, kept with whoever is signed in."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import translation

from checkins import today_of, write, write_more
from counterpoint.content import LANGUAGES, load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment.portability import export_assessment
from counterpoint.web.assessment.services import answer_item
from counterpoint.web.core.language import current_content
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.views.sharing import text_version
from counterpoint.web.jobs.worker import run_next
from counterpoint.web.practice.services import start_run
from factories import browser_of

CHOOSE = "/account/language/"


@pytest.fixture
def english() -> Iterator[None]:
    """English in force before and after: who is not signed in leaves a language in force."""
    with translation.override("en"):
        yield


def lang_of(client: Client, path: str = "/", **headers: str) -> str:
    body = client.get(path, headers=headers).content.decode()
    return body.split('<html lang="', 1)[1].split('"', 1)[0]


@pytest.mark.django_db
def test_the_browser_is_asked_until_somebody_chooses(english: None) -> None:
    client = Client()
    assert lang_of(client) == "en"
    assert lang_of(client, **{"accept-language": "de-AT,de;q=0.9"}) == "de"
    assert lang_of(client, **{"accept-language": "fr"}) == "en"
    answer = client.post(CHOOSE, {"language": "en", "back": "/info/limits/"})
    assert (answer.status_code, answer["Location"]) == (302, "/info/limits/")
    assert lang_of(client, **{"accept-language": "de"}) == "en"
    cookie = client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["expires"]) == (True, "Lax", "")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "", "en; drop", "../de"])
def test_a_language_that_is_not_there_changes_nothing(language: str) -> None:
    client = Client()
    answer = client.post(CHOOSE, {"language": language, "back": "https://elsewhere.example/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert lang_of(client) == "en"


def test_what_a_person_chose_holds_on_every_device(owner: User, english: None) -> None:
    here, there = browser_of(owner), browser_of(owner)
    here.post(CHOOSE, {"language": "de"})
    assert User.objects.get(pk=owner.pk).language == "de"
    assert lang_of(there, "/account/", **{"accept-language": "en"}) == "de"
    assert there.get("/account/")["Content-Language"] == "de"


def test_an_answer_leaves_no_language_behind(owner: User, english: None) -> None:
    browser_of(owner).post(CHOOSE, {"language": "de"})
    with translation.override("en"):
        assert lang_of(browser_of(owner), "/account/") == "de"
        assert translation.get_language() == "en"


def test_nobody_elses_pages_change(owner: User, partner: User, english: None) -> None:
    mine, theirs = browser_of(owner), browser_of(partner)
    mine.post(CHOOSE, {"language": "de"})
    assert (lang_of(mine, "/account/"), lang_of(theirs, "/account/")) == ("de", "en")


@pytest.mark.django_db
def test_who_signs_up_in_a_language_keeps_it(english: None) -> None:
    client = Client()
    client.post(CHOOSE, {"language": "de"})
    form = {"email": "neu@example.org", "password1": "ein-langes-Wort-77", "zone": "Europe/Berlin"}
    assert client.post("/account/sign-up/", form).status_code == 302
    assert User.objects.get(email="neu@example.org").language == "de"


def test_it_goes_with_the_export(owner: User) -> None:
    from counterpoint.web.accounts.ownership import export_account

    owner.language = "de"
    (row,) = export_account(owner)["account"]
    assert row["language"] == "de"


@pytest.mark.django_db
def test_each_language_is_named_in_its_own_words_on_every_page(english: None) -> None:
    for language in LANGUAGES:
        client = Client()
        client.post(CHOOSE, {"language": language})
        body = client.get("/info/limits/").content.decode()
        names = re.findall(r'name="language" value="\w\w"[^>]*>(\w+)</button>', body)
        assert names == ["English", "Deutsch", "Español"]


@pytest.mark.django_db
def test_nothing_is_offered_where_there_is_nothing_to_choose(settings: Any) -> None:
    settings.LANGUAGES = [("en", "English")]
    assert CHOOSE not in Client().get("/info/limits/").content.decode()


def test_the_site_offers_what_there_are_texts_in() -> None:
    assert tuple(dict(settings.LANGUAGES)) == LANGUAGES


def test_a_letter_is_in_the_language_of_whom_it_is_for(owner: User, english: None) -> None:
    browser_of(owner).post(CHOOSE, {"language": "de"})
    Client().post("/account/password/new/", {"email": owner.email})
    while run_next():
        pass
    (said,) = (str(message.body) for message in mail.outbox)
    assert "Passwort" in said
    assert "new password" not in said


def test_what_was_read_is_kept_with_its_language(owner: User, english: None) -> None:
    day = today_of(owner)
    with translation.override("de"):
        row = write(owner, day, c1=4)
        answer = answer_item(owner, "losing_own_feelings_1", 2)
        run = start_run(owner, current_content().exercises["let_it_land"], key=uuid.uuid4())
        grant_text = text_version(Kind.PLACE)
    assert (row.language, answer.language, run.language) == ("de", "de", "de")
    assert grant_text.startswith("de-")
    write_more(owner, day, connection=5)
    row.refresh_from_db()
    assert (row.language, row.checkin_version) == ("en", load_content("en").checkin.version)
    (told,) = export_assessment(owner)["answers"]
    said = {one.item_id: one.text for one in load_content("de").questionnaire.items}
    assert (told["language"], told["text"]) == ("de", said["losing_own_feelings_1"])


def test_nobody_can_choose_from_elsewhere_for_who_is_signed_in(owner: User, english: None) -> None:
    browser = browser_of(owner, enforce_csrf_checks=True)
    assert browser.post(CHOOSE, {"language": "de"}).status_code == 403
    assert User.objects.get(pk=owner.pk).language == "en"
    page = browser.get("/account/").content.decode()
    switch = page.split('action="/account/language/"')[1]
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', switch)
    browser.post(CHOOSE, {"language": "de", "csrfmiddlewaretoken": token})
    assert User.objects.get(pk=owner.pk).language == "de"


@pytest.mark.django_db
def test_whoever_is_not_signed_in_chooses_without_a_token(english: None) -> None:
    answer = Client(enforce_csrf_checks=True).post(CHOOSE, {"language": "es"})
    assert (answer.status_code, set(answer.cookies)) == (302, {settings.LANGUAGE_COOKIE_NAME})
