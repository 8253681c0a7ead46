"""Days as music in a real browser: the sound plays, can be sought in, and the sheet is one page."""

from __future__ import annotations

import re

import pytest

from walks import sign_in

PLAY = """async () => {
    const player = document.querySelector("audio");
    const heard = new Promise(done => player.addEventListener("timeupdate", done, {once: true}));
    player.muted = true;
    await player.play();
    await heard;
    const found = new Promise(done => player.addEventListener("seeked", done, {once: true}));
    player.currentTime = player.duration / 2;
    await found;
    return {length: player.duration, at: player.currentTime, error: player.error};
}"""


def test_the_sound_of_the_simulated_two_plays_and_can_be_sought_in(new_context) -> None:
    page = new_context().new_page()
    page.goto("/example/")
    heard = page.evaluate(PLAY)
    assert heard["error"] is None
    assert heard["length"] == pytest.approx(28.8, abs=0.2)
    assert heard["at"] >= heard["length"] / 2 - 0.1


def test_own_days_are_heard_and_printed_on_one_sheet_whatever_the_screen(new_context, demo) -> None:
    page = new_context(scheme="dark").new_page()
    sign_in(page, *demo.credentials()[0])
    page.goto("/plane/score/")
    assert page.evaluate(PLAY)["error"] is None
    page.goto("/plane/score/sheet/")
    printed = page.pdf(prefer_css_page_size=True, format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    assert page.locator(".music__sheet").is_visible()
    assert page.locator(".music__phone").is_hidden()
    voice = "getComputedStyle(document.documentElement).getPropertyValue('--voice-a').trim()"
    assert page.evaluate(voice) == "#0d6278", "a dark screen prints in the colours of paper"


def test_without_javascript_the_page_is_whole(new_context, demo) -> None:
    page = new_context(javascript=False).new_page()
    sign_in(page, *demo.credentials()[0])
    page.goto("/plane/score/")
    assert page.locator("[class*=music__] svg >> visible=true").count() == 1
    assert page.locator("audio[controls]").count() == 1
