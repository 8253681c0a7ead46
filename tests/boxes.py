"""The browser's side of an evening that waits: closing a box as ``evenings.js`` does."""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def close_box(given: dict[str, str], told: Any, *, box_id: str = "") -> dict[str, str]:
    """Return what a device sends: `told` closed for the key it was given."""
    box_id = box_id or str(uuid.uuid4())
    theirs = base64.b64decode(given["key"])
    own = ec.generate_private_key(ec.SECP256R1())
    half = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
    shared = own.exchange(ec.ECDH(), other)
    key = HKDF(hashes.SHA256(), 32, half + theirs, b"evening").derive(shared)
    iv = secrets.token_bytes(12)
    text = told if isinstance(told, bytes) else json.dumps(told).encode()
    sealed = AESGCM(key).encrypt(iv, text, box_id.encode())
    parts = {"public": half, "iv": iv, "sealed": sealed}
    coded = {name: base64.b64encode(part).decode() for name, part in parts.items()}
    return {"id": box_id, "device": given["device"], **coded}
