"""Signed records in a chain: each says what was so, carries the hash of the one before, and cannot be changed after.

A record is one line of JSON in one spelling (keys sorted, no space, no number with a point), so that not a byte
of it can differ unseen. The chain ends in a *head*, signed apart: who has seen a head sees a tail that was cut.
Pure. Source: Ed25519, RFC 8032; the spelling is the part of RFC 8785 that needs no floating point.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

FIRST: Final = ""
_KEY_LETTERS: Final = 16

Body = Mapping[str, Any]


class BadKey(ValueError):
    """A file that holds no Ed25519 key in PEM."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"This is no {what} key of the kind Ed25519 in PEM. Take the file that the site publishes as its key."
        )


class NotSealable(TypeError):
    """A value that has no one spelling in a record."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one record. number: its place in what was checked, from 1; 0 for the whole."""

    number: int
    code: str
    message: str


def spelled(value: object) -> bytes:
    """Return the one spelling of a JSON value. Raises NotSealable for floats and what JSON does not have."""
    _refuse_floats(value)
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return text.encode()
    except (TypeError, ValueError) as error:  # a lone surrogate has no bytes either
        raise NotSealable(f"A record cannot hold this: {error}") from error


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise NotSealable(f"A record cannot hold {value}: write it as a whole number or as text.")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        _refuse_floats(one)


# Keys


def make_key() -> bytes:
    """Return a new private key, in PEM."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_part(private: bytes) -> bytes:
    """Return the public key of a private one, both in PEM. Raises BadKey."""
    key = _private(private).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def name_of(public: bytes) -> str:
    """Return the short name of a public key in PEM, by which records call it. Raises BadKey."""
    raw = _public(public).public_bytes(Encoding.Raw, PublicFormat.Raw)
    return sha256(raw).hexdigest()[:_KEY_LETTERS]


@lru_cache(maxsize=8)
def _name_of_private(pem: bytes) -> str:
    return name_of(public_part(pem))


@lru_cache(maxsize=8)
def _private(pem: bytes) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise BadKey("private") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey("private")
    return key


def _public(pem: bytes) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem)
    except ValueError as error:
        raise BadKey("public") from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadKey("public")
    return key


# Sealing


def seal(body: Body, *, number: int, previous: str, key: bytes) -> str:
    """Return the record as its line, without the line's end. number: from 1 on.

    previous: the hash of the record before, FIRST for the first. key: private, PEM. Raises NotSealable, BadKey.
    """
    signer = _private(key)
    unsigned = {**body, "number": number, "previous": previous, "key": _name_of_private(key)}
    signature = base64.b64encode(signer.sign(spelled(unsigned))).decode()
    return spelled({**unsigned, "signature": signature}).decode()


def hash_of(line: str) -> str:
    """Return the hash by which the next record names this one."""
    return sha256(line.encode()).hexdigest()


def seal_head(*, number: int, last: str, at: str, key: bytes) -> str:
    """Return the head of a chain of `number` records whose last has the hash `last`. at: ISO 8601."""
    return seal({"head": last, "at": at}, number=number, previous=last, key=key)


# Checking


@dataclass(frozen=True)
class Opened:
    """A record that was read: its body as signed, its place, and its hash."""

    body: Body
    number: int
    previous: str
    hash: str


def open_record(line: str, *, public: bytes) -> Opened:
    """Return a record that this key signed, as it was signed.

    Raises NotGenuine, which says how it differs; BadKey.
    """
    return _opened(line, _public(public), name_of(public))


class NotGenuine(ValueError):
    """A record is not what the key's owner signed."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def _opened(line: str, key: Ed25519PublicKey, name: str) -> Opened:
    found = _parsed(line)
    signature = found.pop("signature")
    if found["key"] != name:
        raise NotGenuine(
            "other-key", f"It was signed with the key {found['key']}, and the key at hand is {name}."
        )
    try:
        key.verify(_bytes_of(signature), spelled(found))
    except (InvalidSignature, ValueError):
        raise NotGenuine("signature", "Its signature does not fit what it says: it was changed.") from None
    number, previous = found.pop("number"), found.pop("previous")
    return Opened(body=found, number=number, previous=previous, hash=hash_of(line))


def _bytes_of(signature: str) -> bytes:
    """Return a signature's bytes. Raises ValueError where it is not in its one spelling.

    The last letter of base64 has bits that say nothing: without this, it could be changed unseen.
    """
    raw = base64.b64decode(signature, validate=True)
    if base64.b64encode(raw).decode() != signature:
        raise ValueError("not its one spelling")
    return raw


def _parsed(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
        if not isinstance(found, dict) or spelled(found).decode() != line:
            raise NotGenuine("spelling", "It is not spelled as records are: it was changed, or is none.")
    except (ValueError, RecursionError, NotSealable) as error:
        if isinstance(error, NotGenuine):
            raise
        raise NotGenuine("spelling", "It is no record: it cannot be read as JSON.") from None
    texts = all(isinstance(found.get(name), str) for name in ("key", "previous", "signature"))
    number = found.get("number")
    if not texts or not isinstance(number, int) or isinstance(number, bool):
        raise NotGenuine("spelling", "It lacks its number, its key, its signature or the hash before it.")
    return found


def faults_of(lines: Iterable[str], *, public: bytes, head: str | None = None) -> Iterator[Fault]:
    """Yield what is wrong with a chain, record by record, in its order; nothing where it is whole.

    A chain may begin anywhere (an extract), but then goes on without a gap. head: a head's line, against
    which the end is measured. Raises BadKey.
    """
    key, name = _public(public), name_of(public)
    before: Opened | None = None
    count = 0
    for count, line in enumerate(lines, start=1):
        try:
            opened = _opened(line, key, name)
        except NotGenuine as error:
            yield Fault(count, error.code, str(error))
            before = None
            continue
        if before is not None:
            yield from _gap(count, before, opened)
        elif count == 1 and opened.number == 1 and opened.previous != FIRST:
            yield Fault(count, "chain", "It is the first record and names one before it.")
        before = opened
    if head is not None:
        yield from _cut(before, head, key=key, name=name, count=count)


def _gap(count: int, before: Opened, opened: Opened) -> Iterator[Fault]:
    if opened.number != before.number + 1:
        message = f"It has the number {opened.number} and follows {before.number}: one is missing or moved."
        yield Fault(count, "number", message)
    if opened.previous != before.hash:
        yield Fault(
            count, "chain", "It does not follow the record before it: that one was changed or replaced."
        )


def _cut(last: Opened | None, head: str, *, key: Ed25519PublicKey, name: str, count: int) -> Iterator[Fault]:
    try:
        told = _opened(head, key, name)
    except NotGenuine as error:
        yield Fault(0, "head", f"The head is not genuine. {error}")
        return
    if last is None:
        if count == 0 and told.number:
            yield Fault(0, "cut", f"The head tells of {told.number} records, and there is none.")
        return
    if last.number < told.number:
        yield Fault(
            0, "cut", f"The chain ends with {last.number}; when its head was published it had {told.number}."
        )
    elif last.number == told.number and last.hash != told.body.get("head"):
        yield Fault(0, "chain", f"Record {last.number} is another one than when the head was published.")
