"""Requests to an S3-compatible store, signed: AWS Signature Version 4. Pure.

Source: docs.aws.amazon.com/AmazonS3/latest/API, *Authenticating Requests: Using the Authorization Header*; the
examples there are the tests' vectors.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final
from urllib.parse import quote

_ALGORITHM: Final = "AWS4-HMAC-SHA256"


@dataclass(frozen=True)
class Key:
    """Who asks. token: of a session that ends, empty for none."""

    key_id: str
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)


def path_of(*parts: str) -> str:
    """Return the path of a bucket or an object as it is signed and asked for."""
    return "/" + "/".join(quote(part, safe="/-_.~") for part in parts if part)


def query_of(pairs: Mapping[str, str]) -> str:
    """Return a query as it is signed and asked for."""
    return "&".join(
        f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in sorted(pairs.items())
    )


def signed(
    key: Key,
    *,
    method: str,
    host: str,
    path: str,
    query: str = "",
    headers: Mapping[str, str],
    body: bytes,
    region: str,
    now: datetime,
) -> dict[str, str]:
    """Return the headers with those that sign them all, `Host` left out.

    path, query: as `path_of` and `query_of` make them. Every header that is given is signed.
    """
    moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    digest = sha256(body).hexdigest()
    own = {"x-amz-date": moment, "x-amz-content-sha256": digest}
    if key.token:
        own["x-amz-security-token"] = key.token
    every = {name.lower(): " ".join(value.split()) for name, value in {**headers, **own}.items()}
    told = sorted({**every, "host": host}.items())
    names = ";".join(name for name, _value in told)
    lines = [method, path, query, *(f"{name}:{value}" for name, value in told), "", names, digest]
    scope = f"{moment[:8]}/{region}/s3/aws4_request"
    text = "\n".join([_ALGORITHM, moment, scope, sha256("\n".join(lines).encode()).hexdigest()])
    found = f"AWS4{key.secret}".encode()
    for part in (moment[:8], region, "s3", "aws4_request"):
        found = hmac.digest(found, part.encode(), "sha256")
    signature = hmac.digest(found, text.encode(), "sha256").hex()
    credential = f"{key.key_id}/{scope}"
    return {
        **every,
        "authorization": f"{_ALGORITHM} Credential={credential}, SignedHeaders={names}, Signature={signature}",
    }
