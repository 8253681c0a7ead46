"""Each page says at its foot what it is for, in the language of its reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from counterpoint.content import LANGUAGES, load_content
from counterpoint.web.accounts.models import User
from factories import browser_of
from web.test_access_matrix import ROWS

WITHOUT = {
    # pages of words explain themselves
    "safety:landing", "safety:privacy", "safety:limits", "safety:promises", "safety:cannot",
    "safety:styles", "safety:help_fear", "safety:own_part", "safety:parted", "accounts:privacy",
    # said once, with care, on the page itself
    "safety:quiet", "safety:quiet_questions", "safety:quiet_line", "accounts:gone",
    # one step of the door, or of a form that says what it asks
    "account_login", "account_logout", "account_signup", "account_inactive",
    "account_reauthenticate", "account_email_verification_sent", "account_change_password",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_authenticate", "mfa_deactivate_totp",
    "mfa_generate_recovery_codes", "accounts:address_code", "accounts:address_keep",
    "accounts:address_undo", "accounts:remove_key",
    # one question, answered on the page itself
    "reminders:stop",
    # no pages: calendars, and sound
    "reminders:file", "reminders:feed", "dynamics:simulated_sound",
    # what a browser keeps or asks for by itself; without a connection there is no help to open
    "core:manifest", "core:worker", "core:offline", "diary:offline_evening",
    # every part of the look, for those who build
    "core:style",
}  # fmt: skip


def names(resolver: Any, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, f"{before}{one.namespace}:" if one.namespace else before)
        elif isinstance(one, URLPattern):
            yield f"{before}{one.name}"


def test_every_guide_stands_on_a_route_that_is_there() -> None:
    assert set(load_content().guide) <= set(names(get_resolver()))


def test_every_page_has_a_guide_or_needs_none() -> None:
    pages = {
        name
        for name in names(get_resolver())
        if (row := ROWS.get(name)) is not None and row.method == "get" and row.owner == 200
    }
    guided = set(load_content().guide)
    assert pages - guided - WITHOUT == set()
    assert guided & WITHOUT == set()


def test_it_is_said_in_the_language_of_the_page(owner: User) -> None:
    for language in LANGUAGES:
        User.objects.filter(pk=owner.pk).update(language=language)
        body = browser_of(owner).get("/days/").content.decode()
        assert body.count('<details class="guide">') == 1
        assert load_content(language).guide["diary:days"].paragraphs[1] in body
