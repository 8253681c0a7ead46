"""Who gets what answer from the safety app: public pages, and the quiet check, each their own."""

from __future__ import annotations

from access import Row
from access.accounts import proven

ROWS = {
    "safety:landing": Row(anonymous=200, owner="/today/", stranger="/today/"),
    "safety:privacy": Row(anonymous=200, owner=200, stranger=200),
    "safety:limits": Row(anonymous=200, owner=200, stranger=200),
    "safety:promises": Row(anonymous=200, owner=200, stranger=200),
    "safety:cannot": Row(anonymous=200, owner=200, stranger=200),
    "safety:styles": Row(anonymous=200, owner=200, stranger=200),
    "safety:help_fear": Row(anonymous=200, owner=200, stranger=200),
    "safety:own_part": Row(anonymous=200, owner=200, stranger=200),
    "safety:parted": Row(anonymous=200, owner=200, stranger=200),
    # each their own: nothing in the address names a person
    "safety:quiet": Row(anonymous="sign-in", owner=200, stranger=200),
    "safety:quiet_questions": proven("/quiet/questions/"),
    "safety:quiet_questions post": proven("/quiet/questions/", method="post"),
    "safety:quiet_line": proven("/quiet/line/"),
    "safety:quiet_line post": proven("/quiet/line/", method="post"),
    "safety:leave": Row(method="post", anonymous=200, owner=200, stranger=200),
    "safety:leave get": Row(anonymous=405, owner=405, stranger=405),
}
