"""Secrets that lie in the database are sealed with the installation's key, which does not."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class SealBroken(ValueError):
    """It was sealed with another key, or has been changed."""


def seal(secret: bytes, *, key: str) -> str:
    """Return `secret`, readable with `key` alone."""
    return _box(key).encrypt(secret).decode()


def unseal(sealed: str, *, key: str) -> bytes:
    """Return what was sealed with `key`. Raises SealBroken."""
    try:
        return _box(key).decrypt(sealed.encode())
    except InvalidToken:
        raise SealBroken("It cannot be read with this installation's key.") from None


def _box(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"dateline second factor")
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))
