"""What WebSub says in headers and signatures, read strictly.

Source: W3C WebSub, 2018; RFC 8288 (Link).
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from dateline.lib.sanitise import web_address

WANTED_LEASE: Final = timedelta(days=10)
SHORTEST_LEASE: Final = timedelta(minutes=5)
LONGEST_LEASE: Final = timedelta(days=30)
RENEWED_BEFORE: Final = 0.1
LONGEST_CHALLENGE: Final = 2_000
# The hub says by which it signed; those that can be forged are not among them.
METHODS: Final = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
}
_LINK: Final = re.compile(
    r"<([^<>]{1,2000})>((?:\s*;\s*[\w!#$&+^`|~*-]+\s*=\s*(?:\"[^\"]{0,500}\"|[^\s\",;]{1,500}))*)"
)
_REL: Final = re.compile(r"""\brel\s*=\s*(?:"([^"]*)"|([^\s",;]+))""", re.IGNORECASE)
_CHALLENGE: Final = re.compile(r"[\x21-\x7e]+")


def links_of(headers: Iterable[tuple[str, str]], rel: str, *, base: str) -> list[str]:
    """Return the addresses that the `Link` headers of an answer name with this relation."""
    found = []
    for name, value in headers:
        if name.lower() == "link":
            for link in _LINK.finditer(value[:20_000]):
                told = _REL.search(link[2])
                if told and rel in (told[1] or told[2] or "").lower().split():
                    found.append(web_address(link[1], base=base))
    return [url for url in found if url]


def is_signed(header: str, *, secret: str, body: bytes) -> bool:
    """Whether `X-Hub-Signature` (`sha256=…`) is that of `body` under our secret. Compared in constant time."""
    method, _, told = header.strip().partition("=")
    digest = METHODS.get(method.strip().lower())
    if digest is None or not secret:
        return False
    wanted = hmac.new(secret.encode(), body, digest).hexdigest()
    return hmac.compare_digest(wanted.encode(), told.strip().lower().encode("utf-8", "replace"))


def lease_of(text: str) -> timedelta:
    """Return the lease that a hub grants, within bounds; what we asked for where it says nothing sound."""
    if not text.isascii() or not text.isdigit() or len(text) > 10:  # noqa: PLR2004
        return WANTED_LEASE
    return min(max(timedelta(seconds=int(text)), SHORTEST_LEASE), LONGEST_LEASE)


def is_challenge(text: str) -> bool:
    """Whether a hub's challenge may be sent back: it is plain and no page of text."""
    return len(text) <= LONGEST_CHALLENGE and _CHALLENGE.fullmatch(text) is not None
