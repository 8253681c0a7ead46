"""Notes on a device, in a real Chromium.

A real subscription needs the push service of the browser's maker, which no test here may ask. So
the page's way to it stands on a stand-in: `SERVICE` gives out an address as the service would,
with real keys. All else is real: the page, the worker, the permission, the message that the
browser hands to the worker (``ServiceWorker.deliverPushMessage``), the note that is shown. What
travels in between is unsealed in ``tests/web/reminders/test_push.py``.
"""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, Worker, expect

from e2e.conftest import Demo, Device, NewContext, NewDevice, Watch
from pushbox import Browser

TURN_ON = "Turn it on for this device"
SAID = "It is turned on for this device."
SERVICE = """
const told = %s;
const bytes = (text) => Uint8Array.from(
  atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0)).buffer;
const made = (key, endpoint) => ({
  endpoint, options: { applicationServerKey: bytes(key), userVisibleOnly: true },
  toJSON: () => ({ ...told, endpoint }),
  unsubscribe: async () => { sessionStorage.removeItem("service"); return true; },
});
PushManager.prototype.subscribe = async function ({ applicationServerKey, userVisibleOnly }) {
  if (!userVisibleOnly) throw new Error("silent notes are not wanted");
  const number = Number(sessionStorage.getItem("asked") ?? 0) + 1;
  sessionStorage.setItem("asked", number);
  const kept = [applicationServerKey, `${told.endpoint}-${number}`];
  sessionStorage.setItem("service", JSON.stringify(kept));
  return made(...kept);
};
PushManager.prototype.getSubscription = async function () {
  const kept = sessionStorage.getItem("service");
  return kept && made(...JSON.parse(kept));
};
"""
IN_WORKER = """
([endpoint, key, told]) => {
  const bytes = Uint8Array.from(
    atob(key.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0)).buffer;
  self.made = (endpoint) => ({
    endpoint, options: { applicationServerKey: bytes }, toJSON: () => ({ ...told, endpoint }) });
  PushManager.prototype.getSubscription = async () => self.made(endpoint);
  PushManager.prototype.subscribe = async () => self.made(`${endpoint}-fresh`);
}
"""
CHANGE = """
async (old) => {
  const event = new Event("pushsubscriptionchange");
  event.waitUntil = (done) => { self.done = done; };
  if (old) event.oldSubscription = self.made(old);
  self.dispatchEvent(event);
  await self.done;
}
"""
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
NOTES = """
async () => (await self.registration.getNotifications()).map(
  ({ title, body, tag, data, renotify }) => ({ title, body, tag, data, renotify }))
"""


def marks(demo: Demo) -> set[str]:
    """Return the mark of each device that the site knows."""
    with sqlite3.connect(demo.data / "demo.sqlite3") as database:
        rows = database.execute("SELECT endpoint_mark FROM reminders_pushdevice").fetchall()
    return {row[0] for row in rows}


def sign_in(page: Page, demo: Demo, *, alone: bool = True) -> None:
    email, password = demo.credentials()[0]
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.locator("input[name=password]").fill(password)
    if alone:
        page.get_by_label("Only I use this device").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture
def told() -> dict[str, Any]:
    """What the stand-in of the service gives out, with keys of a browser."""
    browser = Browser("chromium")
    browser.key = "given by the page"
    return {name: value for name, value in browser.told.items() if name != "key"}


@pytest.fixture
def device(new_device: NewDevice, demo: Demo, told: dict[str, Any]) -> Device:
    """A browser whose person signed in on a device of their own, and allows notes."""
    with sqlite3.connect(demo.data / "demo.sqlite3") as database:
        database.execute("DELETE FROM reminders_pushdevice")  # those of other tests here
    device = new_device("phone")
    device.context.grant_permissions(["notifications"], origin=demo.url)
    device.context.add_init_script(SERVICE % json.dumps(told))
    sign_in(device.page, demo)
    return device


def turn_on(device: Device) -> Worker:
    """Turn it on, and return the worker that is there then."""
    page = device.page
    page.goto("/reminders/")
    page.get_by_role("button", name=TURN_ON).click()
    expect(page.get_by_text(SAID)).to_be_visible()
    (worker,) = device.context.service_workers
    return worker


def registration_of(page: Page, cdp: CDPSession) -> str:
    """Return the id of the one registration."""
    found: list[str] = []
    cdp.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(each["registrationId"] for each in told["registrations"]),
    )
    cdp.send("ServiceWorker.enable")
    for _ in range(50):
        if found:
            break
        page.wait_for_timeout(100)
    return found[-1]


def deliver(device: Device, demo: Demo, data: str) -> None:
    """Let the browser hand a message to the worker, as its push service would."""
    cdp = device.context.new_cdp_session(device.page)
    sent = {"origin": demo.url, "registrationId": registration_of(device.page, cdp), "data": data}
    cdp.send("ServiceWorker.deliverPushMessage", sent)
    device.page.wait_for_timeout(500)
    cdp.detach()


def message(title: str, body: str) -> str:
    told = {"web_push": 8030, "notification": {"title": title, "body": body, "navigate": "/x"}}
    return json.dumps(told).ljust(1024)


def test_there_is_no_worker_until_it_is_turned_on_and_then_the_list_knows_this_device(
    device: Device, demo: Demo
) -> None:
    page = device.page
    page.goto("/reminders/")
    expect(page.get_by_role("button", name=TURN_ON)).to_be_visible()
    assert device.context.service_workers == []
    worker = turn_on(device)
    assert "for=push" in worker.url
    assert len(marks(demo)) == 1
    expect(page.locator("#devices").get_by_text("this device", exact=True)).to_be_visible()
    expect(page.get_by_role("radio", name="On a device of mine")).to_be_checked()
    page.get_by_role("button", name="Turn it off for this device").click()
    expect(page.get_by_role("button", name=TURN_ON)).to_be_visible()
    assert marks(demo) == set()
    assert page.evaluate(WORKERS) == 0


def test_a_message_is_shown_with_its_words_and_anything_else_with_our_own(
    device: Device, demo: Demo
) -> None:
    worker = turn_on(device)
    for data, title, body in (
        (message("Tea", "A minute for you?"), "Tea", "A minute for you?"),
        ("no json", "Notes", "A minute for you?"),
        (message("", "x"), "Notes", "A minute for you?"),
        (json.dumps({"notification": {"title": 5}}), "Notes", "A minute for you?"),
        ("", "Notes", "A minute for you?"),
    ):
        deliver(device, demo, data)
        (note,) = worker.evaluate(NOTES)
        assert (note["title"], note["body"]) == (title, body)
        assert (note["tag"], note["data"]) == ("note", None)


def test_a_repeat_takes_the_place_of_the_note_and_rings_once(device: Device, demo: Demo) -> None:
    worker = turn_on(device)
    rung = []
    for _ in range(2):
        deliver(device, demo, message("Tea", "A minute for you?"))
        rung.append([note["renotify"] for note in worker.evaluate(NOTES)])
    assert rung == [[True], [False]]


def test_the_worker_renews_an_address_by_itself_and_ends_it_at_sign_out(
    device: Device, demo: Demo, told: dict[str, Any]
) -> None:
    worker = turn_on(device)
    page = device.page
    key = page.locator("#devices").get_attribute("data-key")
    endpoint = json.loads(page.evaluate("sessionStorage.getItem('service')"))[1]
    worker.evaluate(IN_WORKER, [endpoint, key, told])
    (before,) = marks(demo)
    worker.evaluate(CHANGE, endpoint)
    (after,) = marks(demo)
    assert after != before
    worker.evaluate(IN_WORKER, [f"{endpoint}-fresh", key, told])
    page.goto("/account/sign-out/")
    page.get_by_role("main").get_by_role("button", name=re.compile("Sign out")).click()
    page.wait_for_timeout(1500)
    assert marks(demo) == set()
    assert page.evaluate(WORKERS) == 0


def test_leaving_at_once_ends_it_too(
    device: Device, demo: Demo, told: dict[str, Any], watch: Watch
) -> None:
    worker = turn_on(device)
    page = device.page
    key = page.locator("#devices").get_attribute("data-key")
    endpoint = json.loads(page.evaluate("sessionStorage.getItem('service')"))[1]
    worker.evaluate(IN_WORKER, [endpoint, key, told])
    page.route(re.compile("wikipedia"), lambda route: route.fulfill(body="elsewhere"))
    page.get_by_role("button", name="Leave now").click()
    page.wait_for_timeout(1500)
    assert marks(demo) == set()
    watch.foreign[:] = [url for url in watch.foreign if not url.startswith("https://")]
    page.goto("/")
    assert page.evaluate(WORKERS) == 0


def test_taken_off_elsewhere_it_does_not_come_back_by_itself(device: Device, demo: Demo) -> None:
    turn_on(device)
    page = device.page
    page.locator("#devices").get_by_role("button", name="Take it off").click()
    expect(page.get_by_text("The device is off the list.")).to_be_visible()
    expect(page.get_by_role("button", name=TURN_ON)).to_be_visible()
    assert marks(demo) == set()
    assert page.evaluate("sessionStorage.getItem('service')") is None


def test_a_browser_that_says_no_is_told_that_mail_stays(
    new_context: NewContext, demo: Demo, told: dict[str, Any]
) -> None:
    context = new_context()
    context.add_init_script(
        "Object.defineProperty(Notification, 'permission', { get: () => 'denied' });"
    )
    page = context.new_page()
    sign_in(page, demo)
    page.goto("/reminders/")
    expect(page.get_by_text("notes from this site are blocked")).to_be_visible()
    expect(page.get_by_role("button", name=TURN_ON)).to_be_hidden()


def test_a_service_that_gives_no_address_changes_nothing(new_device: NewDevice, demo: Demo) -> None:
    """This is the real subscription, which cannot be had here: so it is the failing one."""
    device = new_device("without")
    device.context.grant_permissions(["notifications"], origin=demo.url)
    device.context.add_init_script(
        "PushManager.prototype.subscribe = async () => { throw new DOMException('no'); };"
    )
    sign_in(device.page, demo)
    page = device.page
    page.goto("/reminders/")
    page.get_by_role("button", name=TURN_ON).click()
    expect(page.get_by_text("It could not be turned on just now.")).to_be_visible()
    assert page.evaluate(WORKERS) == 0


def test_on_a_shared_device_there_is_no_button(new_context: NewContext, demo: Demo) -> None:
    page = new_context().new_page()
    sign_in(page, demo, alone=False)
    page.goto("/reminders/")
    expect(page.get_by_text("you did not say that only you use this device")).to_be_visible()
    expect(page.get_by_role("button", name=TURN_ON)).to_have_count(0)
