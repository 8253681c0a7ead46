"""Nothing of the quiet check lies anywhere but in the one sealed line."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache

from counterpoint.content import load_content
from counterpoint.domain.quiet import Lead
from counterpoint.web.accounts.models import User
from counterpoint.web.safety import services
from quiet import CLEAR, DARK, HELD, LINE, LOUD, opened, proven_browser

MOMENT = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
CANARY = "ochre swallow over the millpond"


def told() -> Iterator[str]:
    """Yield every word that would tell of an answer or of a route."""
    check = load_content().quiet
    yield CANARY
    for item in check.items:
        yield item.item_id
        yield item.text
    yield from (lead.value for lead in Lead)
    yield from (f"2026-11-24{code}" for code in range(8))
    yield from (section.heading for section in check.after.values())
    yield load_content().phrase("quiet.kept.individual")


TOLD = sorted(set(told()))


def rows() -> Iterator[str]:
    """Yield every value of every table, but not the tables of what Django itself is made of."""
    for model in apps.get_models():
        for values in model._default_manager.values():
            yield f"{model._meta.label} {values}"


def kept() -> str:
    """Return all that lies in the database, in sessions, in the cache and in mails."""
    sessions = [json.dumps(row.get_decoded(), default=str) for row in Session.objects.all()]
    cached = [f"{key} {value!r}" for key, value in cache._cache.items()]
    mails = [str(each.message()) for each in mail.outbox]
    return "\n".join((*rows(), *sessions, *cached, *mails))


def found_in(text: str) -> list[str]:
    return [one for one in TOLD if one in text]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything logged, at the finest grain, by loggers that keep to themselves as well."""
    for name in ("", *logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name or None)
    for name in ("django", "counterpoint"):
        logging.getLogger(name).addHandler(caplog.handler)
    yield caplog
    for name in ("django", "counterpoint"):
        logging.getLogger(name).removeHandler(caplog.handler)


@pytest.mark.parametrize("said", [HELD, DARK, LOUD, CLEAR, HELD | DARK | LOUD])
def test_no_answer_and_no_code_lies_anywhere(
    owner: User, said: dict[str, str], log: pytest.LogCaptureFixture
) -> None:
    with time_machine.travel(MOMENT, tick=False):
        browser = proven_browser(owner)
        sent = browser.post(
            "/quiet/questions/", {"opened": opened(browser), **said, "hurt": CANARY}
        )
        page = browser.get(LINE)
        browser.post(LINE, {"take": "1"})
        browser.get("/today/")
        browser.get("/plane/")
    assert sent["Location"] == LINE
    assert page.status_code == 200
    assert found_in(kept()) == []
    assert found_in(log.text) == []
    assert found_in(f"{sent.headers} {sent.content!r} {sent.cookies}") == []
    assert found_in(str(page.headers)) == []


def test_a_fault_while_keeping_it_repeats_nothing(
    owner: User, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message of an error can hold anything; lines keep its place and its class only."""
    from counterpoint.web.core.logs import QuietFormatter

    def break_down(*args: object) -> None:
        raise ValueError(f"could not keep {args}")

    browser = proven_browser(owner)
    token = opened(browser)
    monkeypatch.setattr(services, "keep_route", break_down)
    browser.raise_request_exception = False
    answer = browser.post("/quiet/questions/", {"opened": token, **HELD, "hurt": CANARY})
    assert answer.status_code == 500
    assert found_in(answer.content.decode()) == []
    lines = [QuietFormatter().format(record) for record in log.records]
    assert any("ValueError" in line for line in lines)
    assert found_in("\n".join(lines)) == []
    assert found_in(kept()) == []


def test_what_would_lie_there_is_found(owner: User) -> None:
    session = proven_browser(owner).session
    session["said"] = HELD
    session.save()
    assert found_in(kept()) == ["afraid"]
