"""What is kept sealed with AES-256-GCM where the shop sets a key: whoever copies the database or the folder cannot read
it. Files of customers and agents, and the token of an installed Slack app.

Each piece is sealed by itself and bound to its place, so that pieces cannot be swapped. What was kept before there was
a key is read all the same.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desk.errors import Unavailable

_MARK = b"\x00aspa-sealed-1"
_NAME, _NONCE = 8, 12
"""Bytes of the key's name and of the nonce, after the mark."""


class Seal:
    """`keys`: secrets of at least 32 characters. The first seals, each opens: a new one is put before the old."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        derived = [hashlib.sha256(f"aspa files {key}".encode()).digest() for key in keys]
        self._keys = {hashlib.sha256(key).digest()[:_NAME]: AESGCM(key) for key in derived}

    def close(self, place: str, piece: bytes) -> bytes:
        """The piece as it is kept in this place; unchanged without a key."""
        if not self._keys:
            return piece
        name, key = next(iter(self._keys.items()))
        nonce = secrets.token_bytes(_NONCE)
        return _MARK + name + nonce + key.encrypt(nonce, piece, place.encode())

    def is_newest(self, kept: bytes) -> bool:
        """It is kept as `close` would keep it now: no older key is needed for it."""
        if not self._keys:
            return not kept.startswith(_MARK)
        return kept.startswith(_MARK + next(iter(self._keys)))

    def open(self, place: str, kept: bytes) -> bytes:
        """The inverse. Raises Unavailable for a key that is not set, or a piece that was tampered with."""
        if not kept.startswith(_MARK):
            return kept
        rest = kept[len(_MARK) :]
        name, nonce, sealed = rest[:_NAME], rest[_NAME : _NAME + _NONCE], rest[_NAME + _NONCE :]
        key = self._keys.get(name)
        if key is None:
            raise Unavailable("This was sealed with a key that ASPA_FILE_KEYS does not have any more: put it back.")
        try:
            return key.decrypt(nonce, sealed, place.encode())
        except InvalidTag as error:
            raise Unavailable("What was sealed has been changed since, or belongs elsewhere.") from error
