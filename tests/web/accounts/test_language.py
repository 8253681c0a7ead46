"""The language pages are written in: chosen by anyone, kept with whoever is signed in."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from counterpoint.web.accounts.models import User
from factories import browser_of

CHOOSE = "/account/language/"


def lang_of(client: Client, path: str = "/", **headers: str) -> str:
    body = client.get(path, headers=headers).content.decode()
    return body.split('<html lang="', 1)[1].split('"', 1)[0]


@pytest.mark.django_db
def test_the_browser_is_asked_until_somebody_chooses() -> None:
    client = Client()
    assert lang_of(client) == "en"
    assert lang_of(client, **{"accept-language": "de-AT,de;q=0.9"}) == "de"
    assert lang_of(client, **{"accept-language": "fr"}) == "en"
    answer = client.post(CHOOSE, {"language": "es", "back": "/info/limits/"})
    assert (answer.status_code, answer["Location"]) == (302, "/info/limits/")
    assert lang_of(client, **{"accept-language": "de"}) == "es"
    cookie = client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["expires"]) == (True, "Lax", "")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "", "en; drop", "../de"])
def test_a_language_that_is_not_there_changes_nothing(language: str) -> None:
    client = Client()
    answer = client.post(CHOOSE, {"language": language, "back": "https://elsewhere.example/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert lang_of(client) == "en"


def test_what_a_person_chose_holds_on_every_device(owner: User) -> None:
    here, there = browser_of(owner), browser_of(owner)
    here.post(CHOOSE, {"language": "de"})
    assert User.objects.get(pk=owner.pk).language == "de"
    assert lang_of(there, "/account/", **{"accept-language": "es"}) == "de"
    assert there.get("/account/")["Content-Language"] == "de"


def test_nobody_elses_pages_change(owner: User, partner: User) -> None:
    mine, theirs = browser_of(owner), browser_of(partner)
    mine.post(CHOOSE, {"language": "es"})
    assert (lang_of(mine, "/account/"), lang_of(theirs, "/account/")) == ("es", "en")


@pytest.mark.django_db
def test_who_signs_up_in_a_language_keeps_it() -> None:
    client = Client()
    client.post(CHOOSE, {"language": "de"})
    form = {"email": "neu@example.org", "password1": "ein-langes-Wort-77", "zone": "Europe/Berlin"}
    assert client.post("/account/sign-up/", form).status_code == 302
    assert User.objects.get(email="neu@example.org").language == "de"


def test_it_goes_with_the_export(owner: User) -> None:
    from counterpoint.web.accounts.ownership import export_account

    owner.language = "es"
    (row,) = export_account(owner)["account"]
    assert row["language"] == "es"
