"""A store that speaks S3: Amazon's, or MinIO, Ceph, Cloudflare R2, Backblaze, Hetzner …

`s3://BUCKET/PLACE?region=…&endpoint=https://HOST[:PORT]`. With an endpoint the bucket is asked for in the path, as all
of them understand; without one it is Amazon's, by its own host. Spoken through the configured door, without a vendor's
kit (decision 029).
Source: docs.aws.amazon.com/AmazonS3/latest/API: PutObject, DeleteObject, ListObjectsV2, error responses.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import md5
from typing import Final
from urllib.parse import parse_qs, urlsplit

from dateline.lib.formats.pieces import Unreadable
from dateline.lib.formats.safe_xml import parsed
from dateline.net.configured import ServiceCall, send
from dateline.net.doors import service_door
from dateline.net.errors import FetchError
from dateline.net.letters import Answer
from dateline.publishing.stores.base import Parcel, StoreBusy, StoreFailed
from dateline.publishing.stores.signing import Key, path_of, query_of, signed

DEADLINE_SECONDS: Final = 60.0
_BUSY: Final = (429, 503)
_REFUSED: Final = (401, 403)
_NOT_THERE: Final = 404
_HEX: Final = frozenset("0123456789abcdef")


class S3Store:
    """One bucket, or a place in one."""

    at_once = 8

    def __init__(
        self,
        bucket: str,
        place: str = "",
        *,
        key: Key,
        region: str,
        endpoint: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        parts = urlsplit(endpoint or f"https://{bucket}.s3.{region}.amazonaws.com")
        self.name = f"s3://{bucket}/{place}"
        self._base = f"{parts.scheme}://{parts.netloc}"
        self._host = parts.netloc
        self._in_path = bucket if endpoint else ""
        self._place = f"{place.strip('/')}/" if place.strip("/") else ""
        self._key, self._region, self._clock = key, region, clock

    def put(self, parcel: Parcel) -> None:
        """Put an object in place; what arrived is compared with what was sent."""
        headers = {"content-type": parcel.content_type, "cache-control": parcel.cache}
        if parcel.encoding:
            headers["content-encoding"] = parcel.encoding
        told = {**parcel.told}
        leads_to = told.pop("redirect", "")
        if leads_to:
            headers["x-amz-website-redirect-location"] = leads_to
        headers |= {f"x-amz-meta-{name}": value for name, value in told.items()}
        answer = self._ask("PUT", parcel.key, headers=headers, body=parcel.content)
        etag = (answer.header("etag") or "").strip('"')
        # Where the store encrypts by a key of its own, its tag is no MD5, and is not said to be one.
        plain = answer.header("x-amz-server-side-encryption") in (None, "AES256")
        if plain and _is_md5(etag) and etag != _md5(parcel.content):
            raise StoreBusy(f"{self.name} has another {parcel.key} than it was sent. It is sent again.")

    def remove(self, key: str) -> None:
        """Take an object away."""
        self._ask("DELETE", key, fine=(_NOT_THERE,))

    def listing(self) -> Iterator[tuple[str, str]]:
        """Yield what stands there, a thousand at a time."""
        token = ""
        while True:
            query = {"list-type": "2", "prefix": self._place, "max-keys": "1000"}
            if token:
                query["continuation-token"] = token
            answer = self._ask("GET", "", query=query)
            try:
                root = parsed(answer.body)
            except Unreadable as error:
                raise StoreFailed(f"{self.name} gave a list that cannot be read: {error}") from error
            for row in root.iterfind("{*}Contents"):
                etag = (row.findtext("{*}ETag") or "").strip('"')
                name = (row.findtext("{*}Key") or "").removeprefix(self._place)
                yield name, etag if _is_md5(etag) else ""
            token = root.findtext("{*}NextContinuationToken") or ""
            if (root.findtext("{*}IsTruncated") or "") != "true" or not token:
                return

    def _ask(
        self,
        method: str,
        key: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        fine: tuple[int, ...] = (),
    ) -> Answer:
        path = path_of(self._in_path, self._place + key) if key else path_of(self._in_path)
        asked = query_of(query or {})
        every = signed(
            self._key, method=method, host=self._host, path=path, query=asked, headers=headers or {},
            body=body, region=self._region, now=self._clock(),
        )  # fmt: skip
        url = f"{self._base}{path}{'?' + asked if asked else ''}"
        call = ServiceCall(
            url,
            method=method,
            headers=every,
            body=body if method == "PUT" else None,
            deadline_seconds=DEADLINE_SECONDS,
        )
        try:
            answer = send(call, door=service_door())
        except FetchError as error:
            raise StoreBusy(f"{self.name} was not reached: {error}") from error
        if answer.is_success or answer.status in fine:
            return answer
        raise self._trouble(answer)

    def _trouble(self, answer: Answer) -> StoreFailed:
        code, words = _said(answer.body)
        told = f"{code or 'no reason given'}{': ' + words if words else ''}"
        if answer.status in _BUSY or code in {"SlowDown", "RequestTimeout", "InternalError"}:
            return StoreBusy(
                f"{self.name} is busy (status {answer.status}, {told}). It is tried again by itself."
            )
        if answer.status in _REFUSED:
            return StoreFailed(
                f"{self.name} refused our key (status {answer.status}, {told}). "
                "See that DATELINE_STORE_KEY_ID and DATELINE_STORE_KEY may write here, and that our clock is right."
            )
        if code == "NoSuchBucket":
            return StoreFailed(f"There is no bucket {self.name}. Make it, or correct DATELINE_STORE.")
        return StoreFailed(f"{self.name} answered with status {answer.status}, {told}.")


def s3_store(told: str) -> S3Store:
    """Return the store that DATELINE_STORE names. Raises StoreFailed where something is missing."""
    parts = urlsplit(told)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    unknown = asked.keys() - {"region", "endpoint"}
    if not parts.netloc or unknown:
        why = f"“{', '.join(sorted(unknown))}” is not known" if unknown else "the bucket is missing"
        raise StoreFailed(
            f"DATELINE_STORE cannot be read: {why}. "
            "Write s3://BUCKET/PLACE?region=REGION&endpoint=https://HOST (the endpoint for others than Amazon)."
        )
    key = Key(
        key_id=_secret("DATELINE_STORE_KEY_ID", "AWS_ACCESS_KEY_ID"),
        secret=_secret("DATELINE_STORE_KEY", "AWS_SECRET_ACCESS_KEY"),
        token=os.environ.get("AWS_SESSION_TOKEN", "") if not os.environ.get("DATELINE_STORE_KEY") else "",
    )
    return S3Store(
        parts.netloc,
        parts.path.strip("/"),
        key=key,
        region=asked.get("region") or os.environ.get("AWS_REGION", "") or "us-east-1",
        endpoint=asked.get("endpoint", "").rstrip("/"),
    )


def _secret(*names: str) -> str:
    found = next((os.environ[name].strip() for name in names if os.environ.get(name, "").strip()), "")
    if not found:
        raise StoreFailed(f"The store wants a key, and {names[0]} is not set.")
    return found


def _said(body: bytes) -> tuple[str, str]:
    """What an error says of itself: its code and its words."""
    try:
        root = parsed(body)
    except Unreadable:
        return "", ""
    return (root.findtext("{*}Code") or "")[:60], (root.findtext("{*}Message") or "")[:200]


def _md5(content: bytes) -> str:
    return md5(content, usedforsecurity=False).hexdigest()


def _is_md5(etag: str) -> bool:
    return len(etag) == 32 and set(etag) <= _HEX  # noqa: PLR2004 — digits of an MD5
