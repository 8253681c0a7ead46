"""What one lets the other see: kind by kind, for ninety days, taken back in one request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.html import format_html

from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples import previews, queries, services
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Consent
from counterpoint.web.couples.rules import last_turn
from counterpoint.web.couples.views.sharing import text_version
from factories import browser_of
from pairs import OCTOBER, join, share


@pytest.fixture(autouse=True)
def shown_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each kind be shown by a sentence that names its owner and its moment."""

    def renderer(kind: Kind) -> previews.Renderer:
        return lambda owner, until: format_html(
            "<p>{} of {} as of {}</p>", kind.value, owner.email, until.isoformat()
        )

    monkeypatch.setattr(previews, "_renderers", {kind: renderer(kind) for kind in Kind})


@pytest.fixture(autouse=True)
def october(db: None) -> Iterator[time_machine.Traveller]:
    """Stop the clock on a Thursday."""
    with time_machine.travel(OCTOBER, tick=False) as traveller:
        yield traveller


def test_every_kind_has_its_words() -> None:
    content = load_content()
    for kind in Kind:
        assert content.phrase(f"share.{kind.value}.title")
        assert content.phrase(f"share.{kind.value}.sees")
        assert re.fullmatch(r"en-\d+-\d+-\d+", text_version(kind))


def test_nothing_is_shared_by_joining(owner: User, partner: User) -> None:
    join(owner, partner)
    assert Consent.objects.count() == 0
    page = browser_of(owner).get("/two/sharing/").content.decode()
    assert page.count("You do not share this.") == len(Kind)
    assert "checked" not in page


def test_a_yes_is_kept_with_the_version_of_its_words(owner: User, partner: User) -> None:
    join(owner, partner)
    answer = browser_of(owner).post("/two/sharing/place/")
    assert (answer.status_code, answer["Location"]) == (302, "/two/sharing/")
    row = Consent.objects.get()
    assert (row.grantor, row.grantee, row.kind) == (owner, partner, "place")
    assert row.text_version == text_version(Kind.PLACE)
    assert (row.granted_at, row.expires_at) == (OCTOBER, OCTOBER + timedelta(days=90))


def test_the_page_of_a_kind_says_what_it_tells_and_asks_with_equal_weight(
    owner: User, partner: User
) -> None:
    join(owner, partner)
    page = browser_of(owner).get("/two/sharing/place/").content.decode()
    assert (
        "Your partner knows their own answers, so a shared picture tells them something about "
        "yours." in page.replace("&#x27;", "'")
    )
    buttons = re.findall(r'class="(button[^"]*)"[^>]*>(Share this|Decide later)<', page)
    assert buttons == [("button", "Share this"), ("button", "Decide later")]


def test_the_preview_is_exactly_what_the_other_sees(owner: User, partner: User) -> None:
    join(owner, partner)
    preview = f"<p>place of {owner.email} as of {last_turn(OCTOBER).isoformat()}</p>"
    assert preview in browser_of(owner).get("/two/sharing/place/").content.decode()
    assert preview not in browser_of(partner).get("/two/").content.decode()
    share(owner, Kind.PLACE)
    assert preview in browser_of(partner).get("/two/").content.decode()
    assert preview not in browser_of(owner).get("/two/").content.decode()


def test_what_is_shared_changes_on_sundays_only(
    owner: User, partner: User, october: time_machine.Traveller
) -> None:
    join(owner, partner)
    share(owner, Kind.PLACE)
    seen = set()
    for _ in range(14):
        shared = queries.shared_place(partner)
        assert shared is not None
        assert shared.until == last_turn(clock.now())
        seen.add(shared.until)
        october.shift(timedelta(days=1))
    assert len(seen) == 3  # fourteen days from a Thursday see two Sundays


def test_the_joint_picture_needs_a_section_of_its_own(owner: User, partner: User) -> None:
    join(owner, partner)
    share(owner, Kind.PATTERNS, Kind.DAYS)
    assert b"patterns of" not in browser_of(partner).get("/two/").content
    assert b"days of" not in browser_of(partner).get("/two/").content


def test_taking_back_is_one_request(owner: User, partner: User) -> None:
    join(owner, partner)
    share(owner, Kind.PLACE, Kind.SIGNS)
    assert browser_of(owner).post("/two/sharing/place/withdraw/").status_code == 302
    assert queries.shared_with(partner, Kind.PLACE) is None
    assert queries.shared_with(partner, Kind.SIGNS) is not None
    assert list(queries.consents_given_by(owner)) == [Kind.SIGNS]


def test_stop_everything_is_one_request(owner: User, partner: User) -> None:
    join(owner, partner)
    share(owner, *Kind)
    assert browser_of(owner).post("/two/sharing/stop/").status_code == 302
    assert queries.consents_given_by(owner) == {}
    assert [queries.shared_with(partner, kind) for kind in Kind] == [None] * len(Kind)


def test_ninety_days_then_nothing(
    owner: User, partner: User, october: time_machine.Traveller
) -> None:
    join(owner, partner)
    share(owner, Kind.PLACE)
    october.shift(timedelta(days=90) - timedelta(seconds=1))
    assert queries.shared_place(partner) is not None
    october.shift(timedelta(seconds=1))
    assert queries.shared_place(partner) is None
    assert queries.consents_given_by(owner) == {}


def test_a_renewal_keeps_the_row_and_a_new_yes_makes_a_new_one(
    owner: User, partner: User, october: time_machine.Traveller
) -> None:
    join(owner, partner)
    share(owner, Kind.PLACE)
    october.shift(timedelta(days=80))
    share(owner, Kind.PLACE)
    row = Consent.objects.get()
    assert (row.granted_at, row.renewed_at) == (OCTOBER, clock.now())
    assert row.expires_at == clock.now() + timedelta(days=90)
    october.shift(timedelta(days=91))
    share(owner, Kind.PLACE)
    ended, new = Consent.objects.order_by("granted_at")
    assert ended.withdrawn_at == ended.expires_at
    assert new.granted_at == clock.now()


def test_freezing_keeps_what_was_seen_and_lifting_counts_from_sunday(
    owner: User, partner: User, october: time_machine.Traveller
) -> None:
    join(owner, partner)
    share(owner, Kind.PLACE)
    browser = browser_of(owner)
    october.shift(timedelta(days=4))
    browser = browser_of(owner)
    frozen_at = clock.now()
    assert browser.post("/two/sharing/freeze/").status_code == 302
    october.shift(timedelta(days=20))
    shared = queries.shared_place(partner)
    assert shared is not None
    assert shared.until == frozen_at
    services.thaw(owner)
    row = Consent.objects.get()
    assert (row.frozen_at, row.thawed_at) == (None, clock.now())


def test_own_choices_only(owner: User, partner: User) -> None:
    join(owner, partner)
    page = browser_of(owner).get("/two/sharing/").content
    share(partner, *Kind)
    assert strip(browser_of(owner).get("/two/sharing/").content) == strip(page)


def strip(page: bytes) -> bytes:
    """Return a page without the token drawn anew each time it is made."""
    return re.sub(rb'csrfmiddlewaretoken" value="[^"]*"', b"", page)


def test_a_kind_that_no_app_shows_is_not_offered(
    owner: User, partner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(owner, partner)
    monkeypatch.setattr(previews, "_renderers", {})
    browser = browser_of(owner)
    assert browser.get("/two/sharing/place/").status_code == 404
    assert browser.post("/two/sharing/place/").status_code == 404
    assert Consent.objects.count() == 0
    assert previews.render(Kind.PLACE, owner, OCTOBER) == ""


def test_an_unknown_kind_is_nowhere(owner: User, partner: User) -> None:
    join(owner, partner)
    assert browser_of(owner).get("/two/sharing/everything/").status_code == 404


def test_who_has_no_page_for_two_shares_nothing(as_owner: Client) -> None:
    for path in ("/two/sharing/place/", "/two/sharing/stop/", "/two/sharing/place/withdraw/"):
        assert as_owner.post(path).status_code == 404
    assert Consent.objects.count() == 0
