"""After you sign out nothing private is left: in no cache, not behind Back, under no old link.

Case 9: a partner opens an old link, goes Back after sign-out, or reopens a tab.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from counterpoint.web.accounts.models import User
from doors import prove
from people import PASSWORD

PRIVATE = ("/account/", "/account/door/", "/account/seen/", "/today/", "/days/", "/plane/")


@pytest.mark.parametrize("path", PRIVATE)
def test_no_private_page_may_be_stored(as_owner: Client, path: str) -> None:
    assert as_owner.get(path)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", PRIVATE)
@pytest.mark.parametrize("way_out", ["/account/sign-out/", "/away/"])
def test_asked_again_after_leaving_it_shows_the_entrance(
    as_owner: Client, owner: User, path: str, way_out: str
) -> None:
    before = as_owner.get(path)
    assert before.status_code == 200
    as_owner.post(way_out)
    after = as_owner.get(path)
    assert after.status_code == 302
    assert after["Location"].startswith("/account/sign-in/")
    assert owner.email.encode() not in after.content


def test_a_file_is_made_while_it_is_sent_and_kept_nowhere(
    as_owner: Client, settings: object, tmp_path: Path
) -> None:
    answer = as_owner.post("/account/take-away/", {"password": PASSWORD})
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer)
    as_owner.post("/account/sign-out/")
    assert as_owner.get("/account/take-away/").status_code == 302


def test_no_place_for_files_exists() -> None:
    assert settings.MEDIA_ROOT == ""
    assert settings.DATA_UPLOAD_MAX_NUMBER_FILES == 0


def test_proof_ends_with_the_session(as_owner: Client, owner: User) -> None:
    prove(as_owner)
    assert as_owner.get("/account/door/app/").status_code == 200
    as_owner.post("/account/sign-out/")
    as_owner.post("/account/sign-in/", {"login": owner.email, "password": PASSWORD})
    assert as_owner.get("/account/door/app/").status_code == 302


def test_the_way_out_empties_what_the_browser_kept(as_owner: Client) -> None:
    assert as_owner.post("/away/")["Clear-Site-Data"] == '"cache", "storage"'
