"""The site on a phone, and evenings without a connection, in a real browser."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from e2e.conftest import Demo, Device, NewContext, NewDevice, Watch, running_demo
from e2e.test_pages import SIGNED_IN
from walks import Person, choose_language, press, sign_up, tap

LINE = "The heron by the copper bridge."
WITHIN_SECONDS = 15
KEPT = """async () => {
    const [local, session] = [{ ...localStorage }, { ...sessionStorage }];
    const found = { caches: [], databases: [], local, session };
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const asked of await cache.keys()) {
            const answer = await cache.match(asked, { ignoreVary: true });
            found.caches.push([asked.url, await answer.text()]);
        }
    }
    for (const { name } of await indexedDB.databases()) {
        const opened = await new Promise((done) => {
            const asked = indexedDB.open(name);
            asked.onsuccess = () => done(asked.result);
        });
        for (const store of opened.objectStoreNames) {
            const all = await new Promise((done) => {
                const asked = opened.transaction(store).objectStore(store).getAll();
                asked.onsuccess = () => done(asked.result);
            });
            found.databases.push([name, store, all]);
        }
        opened.close();
    }
    found.workers = (await navigator.serviceWorker.getRegistrations()).length;
    return found;
}"""
NOTHING = {"caches": [], "databases": [], "local": {}, "session": {}, "workers": 0}
OUTSIDE = "/static/core/exit.js"
"""An address of the site that no view answers, so that nothing is cleared by looking."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo whose days are those of the browser."""
    with running_demo(tmp_path_factory.mktemp("offline")) as demo:
        yield demo


@pytest.fixture(autouse=True)
def without_connection(watch: Watch) -> Iterator[None]:
    """Browsers note in the console what could not be reached or was not theirs."""
    yield
    watch.errors[:] = [words for words in watch.errors if "Failed to load resource" not in words]


@pytest.fixture
def person(new_context: NewContext) -> Person:
    """Somebody who has signed up, elsewhere."""
    made = Person(f"{uuid.uuid4().hex[:12]}@example.org")
    context = new_context()
    sign_up(context.new_page(), made)
    context.close()
    return made


@pytest.fixture
def evenings(new_context: NewContext, person: Person) -> Page:
    """A browser of theirs alone in which evenings are turned on."""
    page: Page = new_context().new_page()
    enter(page, person)
    turn_on(page)
    return page


def enter(page: Page, person: Person, *, alone: bool = True) -> None:
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail address").fill(person.email)
    page.locator("input[name=password]").fill(person.password)
    page.locator("input[name=remember]").set_checked(alone)
    press(page, "Sign in")


def turn_on(page: Page) -> None:
    page.goto("/evenings/")
    page.get_by_role("button", name="Turn it on here").click()
    expect(page.get_by_text("It is on here.")).to_be_visible()


def put_away(page: Page, near: int, *, yesterday: bool = False, line: str = "") -> None:
    tap(page, "c1", near)
    page.get_by_label("This is about yesterday").set_checked(yesterday)
    page.get_by_label("One line").fill(line)
    page.get_by_role("button", name="Put it away").click()
    expect(page.get_by_text("Put away.")).to_be_visible()


def without(page: Page) -> None:
    """Take the connection away and open a page, as somebody in a train does."""
    page.context.set_offline(True)
    page.goto("/today/")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()


def rows(demo: Demo, person: Person) -> list[tuple[str, int, int | None]]:
    """Return day, slot and nearness of somebody's check-ins, as they lie in the database."""
    with sqlite3.connect(f"file:{demo.data / 'demo.sqlite3'}?mode=ro", uri=True) as base:
        found = base.execute(
            "SELECT about_on, slot, c1 FROM diary_checkin JOIN accounts_user AS u"
            " ON u.id = owner_id WHERE u.email = ? ORDER BY about_on, slot",
            [person.email],
        ).fetchall()
    return [tuple(row) for row in found]


def soon(page: Page, look: Callable[[], Any], wanted: Any) -> None:
    """Look until it is so."""
    until = time.monotonic() + WITHIN_SECONDS
    while (found := look()) != wanted and time.monotonic() < until:
        page.wait_for_timeout(100)
    assert found == wanted


def kept(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(KEPT)
    return found


def waiting(page: Page) -> int:
    return sum(len(all_) for _, store, all_ in kept(page)["databases"] if store == "waiting")


def local_days(page: Page) -> tuple[str, str]:
    """Return today and yesterday by the clock of the browser; a day ends at four."""
    told = page.evaluate("new Date(Date.now() - 4 * 3600e3).toLocaleDateString('sv')")
    today = date.fromisoformat(told)
    return today.isoformat(), (today - timedelta(days=1)).isoformat()


def test_nothing_is_registered_before_somebody_turns_it_on(
    new_context: NewContext, person: Person
) -> None:
    page = new_context().new_page()
    enter(page, person)
    for path in ("/today/", "/evenings/", "/phone/", "/phone/?name=garden&icon=moon"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert kept(page) == NOTHING
    page.context.set_offline(True)
    with pytest.raises(Exception, match="INTERNET_DISCONNECTED"):
        page.goto("/today/")


def test_it_can_be_installed_under_the_name_and_icon_that_were_chosen(
    new_device: NewDevice, person: Person
) -> None:
    page = new_device("phone").page
    enter(page, person)
    tools = page.context.new_cdp_session(page)
    page.goto("/phone/")
    assert tools.send("Page.getAppManifest")["url"] == ""
    tap(page, "name", "garden")
    tap(page, "icon", "moon")
    press(page, "Choose these")
    told = tools.send("Page.getAppManifest")
    assert told["errors"] == []
    manifest = json.loads(told["data"])
    assert (manifest["name"], manifest["display"]) == ("Garden log", "standalone")
    assert tools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    for icon in manifest["icons"]:
        answer = page.request.get(icon["src"])
        assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
        assert "moon" in icon["src"]


def test_a_walk_over_every_page_leaves_nothing_private(
    new_device: NewDevice, demo: Demo, person: Person
) -> None:
    device: Device = new_device("phone")
    page = device.page
    enter(page, person)
    turn_on(page)
    for path in SIGNED_IN:
        if path != "/account/sign-out/":
            page.goto(path)
    without(page)
    put_away(page, 3, line=LINE)
    found = kept(page)
    assert [
        address for address, _ in found["caches"]
        if not address.startswith(f"{demo.url}/static/")
    ] == [f"{demo.url}/offline/evening/?language=en"]  # fmt: skip
    assert (found["local"], found["session"], found["workers"]) == ({}, {}, 1)
    (box,) = next(all_ for _, store, all_ in found["databases"] if store == "waiting")
    assert set(box) == {"id", "device", "public", "iv", "sealed"}
    (given,) = next(all_ for _, store, all_ in found["databases"] if store == "device")
    assert set(given) == {"device", "key"}
    whole = json.dumps(found)
    for private in (person.email, LINE, "heron", "csrfmiddlewaretoken", "sessionid"):
        assert private not in whole
    device.context.close()
    for words in (LINE.encode(), LINE.encode("utf-16-le"), person.email.encode()):
        assert holding(device.profile, words) == []


def holding(profile: Path, words: bytes) -> list[str]:
    """Return the files of what sites keep that hold these bytes."""
    rooms = ("IndexedDB", "Service Worker", "Local Storage", "Session Storage")
    return [
        str(file)
        for room in rooms
        for file in (profile / "Default" / room).rglob("*")
        if file.is_file() and words in file.read_bytes()
    ]


def test_two_evenings_arrive_once_though_the_answer_is_lost_and_two_tabs_send(
    evenings: Page, demo: Demo, person: Person
) -> None:
    page, context = evenings, evenings.context
    # no lock between tabs: the server alone has to see that it is one evening
    context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    without(page)
    put_away(page, 3, line=LINE)
    put_away(page, 8, yesterday=True)
    assert waiting(page) == 2
    today, yesterday = local_days(page)
    once = [(yesterday, 1, 8), (today, 1, 3)]
    lost: list[int] = []

    def drop_the_answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    context.route("**/evenings/arrive/**", drop_the_answer)
    context.set_offline(False)
    page.goto("/today/")
    soon(page, lambda: len(lost) > 0 and set(lost) == {200}, True)
    page.goto("/days/")
    assert waiting(page) == 2
    assert len(rows(demo, person)) in {1, 2}  # what was taken, the device does not know of
    context.unroute("**/evenings/arrive/**")
    other = context.new_page()
    for tab in (page, other):
        tab.evaluate("address => setTimeout(() => window.location.assign(address))", demo.url)
    for tab in (page, other):
        tab.wait_for_url("**/today/")
    soon(page, lambda: waiting(page), 0)
    soon(page, lambda: rows(demo, person), once)
    for tab in (page, other):
        tab.goto("/today/")
        tab.wait_for_load_state("networkidle")
    assert rows(demo, person) == once
    page.goto(f"/days/{today}/")
    expect(page.locator("main")).to_contain_text(LINE)


def test_it_waits_for_the_same_person_to_sign_in(
    evenings: Page, demo: Demo, person: Person, new_context: NewContext
) -> None:
    page, context = evenings, evenings.context
    without(page)
    put_away(page, 6)
    context.clear_cookies()  # the session has ended meanwhile
    context.set_offline(False)
    expect(page.get_by_text("but nobody is signed in")).to_be_visible()
    expect(page.get_by_text("Evenings that wait on this device: 1")).to_be_visible()
    other = Person(demo.credentials()[0][0], demo.credentials()[0][1])
    before = rows(demo, other)
    enter(page, other)
    page.goto("/evenings/")
    expect(page.get_by_text("Evenings that wait on this device: 1")).to_be_visible()
    expect(page.get_by_role("button", name="Turn it on here")).to_be_visible()
    assert (rows(demo, other), rows(demo, person)) == (before, [])
    context.set_offline(True)  # what the other puts away now is not closed for the first one
    page.goto("/today/")
    tap(page, "c1", 1)
    page.get_by_role("button", name="Put it away").click()
    expect(page.get_by_text("no longer takes evenings")).to_be_visible()
    assert waiting(page) == 1
    context.clear_cookies()
    context.set_offline(False)
    enter(page, person)  # which leads to Today
    expect(page.get_by_text("What waited on this device has arrived.")).to_be_visible()
    assert rows(demo, person) == [(local_days(page)[0], 1, 6)]
    assert (rows(demo, other), waiting(page)) == (before, 0)


def turn_off(page: Page) -> None:
    page.goto("/evenings/")
    page.get_by_role("button", name="Turn it off here").click()
    expect(page.get_by_role("button", name="Turn it on here")).to_be_visible()


def turn_all_off(page: Page) -> None:
    page.goto("/phone/")
    page.get_by_role("button", name="Turn all of it off here").click()
    expect(page.get_by_role("button", name="Turn all of it off here")).to_be_hidden()


def sign_out(page: Page) -> None:
    page.goto("/account/")
    press(page, "Sign out")


def leave(page: Page) -> None:
    page.goto("/today/")
    press(page, "Leave now")


def leave_without_connection(page: Page) -> None:
    without(page)
    page.get_by_role("button", name="Leave now").click()
    page.wait_for_url("https://**")
    page.context.set_offline(False)


@pytest.mark.parametrize("way", [turn_off, turn_all_off, sign_out, leave, leave_without_connection])
def test_afterwards_nothing_is_left(
    evenings: Page, watch: Watch, way: Callable[[Page], None]
) -> None:
    page, context = evenings, evenings.context
    context.route("https://**", lambda route: route.fulfill(body="<title>Weather</title>"))
    without(page)
    put_away(page, 4, line=LINE)
    context.route("**/evenings/arrive/**", lambda route: route.abort())  # it cannot arrive
    context.set_offline(False)
    way(page)
    page.goto(OUTSIDE)
    soon(page, lambda: kept(page), NOTHING)
    context.set_offline(True)
    with pytest.raises(Exception, match="INTERNET_DISCONNECTED"):
        page.goto("/today/")
    watch.foreign[:] = [url for url in watch.foreign if not url.startswith("https://")]


def test_a_shared_device_keeps_nothing_and_says_why(
    new_context: NewContext, person: Person
) -> None:
    page = new_context().new_page()
    enter(page, person, alone=False)
    page.goto("/evenings/")
    expect(page.get_by_role("heading", name="Not on a shared device")).to_be_visible()
    expect(page.get_by_role("button", name="Turn it on here")).to_have_count(0)
    assert kept(page) == NOTHING


def test_on_a_device_that_is_shared_now_what_waits_arrives_and_all_is_turned_off(
    evenings: Page, demo: Demo, person: Person
) -> None:
    page, context = evenings, evenings.context
    without(page)
    put_away(page, 5)
    context.clear_cookies()
    context.set_offline(False)
    enter(page, person, alone=False)
    page.goto("/today/")
    soon(page, lambda: kept(page), NOTHING)
    assert rows(demo, person) == [(local_days(page)[0], 1, 5)]


def test_the_page_without_a_connection_follows_the_language_of_its_person(
    evenings: Page, demo: Demo, person: Person
) -> None:
    choose_language(evenings, "de")
    evenings.goto("/today/")
    wanted = [f"{demo.url}/offline/evening/?language=de"]
    soon(
        evenings, lambda: [one for one, _ in kept(evenings)["caches"] if "/offline/" in one], wanted
    )
    evenings.context.set_offline(True)
    evenings.goto("/today/")
    expect(evenings.get_by_role("heading", name="Keine Verbindung")).to_be_visible()
    assert evenings.evaluate("document.documentElement.lang") == "de"
    tap(evenings, "c1", 2)
    evenings.get_by_role("button", name="Weglegen").click()
    expect(evenings.get_by_text("Weggelegt.")).to_be_visible()
    evenings.context.set_offline(False)
    evenings.goto("/today/")
    soon(evenings, lambda: rows(demo, person), [(local_days(evenings)[0], 1, 2)])


def test_without_a_script_the_pages_say_so_and_nothing_else_changes(
    new_context: NewContext, demo: Demo, person: Person
) -> None:
    page = new_context(javascript=False).new_page()
    enter(page, person)
    page.goto("/evenings/")
    expect(page.get_by_text("It needs a script")).to_be_visible()
    expect(page.get_by_role("button", name="Turn it on here")).to_be_hidden()
    page.goto("/phone/")
    tap(page, "name", "weather")
    press(page, "Choose these")
    assert page.title() == "Weather book"
    page.goto("/checkin/")
    tap(page, "c1", 7)
    page.locator("main form button.button--primary").first.click()
    soon(page, lambda: [near for _, _, near in rows(demo, person)], [7])
