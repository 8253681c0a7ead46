"""Boxes that a device can close and only the server can open. Pure.

A device that takes evenings without a connection is given a public key (P-256). For each evening
the browser makes a key pair of its own, agrees with the public key on a secret, seals the evening
under it with AES-GCM, and forgets its half: from then on nobody with the device in their hands can
read what waits on it, by no tool of the browser either.

    secret = ECDH(own private, public of the device)
    key    = HKDF-SHA256(secret, salt = own public || public of the device, info = "evening")
    box    = AES-256-GCM(key, iv, text, associated data = id of the box)
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from counterpoint.errors import DataError

CURVE = ec.SECP256R1()
INFO = b"evening"
KEY_BYTES = 32
IV_BYTES = 12


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Both halves of a device's key, in base64.

    Parameters
    ----------
    public
        Uncompressed point of 65 bytes, for the browser.
    private
        PKCS 8, never to leave the server.
    """

    public: str
    private: str


@dataclass(frozen=True, slots=True)
class Box:
    """A closed box as it arrives; all but the id in base64.

    Parameters
    ----------
    id
        Drawn by the device when it was closed; sealed in.
    public
        The browser's own half, 65 bytes.
    iv
        12 bytes.
    sealed
        The text with its tag.
    """

    id: str
    public: str
    iv: str
    sealed: str


def make_pair() -> KeyPair:
    """Return a new key for a device."""
    private = ec.generate_private_key(CURVE)
    return KeyPair(
        base64.b64encode(_point(private.public_key())).decode("ascii"),
        base64.b64encode(
            private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ).decode("ascii"),
    )


def open_box(private: str, box: Box) -> bytes:
    """Return what is in a box.

    Parameters
    ----------
    private
        The private half of `make_pair`.
    box
        As it arrived.

    Raises
    ------
    DataError
        If it was closed for another key, was changed on the way, or is none.
    """
    try:
        key = load_der_private_key(base64.b64decode(private), password=None)
        own = base64.b64decode(box.public, validate=True)
        iv = base64.b64decode(box.iv, validate=True)
        sealed = base64.b64decode(box.sealed, validate=True)
        other = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, own)
    except (binascii.Error, ValueError) as error:
        raise DataError("this is no box") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or len(iv) != IV_BYTES:
        raise DataError("this is no box")
    secret = key.exchange(ec.ECDH(), other)
    salt = own + _point(key.public_key())
    derived = HKDF(hashes.SHA256(), KEY_BYTES, salt, INFO).derive(secret)
    try:
        return AESGCM(derived).decrypt(iv, sealed, box.id.encode("ascii"))
    except (InvalidTag, UnicodeEncodeError, ValueError) as error:
        raise DataError("this box cannot be opened") from error


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
