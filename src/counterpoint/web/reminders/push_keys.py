"""The keys of this site that sign what goes to devices (VAPID, RFC 8292).

A browser binds its subscription to one public key. The first key of the setting is given to
browsers; the others go on serving those that were given them before.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


def current_key() -> str:
    """Return the public key that browsers are given, in URL-safe base64; empty: no push here."""
    keys: tuple[str, ...] = settings.COUNTERPOINT_PUSH_KEYS
    return public_of(keys[0]) if keys else ""


def private_for(public: str) -> str | None:
    """Return the private key of a public one; nothing where it was taken out of the setting."""
    keys: tuple[str, ...] = settings.COUNTERPOINT_PUSH_KEYS
    return next((key for key in keys if public_of(key) == public), None)


@lru_cache(maxsize=16)
def public_of(private: str) -> str:
    """Return the public key, an uncompressed point in URL-safe base64 without padding."""
    number = int.from_bytes(base64.urlsafe_b64decode(private + "=" * (-len(private) % 4)), "big")
    point = ec.derive_private_key(number, ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
