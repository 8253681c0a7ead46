"""One's own days and those of two in another language: each reads in their own, from one row."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from counterpoint.content import LANGUAGES, load_content
from counterpoint.domain.couplings import Cost
from counterpoint.web.accounts.models import User
from counterpoint.web.core.neutral import NEUTRAL_STATE
from counterpoint.web.couples import services as couples
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Release
from counterpoint.web.dynamics.services import joint, maps
from factories import browser_of, make_person
from pairs import OCTOBER, SUNDAY, join, share, share_both
from web.dynamics.both_evenings import write_both
from web.dynamics.evenings import answer_evenings

THURSDAY = date(2026, 10, 29)
OTHERS = LANGUAGES[1:]
FOR_MACHINES = re.compile(r'\b(?:value|href|action|id|for|name|data-[a-z-]+)="([^"]*)"')
WITH_A_COMMA = re.compile(r'\b(?:d|points|x|y|cx|cy|r|rx|ry|viewBox|transform)="[^"]*\d,\d[^"]*"')
DRAWN = re.compile(r"^[0-9a-f-]{36}$|^[A-Za-z0-9]{64}$|^(en|de|es)$")
"""Keys of forms, and the switch between languages."""
OWN_PAGES = (
    "/plane/",
    "/plane/score/",
    "/change/",
    "/signs/",
    "/signs/staying_quiet/",
    "/signs/calm/",
    "/hunches/",
    "/lab/mine/",
)


@pytest.fixture(autouse=True)
def calendar(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OCTOBER, tick=False) as traveller, translation.override("en"):
        yield traveller


@pytest.fixture
def robin() -> User:
    return make_person("robin", zone="UTC", simulated=True)


def speaks(person: User, language: str) -> Client:
    person.language = language
    person.save(update_fields=["language"])
    return browser_of(person)


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return html.unescape(re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode()))


def said(language: str, phrase_id: str) -> str:
    return load_content(language).phrase(phrase_id)


@pytest.mark.parametrize("language", OTHERS)
def test_what_machines_read_is_the_same_in_every_language(robin: User, language: str) -> None:
    answer_evenings(robin, 30, first=THURSDAY - timedelta(days=29))
    drawn = {path: page(speaks(robin, language), path) for path in OWN_PAGES}
    for path in OWN_PAGES:
        found = FOR_MACHINES.findall(drawn[path])
        plain = FOR_MACHINES.findall(page(speaks(robin, "en"), path))
        assert len(plain) > 10
        assert WITH_A_COMMA.findall(drawn[path]) == []
        assert [one for one in found if not DRAWN.match(one)] == [
            one for one in plain if not DRAWN.match(one)
        ], path


@pytest.mark.parametrize("language", OTHERS)
def test_a_score_names_its_days_in_the_language(robin: User, language: str) -> None:
    answer_evenings(robin, 20, first=THURSDAY - timedelta(days=19))
    score = page(speaks(robin, language), "/plane/score/")
    named = {
        "de": "10. Oktober bis 29. Oktober 2026",
        "es": "Del 10 de octubre al 29 de octubre de 2026",
    }
    assert named[language] in score
    assert said(language, "picture.score.title.yours") in score


def test_what_is_kept_drawn_is_kept_for_each_language(owner: User) -> None:
    for path, phrase_id in (
        ("/lab/", "lab.settles.days"),
        ("/lab/?pair=fused", "lab.panel.push"),
        ("/example/", "picture.days.title.theirs"),
    ):
        pages = {one: page(speaks(owner, one), path) for one in (*LANGUAGES, *LANGUAGES)}
        for language in LANGUAGES:
            words = re.split(r"\{[^}]*\}", load_content(language).phrases[phrase_id].text)
            held = [max(words, key=len) in pages[one] for one in LANGUAGES]
            assert held == [one == language for one in LANGUAGES], (path, language)


def test_each_of_two_reads_one_picture_in_their_own_language(
    calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    couple = join(owner, partner)
    share_both(owner, partner, Kind.PATTERNS, Kind.PLACE, Kind.DAYS)
    calendar.move_to(SUNDAY)
    write_both(owner, partner, 70, last=THURSDAY)
    with translation.override("de"):  # the worker may have any language in force
        joint.run_joint_release(str(couple.pk))
    release = Release.objects.get()
    assert release.is_exact
    words = re.findall(r'"([^"]*)"', json.dumps(release.content))
    assert [one for one in words if " " in one] == []  # ids, and no sentence
    first, second = speaks(owner, "de"), speaks(partner, "es")
    months = {"de": "November 2026. ", "es": "Noviembre de 2026. ", "en": "November 2026. "}
    for person, language, other in ((owner, "de", "es"), (partner, "es", "de")):
        seen = page(first if person is owner else second, "/two/picture/")
        assert months[language] + load_content(language).phrases["dance.days"].text[:12] in seen
        for phrase_id in ("dance.opening", "dance.until", "picture.days.title.both"):
            assert said(language, phrase_id) in seen
            assert said(other, phrase_id) not in seen
    before = page(first, "/two/picture/")
    third = speaks(partner, "en")
    assert months["en"] in page(third, "/two/picture/")
    assert page(first, "/two/picture/") == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_neutral_state_is_one_sentence_in_each_language(
    calendar: time_machine.Traveller, owner: User, partner: User, language: str
) -> None:
    couple = join(owner, partner)
    browser = speaks(owner, language)
    with translation.override(language):
        sentence = gettext(NEUTRAL_STATE)
    assert sentence == said(language, "neutral_state")
    pages = [page(browser, "/two/picture/")]
    assert sentence in pages[0]
    assert sentence in page(browser, "/two/")
    share(owner, Kind.PATTERNS)
    pages.append(page(browser, "/two/picture/"))
    share(partner, Kind.PATTERNS)
    pages.append(page(speaks(owner, language), "/two/picture/"))
    calendar.move_to(SUNDAY)
    write_both(owner, partner, 70, last=THURSDAY)
    joint.run_joint_release(str(couple.pk))
    browser = speaks(owner, language)
    assert sentence not in page(browser, "/two/picture/")
    speaks(partner, "es" if language == "de" else "de")
    couples.withdraw(partner, Kind.PATTERNS)
    pages.append(page(browser, "/two/picture/"))
    couples.leave(partner)
    pages.append(page(browser, "/two/picture/"))
    assert set(pages) == {pages[0]}


@pytest.mark.parametrize("language", OTHERS)
def test_maps_stand_side_by_side_in_the_language_of_who_looks(
    owner: User, partner: User, language: str
) -> None:
    couple = join(owner, partner)
    for person, step in ((owner, 1), (partner, 3)):
        maps.save_map(person, couple.pk, dict.fromkeys(Cost, step))
        maps.lay_open(person, couple.pk)
    seen = page(speaks(owner, language), "/two/maps/")
    a_little = {"de": "{}, aber nur ein wenig", "es": "{}, pero solo un poco"}[language]
    for cost in Cost:
        for end in ("low", "high"):
            assert f"<td>{a_little.format(said(language, f'maps.{cost}.{end}'))}</td>" in seen
    assert said(language, "picture.push.map.partner") in seen


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_wrong_is_said_in_the_language(owner: User, partner: User, language: str) -> None:
    join(owner, partner)
    browser = speaks(owner, language)
    refused = browser.post("/two/maps/", {cost.value: "9" for cost in Cost}).content.decode()
    assert {"de": "Wähle eins der fünf.", "es": "Elige una de las cinco."}[language] in refused
    refused = browser.post("/hunches/", {cost.value: "x" for cost in Cost}).content.decode()
    ends = {"de": "Wähle eins der Satzenden", "es": "Elige uno de los finales"}
    assert ends[language] in refused


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_opened_hunch_is_one_sentence(owner: User, language: str) -> None:
    browser = speaks(owner, language)
    assert browser.post("/hunches/", {cost.value: "high" for cost in Cost}).status_code == 302
    for cost in Cost:
        assert browser.post("/hunches/open/", {"hunch": cost.value}).status_code == 302
    seen = page(browser, "/hunches/")
    for cost in Cost:
        stem = said(language, f"hunch.{cost.value}.stem").rstrip(" .…")
        whole = f"{stem} {said(language, f'hunch.{cost.value}.high')}"
        assert whole in seen
    dated = {"en": "Opened on ", "de": "Geöffnet am ", "es": "Abierta el "}
    assert dated[language] in seen
