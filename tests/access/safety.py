"""Who gets what answer from the routes of the safety app: public pages are public."""

from __future__ import annotations

from access import Row

ROWS = {
    "safety:landing": Row(anonymous=200, owner="/today/", stranger="/today/"),
    "safety:privacy": Row(anonymous=200, owner=200, stranger=200),
    "safety:limits": Row(anonymous=200, owner=200, stranger=200),
    "safety:promises": Row(anonymous=200, owner=200, stranger=200),
    "safety:cannot": Row(anonymous=200, owner=200, stranger=200),
    "safety:styles": Row(anonymous=200, owner=200, stranger=200),
    "safety:help_fear": Row(anonymous=200, owner=200, stranger=200),
    "safety:leave": Row(method="post", anonymous=200, owner=200, stranger=200),
    "safety:leave get": Row(anonymous=405, owner=405, stranger=405),
}
