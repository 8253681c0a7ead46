"""Who gets what answer from reminders and from the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from access import Row

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User


def stop_link(owner: User) -> dict[str, Any]:
    """Return the link that ends the owner's messages; whoever has it may follow it."""
    from counterpoint.web.reminders.kinds import Kind
    from counterpoint.web.reminders.message import Reminder, read_stop_token
    from reminding import choose

    choice = choose(owner)
    reminder = Reminder(owner, Kind.EVENING, choice.changed_at.date(), str(choice.stop_id))
    token = reminder.stop_address.rstrip("/").rpartition("/")[2]
    assert read_stop_token(token)
    return {"token": token}


def made_up(owner: User) -> dict[str, Any]:
    """Return a token that nobody made."""
    return {"token": "made-up"}


def feed_address(owner: User) -> dict[str, Any]:
    """Return the secret address of the owner's times; a calendar that has it may fetch them."""
    from counterpoint.web.reminders.feeds import renew_feed

    return {"token": renew_feed(owner)}


def own_device(owner: User) -> dict[str, Any]:
    """Return a device of the owner."""
    from counterpoint.web.reminders.models import PushDevice
    from pushbox import add_browser

    add_browser(owner)
    return {"device_id": PushDevice.objects.get(owner=owner).pk}


ROWS = {
    "reminders:page": Row(anonymous="sign-in", owner=200, stranger=200),
    "reminders:page post": Row(
        anonymous="sign-in", owner=422, stranger=422, method="post", data={"evening_at": "noon"}
    ),
    "reminders:renew_feed": Row(anonymous="sign-in", owner=405, stranger=405),
    "reminders:renew_feed post": Row(anonymous="sign-in", owner=200, stranger=200, method="post"),
    "reminders:end_feed": Row(anonymous="sign-in", owner=405, stranger=405),
    "reminders:end_feed post": Row(
        anonymous="sign-in", owner="/reminders/", stranger="/reminders/", method="post"
    ),
    "reminders:add_device": Row(anonymous="sign-in", owner=405, stranger=405),
    "reminders:add_device post": Row(anonymous="sign-in", owner=422, stranger=422, method="post"),
    "reminders:end_device": Row(anonymous="sign-in", owner=405, stranger=405, args=own_device),
    "reminders:end_device post": Row(
        anonymous="sign-in", owner="/reminders/", stranger=404, args=own_device, method="post"
    ),
    "reminders:renew_device": Row(anonymous=405, owner=405, stranger=405),
    "reminders:renew_device post": Row(anonymous=422, owner=422, stranger=422, method="post"),
    "reminders:file": Row(anonymous="sign-in", owner=200, stranger=200),
    "reminders:stop": Row(anonymous=200, owner=200, stranger=200, args=stop_link),
    "reminders:stop post": Row(
        anonymous=200, owner=200, stranger=200, args=stop_link, method="post"
    ),
    "reminders:stop made up": Row(anonymous=404, owner=404, stranger=404, args=made_up),
    "reminders:stop made up post": Row(
        anonymous=404, owner=404, stranger=404, args=made_up, method="post"
    ),
    "reminders:feed": Row(anonymous=200, owner=200, stranger=200, args=feed_address),
    "reminders:feed made up": Row(anonymous=404, owner=404, stranger=404, args=made_up),
}
