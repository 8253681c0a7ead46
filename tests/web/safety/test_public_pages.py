"""Pages that need no sign-in and store nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from counterpoint.content import load_content
from counterpoint.errors import SetupError
from counterpoint.web.safety.directory import shown_countries, shown_entries

ENTRY = """
[[entries]]
entry_id = "{name}"
country = "{country}"
kind = "{kind}"
language = "en"
name = "{name}"
contact = "Call {name}"
source_url = "https://example.org/{name}"
{verified}
"""


def write_directory(folder: Path, *rows: tuple[str, str, date | None]) -> str:
    text = "".join(
        ENTRY.format(
            name=name,
            country=country,
            kind="directory" if name.startswith("List") else "listening",
            verified=f"last_verified = {on.isoformat()}" if on else "",
        )
        for name, country, on in rows
    )
    file = folder / "help.toml"
    file.write_text(text)
    return str(file)


@pytest.mark.parametrize(
    ("path", "page_id"),
    [
        ("/", "landing"),
        ("/info/who-reads/", "privacy"),
        ("/info/limits/", "limits"),
        ("/info/promises/", "promises"),
        ("/info/beyond/", "cannot"),
        ("/info/words/", "styles"),
        ("/info/people/", "help_fear"),
        ("/info/own-part/", "own_part"),
        ("/info/after/", "parted"),
    ],
)
def test_a_page_shows_all_its_words(
    as_nobody: Client,
    path: str,
    page_id: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    from django.utils.html import escape

    with django_assert_num_queries(0):
        answer = as_nobody.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    text = answer.content.decode()
    page = load_content().page(page_id)
    for words in (page.title, page.lead, *(p for s in page.sections for p in s.paragraphs)):
        assert escape(words) in text


def test_who_is_signed_in_goes_on_to_their_day(as_owner: Client) -> None:
    assert as_owner.get("/")["Location"] == "/today/"


def test_the_demo_opens_on_its_sign_in_page(as_nobody: Client, settings: Settings) -> None:
    settings.COUNTERPOINT_DEMO = True
    assert as_nobody.get("/")["Location"] == "/account/sign-in/"
    assert as_nobody.get("/?about").status_code == 200


def test_shipped_entries_stay_hidden_until_somebody_verified_them() -> None:
    assert shown_entries(date(2026, 3, 10)) == ()


def test_only_verified_entries_are_shown(
    as_nobody: Client, settings: Settings, tmp_path: Path
) -> None:
    day = date(2026, 3, 10)
    settings.COUNTERPOINT_HELP_FILE = write_directory(
        tmp_path,
        ("Fresh", "DE", day - timedelta(days=365)),
        ("Stale", "DE", day - timedelta(days=366)),
        ("Unseen", "DE", None),
        ("Far", "NZ", day),
        ("Wide", "*", day),
    )
    assert [entry.name for entry in shown_entries(day)] == ["Fresh", "Far", "Wide"]
    assert [entry.name for entry in shown_entries(day, "DE")] == ["Fresh", "Wide"]
    assert shown_countries() == ("DE", "NZ")
    with time_machine.travel("2026-03-10T12:00:00Z", tick=False):
        text = as_nobody.get("/info/people/", {"country": "nz"}).content.decode()
        everywhere = as_nobody.get("/info/people/", {"country": "??"}).content.decode()
    assert "Call Far" in text
    assert "Call Wide" in text
    assert "Call Fresh" not in text
    assert "Call Fresh" in everywhere
    assert "Call Stale" not in everywhere
    assert "Call Unseen" not in everywhere


def test_a_number_grown_old_gives_way_to_lists_of_places(
    as_nobody: Client, settings: Settings, tmp_path: Path
) -> None:
    day = date(2026, 3, 10)
    old = day - timedelta(days=366)
    settings.COUNTERPOINT_HELP_FILE = write_directory(
        tmp_path,
        ("Stale", "DE", old),
        ("Fresh", "NZ", day),
        ("List of the world", "*", old),
        ("List unseen", "*", None),
        ("List of others", "NZ", old),
    )
    with time_machine.travel("2026-03-10T12:00:00Z", tick=False):
        there = as_nobody.get("/info/people/", {"country": "nz"}).content.decode()
        gone = as_nobody.get("/info/people/", {"country": "de"}).content.decode()
    none_verified = load_content().phrase("help.none_verified")
    assert "Call Fresh" in there
    assert none_verified not in there
    assert "Call List" not in there
    assert "Call Stale" not in gone
    assert none_verified in gone
    assert load_content().phrase("help.directories") in gone
    assert "Call List of the world" in gone
    assert "Call List unseen" not in gone
    assert "Call List of others" not in gone
    assert "<option selected>DE</option>" in gone


def test_without_any_place_it_says_so_and_names_none(as_nobody: Client) -> None:
    for path in ("/info/people/", "/info/own-part/"):
        page = as_nobody.get(path).content.decode()
        assert load_content().phrase("help.none_verified") in page
        assert "<select" not in page


def test_the_page_on_parting_leads_to_each_thing_it_names(as_owner: Client) -> None:
    page = as_owner.get("/info/after/").content.decode()
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    for path in ("/two/", "/account/", "/info/people/"):
        assert f'href="{path}"' in main


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/info/people/", "/info/own-part/"),
        ("/info/people/", "/info/after/"),
        ("/info/people/", "/quiet/"),
        ("/info/own-part/", "/info/people/"),
        ("/account/", "/quiet/line/"),
        ("/two/", "/quiet/"),
        ("/two/code/", "/quiet/"),
        ("/two/enter/", "/quiet/"),
    ],
)
def test_one_page_leads_to_the_next(as_owner: Client, path: str, leads_to: str) -> None:
    assert f'href="{leads_to}"' in as_owner.get(path).content.decode().split("<main", 1)[1]


def test_an_unreadable_directory_is_named(settings: Settings, tmp_path: Path) -> None:
    settings.COUNTERPOINT_HELP_FILE = str(tmp_path / "none.toml")
    with pytest.raises(SetupError, match="COUNTERPOINT_HELP_FILE"):
        shown_entries(date(2026, 3, 10))
