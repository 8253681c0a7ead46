"""Pages for when something is not there, the frame, and what templates offer."""

from __future__ import annotations

import re
import uuid

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest
from django.template import Context, Template
from django.test import Client, RequestFactory

from counterpoint.web.accounts.models import Acceptance, User
from counterpoint.web.core.access import get_own
from counterpoint.web.core.middleware import PrivateAnswers
from counterpoint.web.core.navigation import DESTINATIONS, where_in
from counterpoint.web.core.views import not_found


def request_of(user: User) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_missing_and_forbidden_answer_alike(
    as_owner: Client, settings: object, rf: RequestFactory, owner: User
) -> None:
    request = request_of(owner)
    request.resolver_match = None
    missing = not_found(request, Http404("secret reason"))
    forbidden = not_found(request, PermissionDenied("other reason"))
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    told = [token.sub(b"", answer.content) for answer in (missing, forbidden)]
    assert (missing.status_code, told[0]) == (forbidden.status_code, told[1])
    assert b"reason" not in missing.content


def test_the_path_asked_for_is_not_repeated(as_owner: Client) -> None:
    answer = as_owner.get("/days/very-telling-word/")
    assert answer.status_code == 404
    assert b"very-telling-word" not in answer.content


def test_an_own_row_is_found_and_anothers_is_not(owner: User, stranger: User) -> None:
    row = Acceptance.objects.get(owner=owner)
    assert get_own(Acceptance, request_of(owner), pk=row.pk) == row
    assert get_own(Acceptance.objects.filter(document="privacy"), request_of(owner)) == row
    for wrong in (row.pk, uuid.uuid4(), "not-an-id"):
        with pytest.raises(Http404):
            get_own(Acceptance, request_of(stranger), pk=wrong)


def test_nobody_owns_nothing(owner: User) -> None:
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with pytest.raises(Http404):
        get_own(Acceptance, request, owner=owner)


def test_a_stale_form_is_told_kindly(owner: User) -> None:
    from factories import browser_of

    browser = browser_of(owner, enforce_csrf_checks=True)
    answer = browser.post("/account/", {"zone": "UTC"})
    assert answer.status_code == 403
    assert b"grown old" in answer.content
    owner.refresh_from_db()
    assert owner.zone == "Europe/Berlin"


def test_a_busy_database_says_so() -> None:
    middleware = PrivateAnswers(not_found)
    request = RequestFactory().get("/")
    answer = middleware.process_exception(request, OperationalError("database is locked"))
    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    entangled = middleware.process_exception(request, OperationalError("deadlock detected"))
    assert entangled.status_code == 503
    assert middleware.process_exception(request, OperationalError("no such table")) is None
    assert middleware.process_exception(request, ValueError("locked")) is None


def test_a_fault_of_ours_shows_a_page_that_needs_no_rows(
    as_nobody: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from counterpoint.web.safety.views import pages as views

    def break_down(*args: object, **kwargs: object) -> None:
        raise ValueError("very private words")

    monkeypatch.setattr(views, "render", break_down)
    as_nobody.raise_request_exception = False
    answer = as_nobody.get("/info/limits/")
    assert answer.status_code == 500
    assert b"broke on our side" in answer.content
    assert b"private words" not in answer.content


def test_simulated_people_are_marked_on_every_page(owner: User, as_owner: Client) -> None:
    assert b"Simulated." not in as_owner.get("/account/").content
    User.objects.filter(pk=owner.pk).update(simulated=True)
    for path in ("/account/", "/info/limits/", "/nothing/"):
        assert b"Simulated." in as_owner.get(path).content, path


def test_where_one_is_is_marked(as_owner: Client) -> None:
    text = as_owner.get("/account/take-away/").content.decode()
    assert text.count('aria-current="page"') == 1
    assert text.index('aria-current="page"') < text.index("<span>Account</span>")


def test_every_destination_exists() -> None:
    assert [row.address for row in DESTINATIONS][-1] == "/account/"
    assert {where_in(row.route) for row in DESTINATIONS} == {row.label for row in DESTINATIONS}
    assert where_in("safety:limits") == ""


def test_every_page_of_ones_own_is_somewhere() -> None:
    from web.test_access_matrix import ROWS, route_of

    own = {
        route_of(name) for name, row in ROWS.items()
        if (row.method, row.anonymous, row.owner) == ("get", "sign-in", 200)
    }  # fmt: skip
    assert len(own) > 20
    assert [route for route in sorted(own) if not where_in(route)] == []
    assert {where_in(name) for name in ("couples:page", "dynamics:joint")} == {"Today"}
    assert where_in("dynamics:plane") == "My plane"


def test_taps_can_stay_empty_and_be_cleared() -> None:
    template = Template("{% include 'core/taps.html' with name='c1' legend='How near?' value=v %}")
    empty = template.render(Context({"v": None, "low": "far", "high": "near"}))
    assert empty.count('type="radio"') == 12
    assert empty.count(" checked") == 1
    assert 'value="" checked' in empty
    zero = template.render(Context({"v": 0, "low": "far", "high": "near"}))
    assert 'value="0" checked' in zero
    assert zero.count(" checked") == 1
    assert 'aria-label="0, far"' in zero


def test_a_field_with_an_error_names_it_for_screen_readers() -> None:
    class Little(forms.Form):
        word = forms.CharField(help_text="one word")

    template = Template("{% load core %}{% errors form %}{% field form.word %}")
    text = template.render(Context({"form": Little({})}))
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_word-hint id_word-error"' in text
    assert 'href="#id_word"' in text
    assert text.count('id="id_word-error"') == 1
