"""One's own account: its zone, and what needs the password again."""

from __future__ import annotations

from datetime import UTC, datetime

import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.rules import is_zone, zone_of, zones
from factories import browser_of
from people import PASSWORD


def test_another_zone(as_owner: Client, owner: User) -> None:
    assert as_owner.post("/account/", {"zone": "Pacific/Apia"}).status_code == 302
    owner.refresh_from_db()
    assert owner.zone == "Pacific/Apia"


def test_no_such_zone(as_owner: Client, owner: User) -> None:
    assert as_owner.post("/account/", {"zone": "Middle/Earth"}).status_code == 200
    owner.refresh_from_db()
    assert owner.zone == "Europe/Berlin"


def test_zones_are_places() -> None:
    assert {"UTC", "Europe/Berlin", "Pacific/Kiritimati"} <= set(zones())
    assert not is_zone("EST")
    assert not is_zone("../../etc/passwd")
    assert zone_of("Middle/Earth").key == "UTC"
    assert zone_of("../../etc/passwd").key == "UTC"


def test_the_file_wants_the_password(as_owner: Client) -> None:
    wrong = as_owner.post("/account/take-away/", {"password": "not this one"})
    assert wrong.status_code == 200
    assert b"not your password" in wrong.content


def test_tries_for_the_file_are_counted(as_owner: Client) -> None:
    for _ in range(5):
        as_owner.post("/account/take-away/", {"password": "not this one"})
    answer = as_owner.post("/account/take-away/", {"password": PASSWORD})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")


def test_the_file_is_streamed_under_a_neutral_name(as_owner: Client) -> None:
    answer = as_owner.post("/account/take-away/", {"password": PASSWORD})
    assert answer["Content-Disposition"] == 'attachment; filename="notes.zip"'
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.streaming


def test_deleting_wants_words_and_password(as_owner: Client, owner: User) -> None:
    for data in (
        {"words": "delete", "password": PASSWORD},
        {"words": "delete everything", "password": "not this one"},
        {"words": "", "password": ""},
    ):
        assert as_owner.post("/account/leave/", data).status_code == 200
    assert User.objects.filter(pk=owner.pk).exists()


def test_deleting_ends_every_session_of_that_person_only(
    as_owner: Client, owner: User, as_stranger: Client, stranger: User
) -> None:
    elsewhere = browser_of(owner)
    data = {"words": " Delete  Everything ", "password": PASSWORD}
    assert as_owner.post("/account/leave/", data)["Location"] == "/account/gone/"
    assert as_owner.get("/account/gone/").status_code == 200
    assert not User.objects.filter(pk=owner.pk).exists()
    assert elsewhere.get("/account/").status_code == 302
    assert as_stranger.get("/account/").status_code == 200
    assert Session.objects.count() == 1


def test_times_are_shown_in_ones_own_zone(as_owner: Client, owner: User) -> None:
    from django.utils import timezone

    from counterpoint.web.accounts.middleware import OwnZone

    seen = []

    def answer(request: object) -> object:
        seen.append(timezone.get_current_timezone_name())
        return None

    class Request:
        user = owner

    with time_machine.travel(datetime(2026, 7, 1, tzinfo=UTC)):
        OwnZone(answer)(Request())
    assert seen == ["Europe/Berlin"]
    assert timezone.get_current_timezone_name() == "UTC"
