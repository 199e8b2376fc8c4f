"""What a server says of a file beside its bytes: type, policy, how long it may be kept. Pure.

Source: MDN, HTTP Observatory (the rows of its grader); RFC 9111 and 5861 (caching); RFC 9213 (what is said to
caches that we can purge, and to no browser).
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from mimetypes import guess_type
from typing import Final

from dateline.articles.embeds import FRAMES
from dateline.publishing.first_script import FIRST_SCRIPT_HASH
from dateline.publishing.media_types import told_by_name

Headers = list[tuple[str, str]]

COMMON: Final[Headers] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
# Of pictures: they stand in letters that a mail program shows in a browser, in feed readers, in copies that others
# may print.
ANYWHERE: Final = ("cross-origin-resource-policy", "cross-origin")
# Of feeds and of the site as data: a page of somebody else's may read them. Nobody is known there by a cookie.
OPEN_DATA: Final = ("access-control-allow-origin", "*")
DATA: Final = r"(application/([a-z+-]+[+])?(json|xml)|text/markdown)\b"
# Said by a site whose address begins with https: for two years browsers ask in no other way.
HSTS: Final = ("strict-transport-security", "max-age=63072000")
POLICY: Final = (
    f"default-src 'none'; script-src 'self' '{FIRST_SCRIPT_HASH}'; "
    "style-src 'self'{hashes}; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src {frames}; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PLAYERS: Final = " ".join(FRAMES)
NO_FRAMES: Final = "'none'"
# Files that people uploaded: shown, never run.
UPLOAD_POLICY: Final = "default-src 'none'; sandbox"

# A page is asked for again each time, and is a 304 where it is as it was: nobody sees one that was taken back.
ASKED_AGAIN: Final = "no-cache"
# A file whose name holds the hash of its content never changes.
FOR_EVER: Final = "public, max-age=31536000, immutable"
# A picture that goes leaves the pages; scripts and styles are the next version's after a minute and one visit.
PICTURE: Final = "public, max-age=86400, stale-while-revalidate=604800"
PROGRAM: Final = "public, max-age=60, stale-while-revalidate=86400"
# Which addresses say which, the first that fits; the expressions are understood by nginx and Caddy as well.
CACHES: Final = (
    (r"\.[0-9a-f]{12}\.\w+$", FOR_EVER),
    (r"^/media/", PICTURE),
    (r"^/static/", PROGRAM),
)
_CACHES: Final = tuple((re.compile(pattern), value) for pattern, value in CACHES)
# To a cache in front of us that is told of every change: it may keep a page for a day, and give out the old one for
# a minute while it fetches, and for a day while we do not answer.
PURGED: Final = ("cdn-cache-control", "max-age=86400, stale-while-revalidate=60, stale-if-error=86400")

_EMBED: Final = b" data-embed="
_STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)


def cache_of(path: str) -> str:
    """Return how long what stands at an address may be kept by those who have fetched it."""
    return next((value for pattern, value in _CACHES if pattern.search(path)), ASKED_AGAIN)


def media_type(file: str) -> str:
    """Return the media type of a file by its name, with the charset where it is text."""
    name = file.rpartition("/")[2]
    if told := told_by_name(name):
        return told
    mime = guess_type(name)[0] or "application/octet-stream"
    is_text = mime.startswith("text/") or mime in {
        "application/xml",
        "application/json",
        "application/javascript",
    }
    return f"{mime}; charset=utf-8" if is_text else mime


def policy_for(page: bytes) -> str:
    """Return the content security policy of a page: our own files, the one style in its head, players it leads to."""
    style = style_of(page)
    hashes = f" 'sha256-{b64encode(sha256(style).digest()).decode()}'" if style else ""
    return POLICY.format(hashes=hashes, frames=PLAYERS if _EMBED in page else NO_FRAMES)


def style_of(page: bytes) -> bytes:
    """Return the one style in the head of a page, as it stands there; nothing where there is none."""
    found = _STYLE.search(page[: page.find(b"</head>") + 1])
    return found.group(1) if found else b""


def for_anybody(headers: Iterable[tuple[str, str]]) -> Headers:
    """Return headers as they are said of a picture."""
    return [ANYWHERE if name == ANYWHERE[0] else (name, value) for name, value in headers]


def headers_of(path: str, content: bytes, *, is_upload: bool = False) -> Headers:
    """Return what is said of a file of a site in any encoding, by its address and content."""
    mime = media_type(path)
    headers = [
        *(for_anybody(COMMON) if is_upload else COMMON),
        ("content-type", mime),
        ("cache-control", cache_of(path)),
        ("vary", "accept-encoding"),
    ]
    if is_upload:
        return [*headers, ("content-security-policy", UPLOAD_POLICY)]
    if mime.startswith("text/html"):
        return [*headers, ("content-security-policy", policy_for(content))]
    return [*headers, OPEN_DATA] if re.match(DATA, mime) else headers
