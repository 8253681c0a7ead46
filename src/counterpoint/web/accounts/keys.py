"""Sealing people's own words: envelope encryption with a key per account.

A person's words are sealed with AES-256-GCM under a data key of their own. The data key is
itself sealed ("wrapped") by a master key that lives in a file outside the database. The place of
a text (account, model, row, field) is bound into its seal, so a sealed text moved to another
place cannot be opened there. Deleting the data key destroys every word sealed under it.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import IntegrityError, transaction

from counterpoint.errors import DataError, SetupError
from counterpoint.web.accounts.models import DataKey, User

FORMAT = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32
CANNOT_BE_READ = "cannot be read"
"""What stands on a page where a sealed text is damaged."""


class Place(NamedTuple):
    """Where a sealed text lives.

    Parameters
    ----------
    model
        Label of the model, such as ``diary.Checkin``.
    row
        Primary key of the row.
    field
        Name of the field.
    """

    model: str
    row: UUID | str
    field: str


class MasterKeys(NamedTuple):
    """The master keys of a site: the current one seals, all of them open."""

    current: str
    by_id: dict[str, bytes]


def read_master_keys(path: Path) -> MasterKeys:
    """Read a master key file.

    Raises
    ------
    SetupError
        If the file is missing or a line in it is no key.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(
            f"COUNTERPOINT_KEY_FILE cannot be read: {path} (people's own words need it)"
        ) from error
    keys: dict[str, bytes] = {}
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        key_id, _, encoded = text.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if not key_id or len(key_id) > 32 or len(key) != KEY_BYTES or key_id in keys:
            raise SetupError(
                f"COUNTERPOINT_KEY_FILE, line {number}: expected <id>:<32 bytes in base64>"
            )
        keys[key_id] = key
    if not keys:
        raise SetupError(f"COUNTERPOINT_KEY_FILE holds no key: {path}")
    return MasterKeys(next(iter(keys)), keys)


@lru_cache(maxsize=4)
def _master_keys(path: Path) -> MasterKeys:
    return read_master_keys(path)


def master_keys() -> MasterKeys:
    """Return the master keys of this site, read once per process."""
    return _master_keys(Path(settings.COUNTERPOINT_KEY_FILE))


def seal(owner: User, place: tuple[str, UUID | str, str], text: str) -> bytes:
    """Seal one text of a person for one place.

    Parameters
    ----------
    owner
        Whose words they are; a data key is made with their first.
    place
        Model label, row id and field name.
    text
        What they wrote.

    Returns
    -------
    bytes
        Format byte, nonce (12 bytes), ciphertext and tag (16 bytes).
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(_data_key(owner, make=True))
    words = text.encode("utf-8", errors="replace")
    return FORMAT + nonce + cipher.encrypt(nonce, words, _bound(owner, place))


def open_sealed(owner: User, place: tuple[str, UUID | str, str], sealed: bytes) -> str:
    """Open one sealed text.

    Raises
    ------
    DataError
        If it is damaged, was sealed for another place or person, or its key is gone.
    """
    raw = bytes(sealed)
    if raw[:1] != FORMAT or len(raw) < 1 + NONCE_BYTES + 16:
        raise DataError(CANNOT_BE_READ)
    nonce, body = raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :]
    try:
        words = AESGCM(_data_key(owner, make=False)).decrypt(nonce, body, _bound(owner, place))
    except InvalidTag as error:
        raise DataError(CANNOT_BE_READ) from error
    return words.decode("utf-8", errors="replace")


def read_sealed(owner: User, place: tuple[str, UUID | str, str], sealed: bytes) -> str:
    """Open one sealed text for a page; a damaged one says that it cannot be read."""
    try:
        return open_sealed(owner, place, sealed)
    except DataError:
        return CANNOT_BE_READ


def destroy_key(owner: User) -> None:
    """Delete a person's data key: whatever was sealed under it is gone for good."""
    DataKey.objects.filter(owner_id=owner.pk).delete()
    if hasattr(owner, "_opened_data_key"):
        delattr(owner, "_opened_data_key")


def _bound(owner: User, place: tuple[str, UUID | str, str]) -> bytes:
    model, row, field = place
    return "|".join((str(owner.pk), model, str(row), field)).encode("utf-8")


def _data_key(owner: User, *, make: bool) -> bytes:
    """Return a person's data key, opened once per user object."""
    # getattr, not __dict__: request.user is a lazy object whose own __dict__ is not the user's
    opened = getattr(owner, "_opened_data_key", None)
    if isinstance(opened, bytes):
        return opened
    row = DataKey.objects.filter(owner_id=owner.pk).first()
    if row is None and make:
        row = _make_data_key(owner)
    if row is None:
        raise DataError(CANNOT_BE_READ)
    key = _unwrap(row)
    setattr(owner, "_opened_data_key", key)  # noqa: B010 - also through Django's lazy user object
    return key


def _make_data_key(owner: User) -> DataKey:
    keys = master_keys()
    nonce = secrets.token_bytes(NONCE_BYTES)
    wrapped = AESGCM(keys.by_id[keys.current]).encrypt(
        nonce, secrets.token_bytes(KEY_BYTES), f"{owner.pk}|{keys.current}".encode()
    )
    try:
        with transaction.atomic():
            return DataKey.objects.create(
                owner_id=owner.pk, master_id=keys.current, wrapped=FORMAT + nonce + wrapped
            )
    except IntegrityError:  # another request made it first
        return DataKey.objects.get(owner_id=owner.pk)


def _unwrap(row: DataKey) -> bytes:
    master = master_keys().by_id.get(row.master_id)
    if master is None:
        raise DataError(CANNOT_BE_READ)
    raw = bytes(row.wrapped)
    try:
        return AESGCM(master).decrypt(
            raw[1 : 1 + NONCE_BYTES],
            raw[1 + NONCE_BYTES :],
            f"{row.owner_id}|{row.master_id}".encode(),
        )
    except InvalidTag as error:
        raise DataError(CANNOT_BE_READ) from error
