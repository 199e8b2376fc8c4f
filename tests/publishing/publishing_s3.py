"""A store that speaks S3, on loopback, for tests: written from the documented shapes, with the faults of real ones.

Source: docs.aws.amazon.com/AmazonS3/latest/API: PutObject, DeleteObject, ListObjectsV2, Error Responses.
"""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import md5, sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from dateline.publishing.stores.signing import Key, query_of, signed

KEY = Key("AKIDEXAMPLE", "a secret of the store's")
BUCKET = "paper"
ERROR = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{words}</Message>'
    "<Resource>/paper</Resource><RequestId>4442587FB7D0A2F9</RequestId></Error>"
)
LIST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
    "<Name>paper</Name><Prefix>{prefix}</Prefix><KeyCount>{count}</KeyCount><MaxKeys>{most}</MaxKeys>"
    "<IsTruncated>{more}</IsTruncated>{rows}{token}</ListBucketResult>"
)
ROW = (
    "<Contents><Key>{key}</Key><LastModified>2026-11-23T12:00:00.000Z</LastModified>"
    '<ETag>"{etag}"</ETag><Size>{size}</Size><StorageClass>STANDARD</StorageClass></Contents>'
)
FAULTS = {
    "slow down": (503, "SlowDown", "Please reduce your request rate."),
    "internal": (500, "InternalError", "We encountered an internal error. Please try again."),
    "denied": (403, "AccessDenied", "Access Denied"),
    "too long": (400, "KeyTooLongError", "Your key is too long"),
}


@dataclass
class Held:
    """An object: what readers would get."""

    content: bytes
    headers: dict[str, str]


@dataclass
class Bucket:
    """What stands in the store, who asked for what, and which faults come next. most: keys in one list."""

    held: dict[str, Held] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    # Every request in trouble, until it is taken away.
    broken: str = ""
    most: int = 1000
    lock: threading.Lock = field(default_factory=threading.Lock)
    woken: threading.Event = field(default_factory=threading.Event)
    address: str = ""

    def put(self):
        """Return the keys in the order in which they were put since last asked, and forget the questions."""
        keys = [key for method, key in self.asked if method == "PUT"]
        self.asked.clear()
        return keys

    def fault(self):
        with self.lock:
            return self.faults.pop(0) if self.faults else self.broken


def serve(bucket):  # noqa: C901 — three verbs and their faults
    """Start the store. Returns how to end it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            key = self._asked()
            fault = bucket.fault()
            if self._is_in_trouble(fault, body):
                return
            named = {name.lower(): value for name, value in self.headers.items()}
            kept = {
                name: value
                for name, value in named.items()
                if name in {"content-type", "cache-control", "content-encoding"}
                or name.startswith(("x-amz-meta-", "x-amz-website"))
            }
            with bucket.lock:
                bucket.held[key] = Held(body, kept)
            etag = "0" * 32 if fault == "other bytes" else md5(body).hexdigest()
            if fault == "cut":
                self._answered(200, b"x" * 10, {"ETag": f'"{etag}"'}, told=1000)
            else:
                self._answered(200, b"", {"ETag": f'"{etag}"'})

        def do_DELETE(self):
            key = self._asked()
            if not self._is_in_trouble(bucket.fault(), b""):
                with bucket.lock:
                    bucket.held.pop(key, None)
                self._answered(204, b"")

        def do_GET(self):
            self._asked()
            if self._is_in_trouble(bucket.fault(), b""):
                return
            asked = {
                name: values[0]
                for name, values in parse_qs(urlsplit(self.path).query, keep_blank_values=True).items()
            }
            prefix, after = asked.get("prefix", ""), asked.get("continuation-token", "")
            keys = sorted(key for key in bucket.held if key.startswith(prefix) and key > after)
            page, more = keys[: bucket.most], len(keys) > bucket.most
            rows = "".join(
                ROW.format(
                    key=escape(key),
                    etag=md5(bucket.held[key].content).hexdigest(),
                    size=len(bucket.held[key].content),
                )
                for key in page
            )
            token = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else ""
            self._answered(
                200,
                LIST.format(
                    prefix=prefix,
                    count=len(page),
                    most=bucket.most,
                    more=str(more).lower(),
                    rows=rows,
                    token=token,
                ).encode(),
            )

        def _asked(self):
            path = unquote(urlsplit(self.path).path)
            key = path.removeprefix(f"/{BUCKET}").removeprefix("/")
            with bucket.lock:
                bucket.asked.append((self.command, key))
            return key

        def _is_in_trouble(self, fault, body):
            if fault in FAULTS:
                status, code, words = FAULTS[fault]
                self._answered(status, ERROR.format(code=code, words=words).encode())
            elif fault == "hang up":
                self.close_connection = True
                self.connection.close()
            elif fault == "silent":
                bucket.woken.wait(10)
                self.close_connection = True
            elif not self._is_signed(body):
                self._answered(
                    403, ERROR.format(code="SignatureDoesNotMatch", words="It does not match.").encode()
                )
            else:
                return False
            return True

        def _is_signed(self, body):
            """As the store reckons it, from what has arrived on the line."""
            parts = urlsplit(self.path)
            said = self.headers["Authorization"]
            names = said.partition("SignedHeaders=")[2].partition(",")[0].split(";")
            own = {"host", "x-amz-date", "x-amz-content-sha256"}
            now = datetime.strptime(self.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            wanted = signed(
                KEY, method=self.command, host=self.headers["Host"], path=parts.path,
                query=query_of({name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}),
                headers={name: self.headers[name] for name in names if name not in own},
                body=body, region="eu-test-1", now=now,
            )  # fmt: skip
            return (
                said == wanted["authorization"]
                and self.headers["x-amz-content-sha256"] == sha256(body).hexdigest()
            )

        def _answered(self, status, content, headers=None, *, told=None):
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(told or len(content)))
            if told:
                self.close_connection = True
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    bucket.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def end():
        bucket.woken.set()
        server.shutdown()
        server.server_close()

    return end
