"""Second steps for the cast: a code app, and a passkey made of software."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import struct
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from people import PASSWORD

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.test import Client

    from counterpoint.web.accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def add_app(person: User, *, hours_ago: float = 25.0) -> Authenticator:
    """Give somebody a code app with its recovery codes, added some hours ago."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    from counterpoint.web.accounts.doors import note_change
    from counterpoint.web.accounts.models import DoorChange
    from counterpoint.web.accounts.second_step import seal_secret
    from counterpoint.web.core.clock import machine_now

    made = machine_now() - timedelta(hours=hours_ago)
    app = Authenticator.objects.create(
        user=person, type="totp", created_at=made, data={"secret": seal_secret(person, SECRET)}
    )
    seed = seal_secret(person, RecoveryCodes.generate_seed())
    Authenticator.objects.create(
        user=person, type="recovery_codes", created_at=made, data={"seed": seed, "used_mask": 0}
    )
    note_change(person, DoorChange.Kind.APP_ADDED)
    return app


def code_now(secret: str = SECRET, *, steps: int = 0) -> str:
    """Return the code an app shows now, or some half minutes later."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def recovery_codes(person: User) -> list[str]:
    """Return the unused recovery codes of somebody."""
    from allauth.mfa.models import Authenticator

    row = Authenticator.objects.get(user=person, type="recovery_codes")
    codes: list[str] = row.wrap().get_unused_codes()
    return codes


def prove(browser: Client, **given: str) -> Any:
    """Give the password (and more) on the page that asks again."""
    return browser.post("/account/again/", {"password": PASSWORD, **given})


def sign_in(person: User, browser: Client | None = None, **more: str) -> tuple[Client, Any]:
    """Send the sign-in form and return the browser and the answer."""
    from django.test import Client

    browser = browser or Client()
    data = {"login": person.email, "password": PASSWORD, **more}
    return browser, browser.post("/account/sign-in/", data)


def to_text(raw: bytes) -> str:
    """Write bytes as browsers do in passkey messages."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Passkey:
    """An authenticator made of software: one P-256 key that signs what a browser would."""

    def __init__(self, site: str = "testserver") -> None:
        from cryptography.hazmat.primitives.asymmetric import ec

        self.site = site
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(24)
        self.count = 0

    def make(self, options: dict[str, Any]) -> str:
        """Answer a request to make a passkey."""
        from fido2 import cbor

        numbers = self.key.public_key().public_numbers()
        public = cbor.encode(
            {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"),
             -3: numbers.y.to_bytes(32, "big")}
        )  # fmt: skip
        credential = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        attested = {"fmt": "none", "attStmt": {}, "authData": self._data(0x41) + credential}
        told = self._told("webauthn.create", options)
        return self._answer(told, attestationObject=to_text(cbor.encode(attested)))

    def answer(self, options: dict[str, Any]) -> str:
        """Answer a request to show the passkey."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec

        told = self._told("webauthn.get", options)
        data = self._data(0x01)
        signed = data + hashlib.sha256(told).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(told, authenticatorData=to_text(data), signature=to_text(signature))

    def _told(self, kind: str, options: dict[str, Any]) -> bytes:
        challenge = options["publicKey"]["challenge"]
        said = {"type": kind, "challenge": challenge, "origin": f"https://{self.site}"}
        return json.dumps(said).encode()

    def _data(self, flags: int) -> bytes:
        self.count += 1
        site = hashlib.sha256(self.site.encode()).digest()
        return site + bytes([flags]) + struct.pack(">I", self.count)

    def _answer(self, told: bytes, **parts: str) -> str:
        return json.dumps(
            {
                "id": to_text(self.id),
                "rawId": to_text(self.id),
                "type": "public-key",
                "clientExtensionResults": {},
                "response": {"clientDataJSON": to_text(told), **parts},
            }
        )
