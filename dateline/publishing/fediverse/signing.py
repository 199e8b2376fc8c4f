"""Signing letters to other servers, and reading the signatures of theirs.

Pure. Source: draft-cavage-http-signatures-12, as Mastodon asks for it (docs.joinmastodon.org, spec/security): RSA with
SHA-256 over `(request-target)`, `host`, `date` and, where there is a body, `digest`. Letters may be up to twelve hours
old, and an hour ahead for clocks that are wrong.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

OLDEST: Final = timedelta(hours=12)
AHEAD: Final = timedelta(hours=1)
KEY_BITS: Final = 2048
_MOST_KEY_BITS: Final = 8192
_REQUIRED: Final = ("(request-target)", "host", "date")
_ALGORITHMS: Final = frozenset({"", "rsa-sha256", "hs2019"})
_PART: Final = re.compile(r'\s*(\w+)=(?:"([^"]*)"|(\d+))\s*(?:,|$)')
_LONGEST: Final = 4_096


class BadSignature(ValueError):
    """A letter is not from whom it says, or nobody can tell. The message says why."""


@dataclass(frozen=True)
class Signature:
    """What a `Signature` header says. headers: which were signed, in their order."""

    key_id: str
    headers: tuple[str, ...]
    signature: bytes

    @property
    def owner_hint(self) -> str:
        """The document in which the key should be found."""
        return self.key_id.partition("#")[0]


def make_key() -> bytes:
    """Return a new private key, in PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_part(private: bytes) -> str:
    """Return the public part of a private key, in PEM."""
    key = load_pem_private_key(private, password=None)
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def signed(
    url: str, *, method: str, key_id: str, private: bytes, now: datetime, body: bytes | None = None
) -> dict[str, str]:
    """Return the headers of a letter with its signature."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    headers = {"host": parts.netloc, "date": format_datetime(now.astimezone(UTC), usegmt=True)}
    if body is not None:
        headers["digest"] = digest_of(body)
    names = ("(request-target)", *headers)
    text = _text(names, headers, method=method, path=path)
    key = load_pem_private_key(private, password=None)
    assert isinstance(key, rsa.RSAPrivateKey)  # noqa: S101 — the store keeps no others
    told = base64.b64encode(key.sign(text, padding.PKCS1v15(), SHA256())).decode()
    headers["signature"] = (
        f'keyId="{key_id}",algorithm="rsa-sha256",headers="{" ".join(names)}",signature="{told}"'
    )
    return headers


def digest_of(body: bytes) -> str:
    """Return the `Digest` header of a body."""
    return f"SHA-256={base64.b64encode(sha256(body).digest()).decode()}"


def read_signature(header: str) -> Signature:
    """Return what a `Signature` header says. Raises BadSignature where it cannot be read or signs too little."""
    if not header or len(header) > _LONGEST:
        raise BadSignature("There is no signature.")
    said = {name: text or number for name, text, number in _PART.findall(header)}
    names = tuple(said.get("headers", "date").lower().split())
    if said.get("algorithm", "").lower() not in _ALGORITHMS:
        raise BadSignature("The signature is of a kind that we do not know: rsa-sha256 is wanted.")
    if not said.get("keyId", "").startswith(("https://", "http://")) or not said.get("signature"):
        raise BadSignature("The signature names no key, or is none.")
    if missing := [name for name in _REQUIRED if name not in names]:
        raise BadSignature(f"The signature leaves out {', '.join(missing)}.")
    try:
        raw = base64.b64decode(said["signature"], validate=True)
    except (binascii.Error, ValueError):
        raise BadSignature("The signature is no Base64.") from None
    return Signature(said["keyId"], names, raw)


def check_letter(
    found: Signature, headers: Mapping[str, str], *, body: bytes, host: str, now: datetime
) -> None:
    """Check all that needs no key: our host, a fresh date, a body that is the one that was signed.

    headers: by their names in small letters. Raises BadSignature.
    """
    if headers.get("host", "").lower() != host.lower():
        raise BadSignature("The letter was signed for another host.")
    _check_date(headers.get("date", ""), now)
    if "digest" not in found.headers:
        raise BadSignature("The signature leaves out the digest of the body.")
    algorithm, _equals, told = headers.get("digest", "").partition("=")
    if algorithm.strip().lower() != "sha-256" or f"SHA-256={told.strip()}" != digest_of(body):
        raise BadSignature("The body is not the one that was signed.")


def _check_date(told: str, now: datetime) -> None:
    try:
        at = parsedate_to_datetime(told)
    except (TypeError, ValueError, OverflowError):
        raise BadSignature("The letter has no date that can be read.") from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        is_fresh = now - OLDEST <= at <= now + AHEAD
    except OverflowError:
        is_fresh = False
    if not is_fresh:
        raise BadSignature("The letter is too old, or of a time to come.")


def verify(found: Signature, headers: Mapping[str, str], *, method: str, path: str, public: str) -> None:
    """Check a signature with the key of whoever is said to have sent it. Raises BadSignature."""
    try:
        key = load_pem_public_key(public.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise BadSignature("The key cannot be read.") from None
    if not isinstance(key, rsa.RSAPublicKey) or not 1024 <= key.key_size <= _MOST_KEY_BITS:  # noqa: PLR2004
        raise BadSignature("The key is no RSA key of a usual size.")
    text = _text(found.headers, headers, method=method, path=path)
    try:
        key.verify(found.signature, text, padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        raise BadSignature("The signature is not by this key.") from None


def _text(names: tuple[str, ...], headers: Mapping[str, str], *, method: str, path: str) -> bytes:
    lines = []
    for name in names:
        if name == "(request-target)":
            lines.append(f"{name}: {method.lower()} {path}")
        elif name.startswith("(") or name not in headers:
            raise BadSignature(f"The signature is over {name}, which the letter does not have.")
        else:
            lines.append(f"{name}: {headers[name]}")
    return "\n".join(lines).encode()
