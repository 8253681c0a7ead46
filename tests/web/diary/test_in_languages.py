"""The diary in another language: words and dates for people, numbers for machines as they were."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from checkins import write, write_more
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.diary import looks

SUNDAY = date(2026, 11, 22)
FOR_MACHINES = re.compile(r'\b(?:value|href|action|id|for|name|data-[a-z-]+)="([^"]*)"')


@pytest.fixture(autouse=True)
def _on_a_sunday(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(SUNDAY.year, SUNDAY.month, SUNDAY.day, 18, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)


def page(reader: Client, path: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_days_are_dated_and_counted_in_the_language(
    owner: User, reader: Client, language: str
) -> None:
    for slot, near in ((1, 8), (2, 3)):
        write(owner, SUNDAY, slot, c1=near, s1=7)
    said = {
        "de": ("So, 22. Nov.", "nah 5,5 · du selbst 7", "Beantwortete Tage bisher: 1"),
        "es": ("Dom 22 nov", "cerca 5,5 · siendo yo 7", "Días respondidos hasta ahora: 1"),
    }[language]
    listed = page(reader, "/days/")
    assert [words for words in said if words not in listed] == []
    assert "/days/2026-11-22/" in listed
    heading = {"de": "Sonntag, 22. November 2026", "es": "Domingo 22 de noviembre de 2026"}
    assert f"<h1>{heading[language]}</h1>" in page(reader, "/days/2026-11-22/")


def test_one_day_and_several_are_counted_each_in_its_form(
    owner: User, reader: Client, language: str
) -> None:
    one, two = {"de": ("1 Tag<", "2 Tage<"), "es": ("1 día<", "2 días<")}[language]
    write(owner, SUNDAY, c1=8, s1=7)
    assert one in page(reader, "/album/")
    write(owner, SUNDAY - timedelta(days=1), c1=8, s1=7)
    assert two in page(reader, "/album/")


def test_what_machines_read_is_the_same_in_every_language(
    owner: User, reader: Client, language: str
) -> None:
    write(owner, SUNDAY - timedelta(days=1), c1=8, s1=7, e1="a_lot")
    write(owner, SUNDAY, c1=8, s1=7, e1="a_lot")
    paths = ("/days/", "/album/", "/checkin/2026-11-22/1/more/", "/look/", "/own/", "/pace/")
    of = {path: FOR_MACHINES.findall(page(reader, path)) for path in paths}
    owner.language = "en"
    owner.save(update_fields=["language"])
    drawn = re.compile(r"^[0-9a-f-]{36}$|^[A-Za-z0-9]{64}$|^(en|de|es)$")  # keys, the switch
    for path, theirs in of.items():
        plain = FOR_MACHINES.findall(page(reader, path))
        assert [one for one in theirs if not drawn.match(one)] == [
            one for one in plain if not drawn.match(one)
        ], path


def test_a_look_is_kept_as_its_form_names_the_week(
    owner: User, reader: Client, language: str
) -> None:
    write(owner, SUNDAY - timedelta(days=1), c1=8, s1=7)
    asked = page(reader, "/look/")
    (week,) = re.findall(r'name="week" value="([^"]*)"', asked)
    assert week == "2026-11-22"
    named = {"de": "16. November bis 22. November", "es": "Del 16 de noviembre al 22 de noviembre"}
    assert named[language] in asked
    sent = {"week": week, "submission_key": str(uuid.uuid4()), "h1": "7", "cod3": "often"}
    assert reader.post("/look/", sent)["Location"] == "/look/kept/"
    (kept,) = looks.looks(owner)
    assert (kept.week_ends_on, dict(kept.taps), dict(kept.words)) == (
        SUNDAY, {"h1": 7}, {"cod3": "often"},
    )  # fmt: skip
    of_ten = {"de": "von 10, von „kaum“ bis „ganz“", "es": "de 10, desde «"}
    assert of_ten[language] in page(reader, "/look/kept/")


def test_what_is_wrong_is_said_in_the_language(owner: User, reader: Client, language: str) -> None:
    write(owner, SUNDAY, c1=8, s1=7)
    write_more(owner, SUNDAY)
    sent = {"submission_key": str(uuid.uuid4()), "line": "x" * 501}
    refused = reader.post("/checkin/2026-11-22/1/more/", sent)
    assert refused.status_code == 422
    assert f"{ {'de': 'Zeile', 'es': 'Línea'}[language] }: " in refused.content.decode()
    assert "x" * 501 in refused.content.decode()
    refused = reader.post("/pace/", {"pace": "hourly"})
    assert refused.status_code == 422
    words = {"de": "Wähle eine der vier Möglichkeiten.", "es": "Elige una de las cuatro opciones."}
    assert words[language] in refused.content.decode()
