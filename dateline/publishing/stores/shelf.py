"""The shelf from which readers are served: baked files, held in memory, ready to send.

A page is read from disk once, with its compressed forms and its headers. Each request costs one `stat`:
a file that was put in place since (another inode, time or size) is read anew, so that several processes
agree without speaking to each other. Django is not needed here.
"""

import os
import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from stat import S_ISREG
from typing import Final
from urllib.parse import unquote

from dateline.articles.embeds import FRAMES
from dateline.publishing.first_script import FIRST_SCRIPT_HASH

Headers = list[tuple[str, str]]
Stamp = tuple[int, int, int]

# Best first: what a client accepts is tried in this order.
ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
# What is larger is streamed from disk and never held.
LARGEST_HELD: Final = 2_000_000
SHELF_BYTES: Final = 96_000_000
LARGEST_HEADER: Final = 8_000

COMMON: Final[Headers] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
POLICY: Final = (
    f"default-src 'none'; script-src 'self' '{FIRST_SCRIPT_HASH}'; "
    "style-src 'self'{hashes}; img-src 'self'; font-src 'self'; "
    f"connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src {' '.join(FRAMES)}; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Files that people uploaded: shown, never run.
UPLOAD_POLICY: Final = "default-src 'none'; sandbox"
FOR_EVER: Final = "public, max-age=31536000, immutable"
# A file whose name holds the hash of its content never changes.
_NAMED_BY_HASH = re.compile(r"\.[0-9a-f]{12}\.\w+$")
_STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Form:
    """A page in one encoding, ready to send."""

    etag: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """A file on the shelf. `forms` by content encoding, "" for none; empty where it is streamed from `file`."""

    file: str
    stamp: Stamp
    status: int
    forms: dict[str, Form]
    headers: Headers
    size: int


class Shelf:
    """Baked files below one folder, by the paths that readers ask for.

    prefix: the part of a request's path that names this folder. `is_upload` marks what people uploaded.
    """

    def __init__(self, root: Path, *, prefix: str = "/", is_upload: bool = False) -> None:
        self._root = str(root.resolve())
        self._prefix = prefix
        self._is_upload = is_upload
        self._held: dict[str, Held] = {}
        self._bytes = 0

    def find(self, path: str) -> Held | None:
        """Return what stands at `path` now, or None where there is nothing to serve."""
        held = self._held.get(path)
        file = held.file if held else self.file_of(path)
        stamp = stamp_of(file) if file else None
        if held and held.stamp == stamp:
            return held
        if held:
            self._bytes -= held.size
            del self._held[path]
        return self._take(path, file, stamp) if file and stamp else None

    def file_of(self, path: str) -> str | None:
        """Return the file that `path` means, or None where it leads out of the folder or to what is never served."""
        relative = path[len(self._prefix) :]
        if "%" in relative:
            try:
                relative = unquote(relative, errors="strict")
            except UnicodeDecodeError:
                return None
        if "\0" in relative or "\\" in relative or relative.startswith(("/", "_/")):
            return None
        parts = relative.split("/")
        if any(
            part in {".", ".."} or (part == "" and number < len(parts) - 1)
            for number, part in enumerate(parts)
        ):
            return None
        if relative.endswith((".gz", ".br", ".status")):
            return None
        return os.path.join(self._root, relative + "index.html" if parts[-1] == "" else relative)  # noqa: PTH118

    def _take(self, path: str, file: str, stamp: Stamp) -> Held | None:
        status = self._status_of(file)
        if stamp[2] > LARGEST_HELD:
            return Held(file, stamp, status, forms={}, headers=self.headers_of(file, b""), size=0)
        try:
            held = self._read(file, stamp, status)
        except FileNotFoundError:  # taken down between the two looks
            return None
        if self._bytes + held.size > SHELF_BYTES:
            self._held.clear()
            self._bytes = 0
        self._held[path] = held
        self._bytes += held.size
        return held

    def _read(self, file: str, stamp: Stamp, status: int) -> Held:
        plain = Path(file).read_bytes()
        headers = self.headers_of(file, plain)
        forms = {"": _form(plain, headers, "")}
        for encoding, suffix in ENCODINGS:
            beside = stamp_of(file + suffix)
            # A compressed form that was not put in place together with its page is not its form.
            if beside and beside[1] == stamp[1]:
                forms[encoding] = _form(Path(file + suffix).read_bytes(), headers, encoding)
        size = sum(len(form.body) for form in forms.values())
        return Held(file, stamp, status, forms=forms, headers=headers, size=size)

    def headers_of(self, file: str, content: bytes) -> Headers:
        """Return the headers of a file in any encoding."""
        mime = media_type(file)
        cache = FOR_EVER if _NAMED_BY_HASH.search(file) else "no-cache"
        headers = [*COMMON, ("content-type", mime), ("cache-control", cache), ("vary", "accept-encoding")]
        if self._is_upload:
            return [*headers, ("content-security-policy", UPLOAD_POLICY)]
        if mime.startswith("text/html"):
            return [*headers, ("content-security-policy", policy_for(content))]
        return headers

    def _status_of(self, file: str) -> int:
        try:
            return int(Path(file + ".status").read_text())
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return 200


def stamp_of(file: str) -> Stamp | None:
    """Return what changes when another file is put in this place: inode, time in ns, bytes; None without one."""
    try:
        found = os.stat(file)  # noqa: PTH116  # on every request: the plain call is half the cost
    except (OSError, ValueError):
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size) if S_ISREG(found.st_mode) else None


def media_type(file: str) -> str:
    """Return the media type of a file by its name, with the charset where it is text."""
    name = Path(file).name
    if name.endswith(("feed.xml", ".rss")):
        return "application/rss+xml; charset=utf-8"
    mime = guess_type(name)[0] or "application/octet-stream"
    is_text = mime.startswith("text/") or mime in {
        "application/xml",
        "application/json",
        "application/javascript",
    }
    return f"{mime}; charset=utf-8" if is_text else mime


def policy_for(page: bytes) -> str:
    """Return the content security policy of a page: nothing but our own files, and the one style in its head."""
    style = style_of(page)
    hashes = f" 'sha256-{b64encode(sha256(style).digest()).decode()}'" if style else ""
    return POLICY.format(hashes=hashes)


def style_of(page: bytes) -> bytes:
    """Return the one style in the head of a page, as it stands there; nothing where there is none."""
    found = _STYLE.search(page[: page.find(b"</head>") + 1])
    return found.group(1) if found else b""


def choose(accepted: str, forms: dict[str, Form]) -> Form:
    """Return the best form for an `Accept-Encoding` header."""
    for encoding, _suffix in ENCODINGS:
        if encoding in forms and accepts(accepted, encoding):
            return forms[encoding]
    return forms[""]


def accepts(header: str, encoding: str) -> bool:
    """Does an `Accept-Encoding` header allow this encoding? `q=0` forbids."""
    if encoding not in header or len(header) > LARGEST_HEADER:
        return False
    for part in header.split(","):
        name, _, parameters = part.partition(";")
        if name.strip().lower() == encoding:
            return parameters.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def is_known(if_none_match: str, etag: str) -> bool:
    """Does the client have this form already? Compared weakly, as RFC 9110, 13.1.2, says."""
    if not if_none_match or len(if_none_match) > LARGEST_HEADER:
        return False
    return if_none_match.strip() == "*" or any(
        tag.strip().removeprefix("W/") == etag for tag in if_none_match.split(",")
    )


def _form(body: bytes, headers: Headers, encoding: str) -> Form:
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    own = [*headers, ("etag", etag), ("content-length", str(len(body)))]
    if encoding:
        own.append(("content-encoding", encoding))
    return Form(etag=etag, headers=own, body=body)
