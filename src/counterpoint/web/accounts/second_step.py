"""The second step of signing in: codes from an app, passkeys, recovery codes.

Only what is older than a day counts, whether to open the door or to guard it. Wrong codes are
counted for the pair of account and network address, so that nobody in another place, and nobody
who knows the password, can keep a person out by failing on purpose.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context, ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as passkeys
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import gettext as _

from counterpoint.errors import DataError
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.doors import settled_factors
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.sealed import SealedText
from counterpoint.web.core.neutral import NEUTRAL_TITLE

SEALED = "sealed"
UNREADABLE = (
    ValidationError, InvalidSignature, KeyError, TypeError, ValueError, AttributeError,
)  # fmt: skip
"""What reading a browser's answer may raise: it is somebody else's text."""
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Seals the secrets of second steps under their person's own key, and lets new ones settle."""

    def encrypt(self, text: str) -> str:
        """Seal a secret of whoever is signed in."""
        return seal_secret(User.objects.get(pk=context.request.user.pk), text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret; one that cannot be opened is answered by a random one, so no code fits."""
        try:
            return open_secret(encrypted_text, _who_asks())
        except DataError:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def is_mfa_enabled(self, user: Any, types: list[str] | None = None) -> bool:
        """Whether a second step that counts by now is there, of these types."""
        if user.is_anonymous:
            return False
        settled = settled_factors(user)
        return any(types is None or row.type in types for row in settled)

    def get_totp_label(self, user: User) -> str:  # noqa: ARG002 - allauth's signature
        """Name the account in a code app without naming the person or the topic."""
        return NEUTRAL_TITLE

    def get_totp_issuer(self) -> str:
        """Name the site in a code app without naming the topic."""
        return NEUTRAL_TITLE

    def build_totp_svg(self, url: str) -> str:
        """Draw the square code an app reads, without a style of its own."""
        return draw_square_code(url)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the site to the browser's passkey dialogue without naming the topic."""
        return {"id": context.request.get_host().partition(":")[0], "name": NEUTRAL_TITLE}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Name the person to the browser's passkey dialogue by a number that says nothing."""
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": NEUTRAL_TITLE, "display_name": NEUTRAL_TITLE}


def seal_secret(owner: User, text: str) -> str:
    """Return a secret as it may lie in the database: whose it is, and sealed under their key."""
    sealed = keys.seal(owner, _place(owner), text)
    return f"{SEALED}:{owner.pk.hex}:{base64.b64encode(sealed).decode('ascii')}"


def open_secret(text: str, asked_by: UUID | None = None) -> str:
    """Open a sealed secret.

    Raises
    ------
    DataError
        If it is damaged, its key is gone, or somebody else asks for it.
    """
    owner, sealed = _apart(text)
    if asked_by is not None and asked_by != owner.pk:
        raise DataError(keys.CANNOT_BE_READ)
    return keys.open_sealed(owner, _place(owner), sealed)


class SealedSecrets:
    """Where the secrets of second steps lie, for a change of keys."""

    column = "mfa.Authenticator.data"

    def texts(self, owner: User) -> Any:
        """Yield the sealed secrets of a person."""
        for row in Authenticator.objects.filter(user_id=owner.pk, type__in=SECRETS):
            name = SECRETS[row.type]
            try:
                _, sealed = _apart(row.data[name])
            except (DataError, KeyError):
                continue
            yield SealedText(_place(owner), sealed, _replacing(owner, row, name))


def count_try(request: HttpRequest, user: User, *, what: str = "second") -> Callable[[], None]:
    """Count a try of this account from this address, and return what forgets it again.

    Raises
    ------
    django.core.exceptions.ValidationError
        After too many tries in a few minutes.
    """
    adapter = get_account_adapter(request)
    key = f"{what}:{user.pk}:{adapter.get_client_ip(request)}"
    if not ratelimit.consume(request, action="login_failed", key=key):
        raise adapter.validation_error("too_many_login_attempts")
    return lambda: ratelimit.clear(request, action="login_failed", key=key)


def factor_of_code(request: HttpRequest, user: User, code: str) -> Authenticator | None:
    """Return the settled factor that a typed code belongs to; a recovery code is used up."""
    forget = count_try(request, user)
    for factor in settled_factors(user):
        if factor.type != Authenticator.Type.WEBAUTHN and factor.wrap().validate_code(code):
            forget()
            return factor
    return None


def factor_of_credential(request: HttpRequest, user: User, credential: Any) -> Authenticator | None:
    """Return the settled passkey that answered the browser's challenge, or ``None``."""
    forget = count_try(request, user)
    try:
        passkeys.parse_authentication_response(credential)
        factor = passkeys.complete_authentication(user, credential)
    except UNREADABLE:
        return None
    if factor.pk not in {row.pk for row in settled_factors(user)}:
        return None
    forget()
    return factor


def passkey_challenge(user: User) -> str:
    """Return what the browser needs to ask for a passkey, as JSON; empty without a settled one."""
    if not any(row.type == Authenticator.Type.WEBAUTHN for row in settled_factors(user)):
        return ""
    return as_json(passkeys.begin_authentication(user))


def as_json(value: object) -> str:
    """Return a value as JSON for an attribute of a page."""
    return json.dumps(value, cls=DjangoJSONEncoder)


def draw_square_code(text: str) -> str:
    """Draw a QR code as SVG: one path, dark on light in every theme, so that phones read it."""
    import qrcode  # noqa: PLC0415 - only this page needs it

    code = qrcode.QRCode(border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    side = len(rows)
    label = escape(_("A square code for your app; the same as the letters below"))
    return (
        f'<svg class="square-code" viewBox="0 0 {side} {side}" role="img" '
        f'aria-label="{label}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )


def _place(owner: User) -> keys.Place:
    return keys.Place("mfa.Authenticator", owner.pk, "secret")


def _apart(text: str) -> tuple[User, bytes]:
    try:
        mark, owner_id, encoded = text.split(":")
        sealed = base64.b64decode(encoded, validate=True)
        key = UUID(hex=owner_id)
    except (ValueError, binascii.Error, AttributeError) as error:
        raise DataError(keys.CANNOT_BE_READ) from error
    owner = User.objects.filter(pk=key).first()
    if mark != SEALED or owner is None:
        raise DataError(keys.CANNOT_BE_READ)
    return owner, sealed


def _who_asks() -> UUID | None:
    """Return whose secret may be opened: of who is signed in, or who is about to be."""
    request = context.request
    if request is None:
        return None
    if request.user.is_authenticated:
        key: UUID = request.user.pk
        return key
    stage = getattr(request, "_login_stage", None)
    return None if stage is None or stage.login.user is None else stage.login.user.pk


def _replacing(owner: User, row: Authenticator, name: str) -> Callable[[bytes], bool]:
    before = dict(row.data)

    def replace(sealed: bytes) -> bool:
        encoded = base64.b64encode(sealed).decode("ascii")
        after = {**before, name: f"{SEALED}:{owner.pk.hex}:{encoded}"}
        rows = Authenticator.objects.filter(pk=row.pk, data=before)
        changed: int = rows.update(data=after)
        return changed == 1

    return replace
