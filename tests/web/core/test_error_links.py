"""The summary of what is not right yet leads to the very question, radio rows included."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from checkins import today_of, write_past
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock

SUNDAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _on_a_sunday(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 11, 22, 18, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)


def led_to(page: str) -> tuple[set[str], set[str]]:
    """Return where the links of the summary lead, and which of these places are on the page."""
    summary = page.split('class="errors"', 1)[1].split("</ul>", 1)[0]
    wanted = set(re.findall(r'href="#([^"]*)"', summary))
    return wanted, {place for place in wanted if f'id="{place}"' in page}


@pytest.mark.parametrize(
    ("where", "sent", "places"),
    [
        ("/checkin/{today}/1/", {"c1": "99", "n": "never heard of"}, {"id_c1", "id_n"}),
        ("/look/", {"h1": "99", "cod3": "seldom"}, {"id_h1", "id_cod3"}),
        ("/pace/", {"pace": "fast"}, {"id_pace"}),
        ("/own/", {"which": "money", "rhythm": "yearly"}, {"id_which", "id_rhythm"}),
    ],
)
def test_each_line_of_the_summary_leads_to_its_question(
    owner: User, as_owner: Client, where: str, sent: dict[str, str], places: set[str]
) -> None:
    write_past(owner, [(5, 5), (6, 6)], SUNDAY)
    address = where.format(today=today_of(owner))
    answer = as_owner.post(address, {"submission_key": str(uuid.uuid4()), **sent})
    assert answer.status_code == 422
    wanted, found = led_to(answer.content.decode())
    assert wanted == places
    assert found == wanted


@pytest.mark.parametrize("where", ["/checkin/{today}/1/", "/look/"])
def test_a_question_is_called_by_its_words_and_never_by_its_place_in_the_model(
    owner: User, as_owner: Client, where: str
) -> None:
    write_past(owner, [(5, 5), (6, 6)], SUNDAY)
    wrong = {"g": "99", "c1": "99", "n": "never", "h1": "99", "cod3": "seldom"}
    sent = {"submission_key": str(uuid.uuid4()), "h1_line": "x" * 501, **wrong}
    page = as_owner.post(where.format(today=today_of(owner)), sent).content.decode()
    summary = page.split('class="errors"', 1)[1].split("</ul>", 1)[0]
    assert summary.count("<li>") == 3
    assert re.findall(r">\s*(?:G|C1|N|H1|Cod3|H1 line):", summary) == []
