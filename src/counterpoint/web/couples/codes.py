"""Codes that one person hands to another: 128 bits, written so that they can be read aloud."""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID

CODE_BYTES = 16
GROUP = 5
ALPHABET = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""Letters that look like digits are never written; read as the digit when somebody types them."""

CHECK_DIGITS = 6


def code_of(secret: str, owner: UUID, submission_key: UUID) -> str:
    """Return the code that one page of one person makes, the same when it is sent twice.

    Parameters
    ----------
    secret
        The site's secret.
    owner
        Who makes it.
    submission_key
        Random key of the page it is made on.

    Returns
    -------
    str
        26 letters and digits in groups of five, such as ``7Q2M9-...``.
    """
    told = f"code|{owner}|{submission_key}".encode()
    digest = hmac.new(secret.encode(), told, hashlib.sha256).digest()[:CODE_BYTES]
    letters = base64.b32encode(digest).decode().rstrip("=").translate(ALPHABET)
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def hash_of(code: str) -> str:
    """Return what is kept of a code, however it was typed: its SHA-256, in hexadecimal.

    A code holds 128 random bits, so a plain hash cannot be searched.
    """
    plain = "".join(letter for letter in code.upper() if letter.isalnum()).translate(READ_AS)
    return hashlib.sha256(plain.encode()).hexdigest()


def check_number(couple_id: UUID) -> str:
    """Return the number both pages show before two people join, to be compared aloud."""
    digest = hashlib.sha256(f"check|{couple_id}".encode()).digest()
    number = int.from_bytes(digest[:8]) % 10**CHECK_DIGITS
    text = f"{number:0{CHECK_DIGITS}d}"
    return f"{text[:3]} {text[3:]}"
