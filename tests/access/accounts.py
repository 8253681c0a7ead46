"""Who gets what answer from the routes of the accounts app: each their own account."""

from __future__ import annotations

from typing import Any

from access import Row


def key_of(owner: Any) -> dict[str, str]:
    """Return a reset key that was never given out."""
    return {"uidb36": "1", "key": "set-password"}


ROWS = {
    "accounts:home": Row(anonymous="sign-in", owner=200, stranger=200),
    "accounts:privacy": Row(anonymous="sign-in", owner=200, stranger=200),
    "accounts:export": Row(anonymous="sign-in", owner=200, stranger=200),
    "accounts:export post": Row(method="post", anonymous="sign-in", owner=200, stranger=200),
    "accounts:delete": Row(anonymous="sign-in", owner=200, stranger=200),
    "accounts:delete post": Row(method="post", anonymous="sign-in", owner=200, stranger=200),
    "accounts:gone": Row(anonymous=200, owner=200, stranger=200),
    "account_login": Row(anonymous=200, owner="/today/", stranger="/today/"),
    "account_logout": Row(anonymous="/", owner=200, stranger=200),
    "account_signup": Row(anonymous=200, owner="/today/", stranger="/today/"),
    "account_inactive": Row(anonymous=200, owner=200, stranger=200),
    "account_reauthenticate": Row(anonymous="sign-in", owner=200, stranger=200),
    "account_email_verification_sent": Row(anonymous=200, owner=200, stranger=200),
    "account_change_password": Row(anonymous="sign-in", owner=200, stranger=200),
    "account_reset_password": Row(anonymous=200, owner=200, stranger=200),
    "account_reset_password_done": Row(anonymous=200, owner=200, stranger=200),
    "account_reset_password_from_key": Row(anonymous=200, owner=200, stranger=200, args=key_of),
    "account_reset_password_from_key_done": Row(anonymous=200, owner=200, stranger=200),
}
