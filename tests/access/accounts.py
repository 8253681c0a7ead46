"""Who gets what answer from the routes of the accounts app: each their own account."""

from __future__ import annotations

from typing import Any

from access import Row


def key_of(owner: Any) -> dict[str, str]:
    """Return a reset key that was never given out."""
    return {"uidb36": "1", "key": "set-password"}


def own_visit(owner: Any) -> dict[str, Any]:
    """Return the address that ends a session of the owner's on another device."""
    from counterpoint.web.accounts.models import Visit
    from factories import browser_of

    browser_of(owner)
    return {"visit_id": Visit.objects.filter(owner=owner).latest("began_at").pk}


def some_mark(owner: Any) -> dict[str, str]:
    """Return a mark that is nobody's passkey; proof is asked for before it is looked up."""
    return {"mark": "0" * 20}


def some_token(owner: Any) -> dict[str, str]:
    """Return a token that was never sent."""
    return {"token": "never-sent"}


def again(path: str) -> str:
    """Return where a page leads to that asks for fresh proof first."""
    return f"/account/again/?next={path.replace('/', '%2F')}"


def proven(path: str, method: str = "get") -> Row:
    """Return the row of a page that asks for fresh proof first."""
    return Row(anonymous="sign-in", owner=again(path), stranger=again(path), method=method)


ROWS = {
    "accounts:home": Row(anonymous="sign-in", owner=200, stranger=200),
    "accounts:home post": Row(method="post", anonymous="sign-in", owner=200, stranger=200),
    "accounts:privacy": Row(anonymous="sign-in", owner=200, stranger=200),
    "accounts:privacy post": Row(
        method="post", anonymous="sign-in", owner="/today/", stranger="/today/"
    ),
    "accounts:export": Row(anonymous="sign-in", owner=200, stranger=200),
    "accounts:export post": Row(method="post", anonymous="sign-in", owner=200, stranger=200),
    "accounts:delete": Row(anonymous="sign-in", owner=200, stranger=200),
    "accounts:delete post": Row(method="post", anonymous="sign-in", owner=200, stranger=200),
    "accounts:language": Row(method="post", anonymous="/", owner="/", stranger="/"),
    "accounts:seen": Row(anonymous="sign-in", owner=200, stranger=200),
    "accounts:address": proven("/account/address/"),
    "accounts:address post": proven("/account/address/", method="post"),
    "accounts:address_code": proven("/account/address/code/"),
    "accounts:address_code post": proven("/account/address/code/", method="post"),
    "accounts:address_keep get": proven("/account/address/keep/"),
    "accounts:address_keep": proven("/account/address/keep/", method="post"),
    "accounts:address_undo": Row(anonymous=200, owner=200, stranger=200, args=some_token),
    "accounts:address_undo post": Row(
        method="post", anonymous=200, owner=200, stranger=200, args=some_token
    ),
    "accounts:remove_key": Row(
        anonymous="sign-in",
        owner=again(f"/account/door/key/{'0' * 20}/remove/"),
        stranger=again(f"/account/door/key/{'0' * 20}/remove/"),
        args=some_mark,
    ),
    "accounts:remove_key post": Row(
        method="post",
        anonymous="sign-in",
        owner=again(f"/account/door/key/{'0' * 20}/remove/"),
        stranger=again(f"/account/door/key/{'0' * 20}/remove/"),
        args=some_mark,
    ),
    "accounts:end_others": Row(anonymous="sign-in", owner=405, stranger=405),
    "accounts:end_others post": Row(
        method="post", anonymous="sign-in", owner="/account/door/", stranger="/account/door/"
    ),
    "accounts:end_one": Row(anonymous="sign-in", owner=405, stranger=405, args=own_visit),
    "accounts:end_one post": Row(
        method="post", anonymous="sign-in", owner="/account/door/", stranger=404, args=own_visit
    ),
    "mfa_index": Row(anonymous="sign-in", owner=200, stranger=200),
    "mfa_activate_totp": proven("/account/door/app/"),
    "mfa_activate_totp post": proven("/account/door/app/", method="post"),
    "mfa_deactivate_totp": proven("/account/door/app/remove/"),
    "mfa_deactivate_totp post": proven("/account/door/app/remove/", method="post"),
    "mfa_add_webauthn": proven("/account/door/key/"),
    "mfa_add_webauthn post": proven("/account/door/key/", method="post"),
    "mfa_view_recovery_codes": proven("/account/door/codes/"),
    "mfa_view_recovery_codes post": proven("/account/door/codes/", method="post"),
    "mfa_generate_recovery_codes": proven("/account/door/codes/new/"),
    "mfa_generate_recovery_codes post": proven("/account/door/codes/new/", method="post"),
    "mfa_authenticate": Row(anonymous="sign-in", owner="/today/", stranger="/today/"),
    "mfa_authenticate post": Row(
        method="post", anonymous="sign-in", owner="/today/", stranger="/today/"
    ),
    "accounts:gone": Row(anonymous=200, owner=200, stranger=200),
    "account_login": Row(anonymous=200, owner="/today/", stranger="/today/"),
    "account_login post": Row(method="post", anonymous=200, owner="/today/", stranger="/today/"),
    "account_logout": Row(anonymous="/", owner=200, stranger=200),
    "account_logout post": Row(method="post", anonymous="/", owner="/", stranger="/"),
    "account_signup": Row(anonymous=200, owner="/today/", stranger="/today/"),
    "account_signup post": Row(method="post", anonymous=200, owner="/today/", stranger="/today/"),
    "account_inactive": Row(anonymous=200, owner=200, stranger=200),
    "account_reauthenticate": Row(anonymous="sign-in", owner=200, stranger=200),
    "account_reauthenticate post": Row(method="post", anonymous="sign-in", owner=200, stranger=200),
    "account_email_verification_sent": Row(anonymous=200, owner=200, stranger=200),
    "account_change_password": Row(anonymous="sign-in", owner=200, stranger=200),
    "account_change_password post": Row(
        method="post", anonymous="sign-in", owner=200, stranger=200
    ),
    "account_reset_password": Row(anonymous=200, owner=200, stranger=200),
    "account_reset_password post": Row(method="post", anonymous=200, owner=200, stranger=200),
    "account_reset_password_done": Row(anonymous=200, owner=200, stranger=200),
    "account_reset_password_from_key": Row(anonymous=200, owner=200, stranger=200, args=key_of),
    "account_reset_password_from_key post": Row(
        method="post", anonymous=200, owner=200, stranger=200, args=key_of
    ),
    "account_reset_password_from_key_done": Row(anonymous=200, owner=200, stranger=200),
}
