"""WARC/1.1 records: written so that the same evidence always gives the same bytes, and read back with every check.

Each record is a gzip member of its own, so that files can be joined end to end. Source: ISO 28500:2017.
"""

import gzip
import hashlib
import re
import uuid
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from dateline.intake.snapshots_evidence import Evidence

VERSION: Final = b"WARC/1.1"
REVISIT: Final = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
SOFTWARE: Final = "Dateline"
# A body is kept unpacked. What the server said of its packing would mislead readers, so it stands under other names.
ABOUT_PACKING: Final = frozenset({"content-encoding", "transfer-encoding", "content-length"})
AS_RECEIVED: Final = "X-Archive-Orig-"
LONGEST_RECORD: Final = 64 * 2**20

_PACKED = 6  # gzip's level: 9 saves 0.4 % for twice the time
_NAMES = uuid.UUID("6f3d7f0a-5f0e-5d2c-9a55-2a5f3a0c1d11")
_UNFIT = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_SPACE = re.compile(r"\s")


class NotAWarc(ValueError):
    """Bytes that are no whole WARC records; the message says what is wrong."""


@dataclass(frozen=True)
class Record:
    """One record. fields: its named fields in their order; names are compared without case. block: its content."""

    fields: tuple[tuple[str, str], ...]
    block: bytes

    def field(self, name: str) -> str:
        """Return the field of this name, an empty text where there is none."""
        return next((value for key, value in self.fields if key.lower() == name.lower()), "")

    @property
    def kind(self) -> str:
        """Its WARC-Type: response, request, revisit, resource, metadata, warcinfo."""
        return self.field("WARC-Type")

    @property
    def payload(self) -> bytes:
        """The block without the head of an HTTP message."""
        if not self.field("Content-Type").startswith("application/http"):
            return self.block
        return self.block.partition(b"\r\n\r\n")[2]


def sha256_of(body: bytes) -> str:
    """Return the name under which `body` is kept."""
    return hashlib.sha256(body).hexdigest()


def record_id(evidence: Evidence, kind: str) -> str:
    """Return the name of the record of this kind; the same evidence always has the same one."""
    told = "\n".join([kind, evidence.url, evidence.target, _date(evidence.came_at), sha256_of(evidence.body)])
    return f"<urn:uuid:{uuid.uuid5(_NAMES, told)}>"


def records_of(evidence: Evidence, *, revisits: Record | None = None) -> list[Record]:
    """Return what is to be kept of `evidence`: the body's record first, then the question and the circumstances.

    revisits: the record that holds this very body already; then the body is not written again.
    """
    main = _main(evidence, revisits)
    records = [main]
    if evidence.is_answer:
        records.append(_request(evidence, main))
    if evidence.hops:
        records.append(_metadata(evidence, main))
    return records


def written(records: Iterable[Record]) -> bytes:
    """Return records as the bytes of a `.warc.gz` file, or of a part of one."""
    return b"".join(gzip.compress(plain(record), _PACKED, mtime=0) for record in records)


def plain(record: Record) -> bytes:
    """Return one record as it stands in an uncompressed file."""
    head = b"".join(f"{name}: {_clean(value)}\r\n".encode() for name, value in record.fields)
    return VERSION + b"\r\n" + head + b"\r\n" + record.block + b"\r\n\r\n"


def read(packed: bytes) -> Iterator[Record]:
    """Yield the records of a `.warc.gz` file. Raises NotAWarc at the first that is not whole."""
    while packed:
        content, packed = _unpack(packed)
        yield _parsed(content)


def verify(record: Record) -> None:
    """Raise NotAWarc where a digest in the record is not that of what it holds."""
    for name, content in (("WARC-Block-Digest", record.block), ("WARC-Payload-Digest", record.payload)):
        told = record.field(name)
        if told and record.kind != "revisit" and told != _digest(content):
            raise NotAWarc(f"{name} says {told}, but it is {_digest(content)}")


def information(*, at: datetime, about: str) -> Record:
    """Return the record that begins a file for others: who wrote it, when, and what it holds."""
    block = _lines([("software", SOFTWARE), ("format", "WARC File Format 1.1"), ("description", about)])
    name = uuid.uuid5(_NAMES, f"{_date(at)} {about}")
    return _record("warcinfo", block, id=f"<urn:uuid:{name}>", at=at, content_type="application/warc-fields")


def _main(evidence: Evidence, revisits: Record | None) -> Record:
    digest = f"sha256:{sha256_of(evidence.body)}"
    more = [("WARC-Target-URI", _uri(evidence.target)), ("WARC-Payload-Digest", digest)]
    if revisits is not None:
        more += [
            ("WARC-Profile", REVISIT),
            ("WARC-Refers-To", revisits.field("WARC-Record-ID")),
            ("WARC-Refers-To-Target-URI", revisits.field("WARC-Target-URI")),
            ("WARC-Refers-To-Date", revisits.field("WARC-Date")),
        ]
    kind = "revisit" if revisits else "response" if evidence.is_answer else "resource"
    head = _head(evidence) if evidence.is_answer else b""
    return _record(
        kind,
        head if revisits else head + evidence.body,
        id=record_id(evidence, "response"),
        at=evidence.came_at,
        content_type=_http("response") if evidence.is_answer else evidence.content_type,
        more=more,
    )


def _request(evidence: Evidence, main: Record) -> Record:
    address = urlsplit(evidence.target)
    path = (address.path or "/") + (f"?{address.query}" if address.query else "")
    lines = [f"GET {_SPACE.sub('%20', path)} HTTP/1.1", f"Host: {address.netloc}"]
    lines += [f"{name}: {_clean(value)}" for name, value in evidence.sent]
    return _record(
        "request",
        ("\r\n".join(lines) + "\r\n\r\n").encode(),
        id=record_id(evidence, "request"),
        at=evidence.came_at,
        content_type=_http("request"),
        more=[
            ("WARC-Target-URI", _uri(evidence.target)),
            ("WARC-Concurrent-To", main.field("WARC-Record-ID")),
        ],
    )


def _metadata(evidence: Evidence, main: Record) -> Record:
    asked = [("asked-for", evidence.url)]
    block = _lines([*asked, *(("redirected-by", f"{status} {url}") for url, status in evidence.hops)])
    return _record(
        "metadata",
        block,
        id=record_id(evidence, "metadata"),
        at=evidence.came_at,
        content_type="application/warc-fields",
        more=[
            ("WARC-Target-URI", _uri(evidence.target)),
            ("WARC-Refers-To", main.field("WARC-Record-ID")),
        ],
    )


def _head(evidence: Evidence) -> bytes:
    """Return the head of the answer. Its reason phrase is not known to us, and HTTP lets it be empty."""
    headers = [
        (f"{AS_RECEIVED}{name}" if name.lower() in ABOUT_PACKING else name, value)
        for name, value in evidence.headers
    ]
    headers.append(("Content-Length", str(len(evidence.body))))
    lines = [f"HTTP/1.1 {evidence.status} ", *(f"{name}: {_clean(value)}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def _record(
    kind: str,
    block: bytes,
    *,
    id: str,  # noqa: A002 - the word of the format
    at: datetime,
    content_type: str,
    more: Iterable[tuple[str, str]] = (),
) -> Record:
    fields = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", id),
        ("WARC-Date", _date(at)),
        *more,
        ("WARC-Block-Digest", _digest(block)),
        ("Content-Type", content_type or "application/octet-stream"),
        ("Content-Length", str(len(block))),
    ]
    return Record(tuple((name, _clean(value)) for name, value in fields), block)


def _unpack(packed: bytes) -> tuple[bytes, bytes]:
    """Return the content of the first gzip member, and what follows it."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(packed, LONGEST_RECORD)
    except zlib.error as error:
        raise NotAWarc(f"no gzip: {error}") from error
    if not unpacker.eof:
        raise NotAWarc("it is cut off, or a record is longer than what is read")
    return content, unpacker.unused_data


def _parsed(content: bytes) -> Record:
    head, found, rest = content.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    if not found or not first.startswith(b"WARC/1."):
        raise NotAWarc("a record does not begin with WARC/1.")
    fields = tuple(_field(line) for line in lines)
    length = next((value for name, value in fields if name.lower() == "content-length"), "")
    if not (length.isascii() and length.isdecimal()) or rest[int(length) :] != b"\r\n\r\n":
        raise NotAWarc("a record is not as long as it says")
    return Record(fields, rest[: int(length)])


def _field(line: bytes) -> tuple[str, str]:
    name, colon, value = line.decode("utf-8", "replace").partition(":")
    if not colon or not name:
        raise NotAWarc("a named field has no name")
    return name, value.strip()


def _lines(pairs: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {_clean(value)}\r\n" for name, value in pairs).encode("utf-8", "surrogateescape")


def _digest(content: bytes) -> str:
    return f"sha256:{sha256_of(content)}"


def _http(kind: str) -> str:
    return f"application/http;msgtype={kind}"


def _date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _clean(value: str) -> str:
    return _UNFIT.sub("", value.encode("utf-8", "replace").decode()).strip()


def _uri(address: str) -> str:
    return _SPACE.sub("%20", _clean(address))
