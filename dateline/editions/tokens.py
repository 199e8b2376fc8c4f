"""Keys in the addresses of a letter: nobody can guess or make one, and they say nothing of whom they belong to. Pure.

A key is the number of a subscription, which is random, and a seal over it and its purpose: one for stopping opens
nothing else. It is the same in every letter, so that a link of years ago still stops the letter.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Final
from uuid import UUID

CONFIRM: Final = "confirm"
MANAGE: Final = "manage"
STOP: Final = "stop"
PURPOSES: Final = (CONFIRM, MANAGE, STOP)
_SEAL: Final = 16
_LENGTH: Final = 43  # characters of 32 bytes


def make(purpose: str, uid: UUID, *, key: bytes) -> str:
    """Return the key for one purpose of one subscription. key: the installation's secret."""
    return urlsafe_b64encode(uid.bytes + _seal(purpose, uid.bytes, key)).rstrip(b"=").decode()


def read(purpose: str, token: str, *, keys: Sequence[bytes]) -> UUID | None:
    """Return whose key it is, None where it is none of ours for this purpose. keys: the secret and former ones."""
    if len(token) != _LENGTH or not token.isascii():
        return None
    try:
        raw = urlsafe_b64decode(token + "=")
    except ValueError:
        return None
    uid, seal = raw[:_SEAL], raw[_SEAL:]
    if len(raw) != 2 * _SEAL or urlsafe_b64encode(raw).rstrip(b"=").decode() != token:
        return None
    good = [hmac.compare_digest(seal, _seal(purpose, uid, key)) for key in keys]
    return UUID(bytes=uid) if any(good) else None


def mark(what: str, text: str, *, key: bytes) -> str:
    """Return a keyed mark of `text`: equal for equal text, and nobody without the key finds the text by trying.

    what: keeps marks for different ends apart.
    """
    return hmac.new(key, f"{what}\n{text}".encode(), hashlib.sha256).hexdigest()[: 2 * _SEAL]


def _seal(purpose: str, uid: bytes, key: bytes) -> bytes:
    return hmac.new(key, b"letters:" + purpose.encode() + b":" + uid, hashlib.sha256).digest()[:_SEAL]
