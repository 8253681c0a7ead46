"""Who gets what answer from the routes of the core app."""

from __future__ import annotations

from access import Row

ROWS = {
    # samples of buttons and fields; holds nothing of anybody
    "core:style": Row(anonymous=200, owner=200, stranger=200),
    "core:phone": Row(anonymous="sign-in", owner=200, stranger=200),
    "core:manifest": Row(anonymous=200, owner=200, stranger=200),
    "core:worker": Row(anonymous=200, owner=200, stranger=200),
    "core:offline": Row(anonymous=200, owner=200, stranger=200),
    # there is no such place outside the demo
    "core:next_day": Row(method="post", anonymous=404, owner=404, stranger=404),
}
