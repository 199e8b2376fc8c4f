"""What came from outside, as it is to be kept: an answer of a server, or a thing that reached us in another way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dateline.intake.answers import charset, media_type
from dateline.net.letters import Headers, Response

LETTER: Final = "message/rfc822"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One thing that came, whole.

    url: what we asked for, or the name of what was brought (`mid:…`, `urn:…`, the address it is said to be from).
    final_url: where the body comes from; as `url` where there was no redirect. came_at: with its zone.
    status: of the answer; 0 where nobody was asked (a letter, a delivery, a pasted text), and then there are no
    `headers` and no `sent`. content_type: of what was brought; an answer says it in its headers.
    sent: the headers of our question. hops: redirects on the way, each an address and its status.
    """

    url: str
    body: bytes
    came_at: datetime
    final_url: str = ""
    status: int = 0
    headers: Headers = ()
    content_type: str = ""
    sent: Headers = ()
    hops: tuple[tuple[str, int], ...] = ()

    @property
    def is_answer(self) -> bool:
        """Whether a server answered us, rather than somebody bringing it."""
        return self.status > 0

    @property
    def target(self) -> str:
        """The address, or name, that the body has."""
        return self.final_url or self.url


def evidence_of(response: Response, *, sent: Iterable[tuple[str, str]] = ()) -> Evidence:
    """Return what to keep of an answer. sent: the headers of the question that it answers."""
    return Evidence(
        url=response.url,
        final_url=response.final_url,
        body=response.body,
        came_at=response.fetched_at,
        status=response.status,
        headers=response.headers,
        sent=tuple(sent),
        hops=tuple((hop.url, hop.status) for hop in response.hops),
    )


def brought(
    body: bytes, *, name: str, came_at: datetime, content_type: str = "application/octet-stream"
) -> Evidence:
    """Return what to keep of a letter, a file or a pasted text.

    name: an address for it: that of the page it is said to be from, `mid:…` of a letter, `urn:…`.
    """
    return Evidence(url=name, body=body, came_at=came_at, content_type=content_type)


def content_type_of(headers: Iterable[Iterable[str]]) -> str:
    """Return the Content-Type among `headers` (pairs), an empty text where there is none."""
    return next((value for name, value in headers if name.lower() == "content-type"), "")


def charset_of(headers: Iterable[Iterable[str]]) -> str | None:
    """Return the charset that the Content-Type among `headers` names."""
    return charset(content_type_of(headers))


def is_markup(content_type: str) -> bool:
    """Whether a browser would show a body of this type as a page. One that says nothing may be."""
    return media_type(content_type) in {"", "text/html", "application/xhtml+xml"}
