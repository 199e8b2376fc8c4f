"""One step of an exchange: dial exactly these addresses, ask once, read no more than wanted.

The last wall stands at the socket: whatever the client library thinks that it should reach, no
socket is made for an address that was not cleared for this call.
"""

import asyncio
import socket
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final, Self, TypeVar

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from dateline.lib.urls import WebAddress, gettext_noop
from dateline.net.errors import AddressRefused, BrokenResponse, CannotConnect, FetchError, TooLarge, detail_of
from dateline.net.letters import Answer, Headers
from dateline.net.unpacking import ACCEPTED, BadPacking, unpacker

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
BODILESS: Final = frozenset({204, 304})
LONGEST_LINE: Final = 16 * 1024
LONGEST_FIELD: Final = 64 * 1024
MOST_HEADERS: Final = 256

NOT_CLEARED = gettext_noop("%(url)s was about to be reached at an address that nobody checked; it was not.")
BAD_CERTIFICATE = gettext_noop(
    "%(url)s shows a certificate that cannot be trusted (%(detail)s). Open it in a browser; tell the outlet."
)
NO_ANSWER = gettext_noop(
    "Nobody answers at %(url)s (%(detail)s). Check the address; if it is right, it is tried again at the next"
    " round."
)
HUNG_UP = gettext_noop("%(url)s hung up in the middle of its answer. It is tried again at the next round.")
NOT_HTTP = gettext_noop(
    "%(url)s sent an answer that cannot be read (%(detail)s). Open it in a browser; tell the outlet."
)
BAD_LENGTHS = gettext_noop(
    "%(url)s sent an answer in pieces whose lengths do not add up. It is tried again at the next round; if it stays"
    " so, tell the outlet."
)
BAD_PACKING = gettext_noop(
    "%(url)s sent a body that cannot be unpacked: it %(reason)s. Open it in a browser; tell the outlet."
)

T = TypeVar("T")


@dataclass(frozen=True)
class Call:
    """What to ask of which address.

    addresses: the IP addresses that were cleared for it; no other is dialled. name: how errors
    name the address.
    """

    target: WebAddress
    addresses: tuple[str, ...]
    headers: Mapping[str, str]
    limit_bytes: int
    name: str
    method: str = "GET"
    body: bytes | None = field(default=None, repr=False)


class NotCleared(OSError):
    """A socket was wanted for an address that was not cleared. A fault of ours, stopped in time."""


_cleared: ContextVar[tuple[str, ...]] = ContextVar("addresses cleared for this call", default=())


class Line:
    """What calls go out through: a session of the client library that can reach only what its call cleared.

    keeps_open: connections may be used again, by the same host that they were made and cleared for.
    """

    def __init__(self, *, keeps_open: bool = False) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=_Pinned(),
                use_dns_cache=False,
                socket_factory=_walled,
                limit=0,
                force_close=not keeps_open,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            max_line_size=LONGEST_LINE,
            max_field_size=LONGEST_FIELD,
            max_headers=MOST_HEADERS,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def dial(self, call: Call) -> Answer:
        """Return what the address answers; a redirect's body is not read.

        Raises CannotConnect, BrokenResponse, TooLarge, and AddressRefused where the last wall held.
        """
        if not call.addresses:
            raise AddressRefused(call.name, NOT_CLEARED)
        _cleared.set(call.addresses)  # seen by this task and those that the client starts for it
        try:
            async with _ask(self._session, call) as response:
                return Answer(
                    status=response.status, headers=_texts(response), body=await _body(response, call)
                )
        except aiohttp.ClientError as error:
            raise _named(error, call.name) from error
        except BadPacking as error:
            raise BrokenResponse(call.name, BAD_PACKING, reason=str(error)) from error


async def dial(call: Call) -> Answer:
    """Return what the address answers, on a line of its own. Raises what `Line.dial` does."""
    async with Line() as line:
        return await line.dial(call)


def _ask(session: aiohttp.ClientSession, call: Call) -> "aiohttp.client._RequestContextManager":
    return session.request(
        call.method,
        URL(str(call.target), encoded=True),
        headers={"Accept": "*/*", **call.headers, "Accept-Encoding": ACCEPTED},
        data=call.body,
        allow_redirects=False,
    )


class _Pinned(AbstractResolver):
    """Answers every question with the addresses that were cleared for the call that asks."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in _cleared.get()
        ]

    async def close(self) -> None:
        """Nothing is held open."""


def _walled(info: aiohttp.AddrInfoType) -> socket.socket:
    family, kind, protocol, _, address = info
    if str(address[0]) not in _cleared.get():
        raise NotCleared(f"{address[0]} was not cleared")
    return socket.socket(family=family, type=kind, proto=protocol)


def _texts(response: aiohttp.ClientResponse) -> Headers:
    return tuple((_text(name), _text(value)) for name, value in response.raw_headers)


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return "".join(letter for letter in text if letter.isprintable() or letter == "\t")


async def _body(response: aiohttp.ClientResponse, call: Call) -> bytes:
    if response.status in REDIRECTS | BODILESS:
        return b""
    unpack = unpacker(",".join(response.headers.getall("Content-Encoding", [])))
    if (response.content_length or 0) > call.limit_bytes:
        raise TooLarge(call.name, limit_bytes=call.limit_bytes)
    body, packed_bytes = bytearray(), 0
    async for chunk in response.content.iter_any():
        packed_bytes += len(chunk)
        for piece in unpack.feed(chunk):
            body += piece
            if max(len(body), packed_bytes) > call.limit_bytes:
                raise TooLarge(call.name, limit_bytes=call.limit_bytes)
    unpack.finish()
    return bytes(body)


def _named(error: aiohttp.ClientError, url: str) -> FetchError:
    match error:
        case aiohttp.ClientConnectorError(os_error=NotCleared()):
            return AddressRefused(url, NOT_CLEARED)
        case aiohttp.ClientConnectorCertificateError():
            return CannotConnect(url, BAD_CERTIFICATE, detail=str(error.certificate_error))
        case aiohttp.ClientConnectorError():
            return CannotConnect(url, NO_ANSWER, detail=detail_of(error.os_error))
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientOSError():
            return BrokenResponse(url, HUNG_UP)
        case aiohttp.ClientPayloadError():
            return BrokenResponse(url, HUNG_UP if _breaks_off(error) else BAD_LENGTHS)
        case _:
            told = getattr(error, "message", "") or str(error)
            return BrokenResponse(url, NOT_HTTP, detail=_first_line(told))


def _breaks_off(error: aiohttp.ClientPayloadError) -> bool:
    """Whether less came than was announced: the client's own words for it are the only sign."""
    return "Not enough data" in f"{error} {error.__cause__}"


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0][:120].rstrip(": ")


def run(exchange: Coroutine[Any, Any, T]) -> T:
    """Return what an exchange gives, from ordinary code, whether or not this thread has a running loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(exchange)
    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(asyncio.run, exchange).result()
