"""Sealing people's own words: envelope encryption with a key per account.

A person's words are sealed with AES-256-GCM under a data key of their own. The data key is
itself sealed ("wrapped") by a master key that lives in a file outside the database. The place of
a text (account, model, row, field) is bound into its seal, so a sealed text moved to another
place cannot be opened there. Deleting the data key destroys every word sealed under it.

A data key has a generation. A sealed text says which generation it needs, so that keys can be
changed while the site runs: new texts take the new key, older ones still open with theirs until
they are sealed anew (:mod:`counterpoint.web.accounts.rotation`).
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
from counterpoint.web.accounts.models import DataKey, RetiredKey, User

FIRST_FORMAT = b"\x01"
"""Texts of the first key of a person: format, nonce, ciphertext."""
FORMAT = b"\x02"
"""Texts that name their key: format, generation, nonce, ciphertext."""
GENERATION_BYTES = 3
NONCE_BYTES = 12
TAG_BYTES = 16
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


@lru_cache(maxsize=8)
def _master_keys(path: Path, changed_ns: int, size: int) -> MasterKeys:
    return read_master_keys(path)


def master_keys() -> MasterKeys:
    """Return the master keys of this site; the file is read again once it has changed."""
    path = Path(settings.COUNTERPOINT_KEY_FILE)
    try:
        state = path.stat()
    except OSError:
        return read_master_keys(path)  # which says what is wrong
    return _master_keys(path, state.st_mtime_ns, state.st_size)


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
        Format byte, generation of the key (3 bytes), nonce (12 bytes), ciphertext and tag (16).
    """
    keyring = _keyring(owner, make=True)
    return seal_under(keyring.current, keyring.by_generation[keyring.current], owner, place, text)


def seal_under(
    generation: int, key: bytes, owner: User, place: tuple[str, UUID | str, str], text: str
) -> bytes:
    """Seal one text under a data key of a given generation."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    words = text.encode("utf-8", errors="replace")
    head = FORMAT + generation.to_bytes(GENERATION_BYTES, "big")
    return head + nonce + AESGCM(key).encrypt(nonce, words, _bound(owner, place) + head)


def open_sealed(owner: User, place: tuple[str, UUID | str, str], sealed: bytes) -> str:
    """Open one sealed text.

    Raises
    ------
    DataError
        If it is damaged, was sealed for another place or person, or its key is gone.
    """
    raw = bytes(sealed)
    generation = generation_of(raw)
    start = 1 if raw[:1] == FIRST_FORMAT else 1 + GENERATION_BYTES
    bound = _bound(owner, place) + (b"" if start == 1 else raw[:start])
    nonce, body = raw[start : start + NONCE_BYTES], raw[start + NONCE_BYTES :]
    if len(body) < TAG_BYTES:
        raise DataError(CANNOT_BE_READ)
    key = _key_of_generation(owner, generation)
    try:
        words = AESGCM(key).decrypt(nonce, body, bound)
    except InvalidTag as error:
        raise DataError(CANNOT_BE_READ) from error
    return words.decode("utf-8", errors="replace")


def open_if_readable(owner: User, place: tuple[str, UUID | str, str], sealed: bytes) -> str | None:
    """Open one sealed text, ``None`` where it cannot be read."""
    try:
        return open_sealed(owner, place, sealed)
    except DataError:
        return None


def read_sealed(owner: User, place: tuple[str, UUID | str, str], sealed: bytes) -> str:
    """Open one sealed text for a page; a damaged one says that it cannot be read."""
    words = open_if_readable(owner, place, sealed)
    return CANNOT_BE_READ if words is None else words


def generation_of(sealed: bytes) -> int:
    """Return the generation of the key a sealed text needs.

    Raises
    ------
    DataError
        If it is no sealed text.
    """
    raw = bytes(sealed)
    if raw[:1] == FIRST_FORMAT:
        return 1
    if raw[:1] != FORMAT or len(raw) < 1 + GENERATION_BYTES:
        raise DataError(CANNOT_BE_READ)
    return int.from_bytes(raw[1 : 1 + GENERATION_BYTES], "big")


def destroy_key(owner: User) -> None:
    """Delete a person's data keys: whatever was sealed under them is gone for good."""
    DataKey.objects.filter(owner_id=owner.pk).delete()
    RetiredKey.objects.filter(owner_id=owner.pk).delete()
    forget_opened(owner)


def forget_opened(owner: User) -> None:
    """Forget the keys that were opened for this object, so that the next use reads them again."""
    if hasattr(owner, "_opened_keys"):
        delattr(owner, "_opened_keys")


def wrap(owner_id: UUID, generation: int, key: bytes) -> tuple[str, bytes]:
    """Seal a data key under the current master key and return that key's id and the result."""
    masters = master_keys()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(masters.by_id[masters.current]).encrypt(
        nonce, key, _wrap_bound(owner_id, masters.current, generation)
    )
    return masters.current, FIRST_FORMAT + nonce + sealed


def unwrap(row: DataKey | RetiredKey) -> bytes:
    """Open a data key.

    Raises
    ------
    DataError
        If its master key is not in the key file, or the row is damaged.
    """
    master = master_keys().by_id.get(row.master_id)
    if master is None:
        raise DataError(CANNOT_BE_READ)
    raw = bytes(row.wrapped)
    bound = _wrap_bound(row.owner_id, row.master_id, row.generation)
    try:
        return AESGCM(master).decrypt(raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :], bound)
    except (InvalidTag, ValueError) as error:
        raise DataError(CANNOT_BE_READ) from error


class Keyring(NamedTuple):
    """The opened data keys of a person: the current generation, and all that were needed."""

    current: int
    by_generation: dict[int, bytes]


def _bound(owner: User, place: tuple[str, UUID | str, str]) -> bytes:
    model, row, field = place
    return "|".join((str(owner.pk), model, str(row), field)).encode("utf-8")


def _wrap_bound(owner_id: UUID, master_id: str, generation: int) -> bytes:
    bound = f"{owner_id}|{master_id}"
    return (bound if generation == 1 else f"{bound}|{generation}").encode()


def _keyring(owner: User, *, make: bool) -> Keyring:
    """Return a person's current data key, opened once per user object."""
    # getattr, not __dict__: request.user is a lazy object whose own __dict__ is not the user's
    opened = getattr(owner, "_opened_keys", None)
    if isinstance(opened, Keyring):
        return opened
    row = DataKey.objects.filter(owner_id=owner.pk).first()
    if row is None and make:
        row = _make_data_key(owner)
    if row is None:
        raise DataError(CANNOT_BE_READ)
    keyring = Keyring(row.generation, {row.generation: unwrap(row)})
    setattr(owner, "_opened_keys", keyring)  # noqa: B010 - also through Django's lazy user object
    return keyring


def _key_of_generation(owner: User, generation: int) -> bytes:
    keyring = _keyring(owner, make=False)
    if generation in keyring.by_generation:
        return keyring.by_generation[generation]
    if generation > keyring.current:  # the key was changed since this object opened it
        forget_opened(owner)
        keyring = _keyring(owner, make=False)
        if generation == keyring.current:
            return keyring.by_generation[generation]
    row = RetiredKey.objects.filter(owner_id=owner.pk, generation=generation).first()
    if row is None:
        raise DataError(CANNOT_BE_READ)
    key = keyring.by_generation[generation] = unwrap(row)
    return key


def _make_data_key(owner: User) -> DataKey:
    master_id, wrapped = wrap(owner.pk, 1, secrets.token_bytes(KEY_BYTES))
    try:
        with transaction.atomic():
            return DataKey.objects.create(owner_id=owner.pk, master_id=master_id, wrapped=wrapped)
    except IntegrityError:  # another request made it first
        return DataKey.objects.get(owner_id=owner.pk)
