"""No account sees another's things by what it is: there is no therapist's and no host's page.

Case 15: a therapist opens somebody outside their caseload, or a host looks around. There is no
caseload yet; an account marked as a therapist's or a host's gets what any stranger gets, from
every address that names something of somebody.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from pytest_django import Settings

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import entries
from counterpoint.web.accounts.seen import Viewer, log_of
from counterpoint.web.couples.kinds import Kind
from factories import browser_of
from lives import one_of_each
from people import make_person
from web.worlds import addresses, arguments

MARKS = ("is_staff", "is_superuser", "is_therapist", "is_host")
LEADS_OUT = {"account_logout", "safety:leave", "core:next_day"}


@pytest.fixture
def life(db: None, settings: Settings, tmp_path: Path) -> User:
    """Somebody who left behind everything that can be."""
    person = one_of_each(settings, tmp_path)
    settings.COUNTERPOINT_DEMO = False
    return person


def marked(name: str) -> Client:
    """Return a browser of an account that somebody marked as a therapist's or a host's."""
    person = make_person(name)
    for mark in MARKS:
        setattr(person, mark, True)
    person.save()
    Group.objects.get_or_create(name=name)
    return browser_of(person)


def ids_of(life: User) -> dict[str, list[uuid.UUID]]:
    """Return the id of every row that is somebody's, by model."""
    found: dict[str, list[uuid.UUID]] = {}
    for entry in entries():
        for label in entry.holds:
            rows = apps.get_model(label)._default_manager.all()
            for key in rows.values_list("pk", flat=True):
                if isinstance(key, uuid.UUID):
                    found.setdefault(label, []).append(key)
    return found


def paths_into(life: User) -> Iterator[str]:
    """Yield every address, with the ids and days of somebody wherever one fits."""
    checkin = apps.get_model("diary", "Checkin").objects.filter(owner=life).latest("about_on")
    known = [keys[0] for keys in ids_of(life).values()]
    asked: list[dict[str, Any]] = arguments(checkin.about_on, life.pk)
    asked += [{name: key} for name in ("run_id", "visit_id") for key in known]
    asked += [{"run_id": key, "number": 1} for key in known]
    asked += [{"token": "0" * 43}, {"mark": "0" * 20}, {"uidb36": "1", "key": "a-b"}]
    for route in sorted(set(addresses(get_resolver())) - LEADS_OUT):
        for values in asked:
            try:
                yield reverse(route, kwargs=values)
            except NoReverseMatch:
                continue


def rows_of(life: User) -> dict[str, list[str]]:
    """Return every row that leads to somebody, or to their couple, as it is."""
    found = {}
    for label, keys in ids_of(life).items():
        model = apps.get_model(label)
        names = {field.name for field in model._meta.concrete_fields if field.related_model is User}
        rows = model._default_manager.filter(pk__in=keys)
        theirs = [row for row in rows.values() if str(life.pk) in str(row)] if names else []
        if theirs:
            found[label] = sorted(str(row) for row in theirs)
    return found


def telling(life: User) -> list[bytes]:
    """Return what only a page about somebody could hold: their address, their ids."""
    keys = [key for keys in ids_of(life).values() for key in keys]
    return [life.email.encode(), *(str(key).encode() for key in (life.pk, *keys))]


def test_every_address_answers_as_to_a_stranger(life: User) -> None:
    words, paths = telling(life), sorted(set(paths_into(life)))
    browsers = [marked(name) for name in ("therapist", "host")]
    stranger = browser_of(make_person("far"))
    assert len(paths) > 60
    for path in paths:
        wanted = stranger.get(path).status_code
        for browser in browsers:
            answer = browser.get(path)
            assert answer.status_code == wanted, path
            body = b"".join(answer) if answer.streaming else answer.content
            assert [word for word in words if word in body] == [], path


def test_nothing_of_somebody_is_changed_from_there(life: User) -> None:
    browser = marked("therapist")
    named = {each: str(life.pk) for each in ("owner", "person", "client", "grantor", "grantee")}
    before = rows_of(life)
    assert before
    for path in sorted(set(paths_into(life))):
        browser.post(path, named)
    assert rows_of(life) == before
    own = User.objects.filter(email="therapist@example.org")
    assert not apps.get_model("couples", "Consent").objects.filter(grantee__in=own).exists()
    assert {entry.viewer for entry in log_of(life)} == {Viewer.PARTNER.value}


def test_there_is_no_kind_of_account_and_nothing_to_grant_to_one() -> None:
    """A caseload needs its own rows, its own consent, and this case written out for them."""
    fields = {field.name for field in User._meta.get_fields() if field.concrete}
    assert fields == {
        "id", "email", "password", "language", "zone", "simulated", "is_active", "date_joined",
        "door_changed_at", "last_login",
    }  # fmt: skip
    assert {kind.value for kind in Kind} == {"place", "patterns", "days", "signs", "practice"}
    assert not [app for app in apps.get_app_configs() if "caseload" in app.name]
