"""One tree of what can go wrong with an address from outside.

Whoever fetches catches `FetchError`, keeps its text for the editor and goes on; anything else is
a fault of ours and crashes loudly.
"""

from datetime import datetime
from math import ceil

from dateline.lib.urls import gettext_noop
from dateline.net.messages import Message, shown

PASSED_ON = gettext_noop("The address asked for, %(asked)s, passes on to it.")


def detail_of(trouble: OSError) -> str:
    """Return the system's own few words about what went wrong."""
    return trouble.strerror or str(trouble) or type(trouble).__name__


class FetchError(Exception):
    """The address gave nothing that can be used. Says which address, what is wrong, what to do.

    url: the address where it went wrong, which after a redirect is not the one asked for.
    asked: the address asked for. message: the sentence for the editor, translatable by `doors.explain`.
    """

    def __init__(self, url: str, template: str, **values: str) -> None:
        super().__init__(url, template)
        self.url = url
        self.asked = url
        self.message = Message(template, {"url": shown(url), **values})

    def sentences(self) -> tuple[Message, ...]:
        """Return what to tell the editor, one translatable sentence after another."""
        if self.asked == self.url:
            return (self.message,)
        return (self.message, Message(PASSED_ON, {"asked": shown(self.asked)}))

    def __str__(self) -> str:
        """The whole text in English."""
        return " ".join(str(sentence) for sentence in self.sentences())


class AddressRefused(FetchError):
    """The guard does not let anyone go there: scheme, port, spelling, or a network that is not public."""


class CannotResolve(FetchError):
    """The name has no address."""


class CannotConnect(FetchError):
    """Nobody answers at the address, or its certificate is not to be trusted."""


class TooSlow(FetchError):
    """The whole exchange took longer than its deadline."""

    def __init__(self, url: str, *, seconds: float) -> None:
        super().__init__(
            url,
            gettext_noop(
                "%(url)s did not finish its answer within %(seconds)s seconds. It is tried again at the next"
                " round; if it stays so, open it in a browser and tell the outlet."
            ),
            seconds=f"{seconds:g}",
        )


class TooLarge(FetchError):
    """The body, unpacked, is larger than what is wanted from this kind of address."""

    def __init__(self, url: str, *, limit_bytes: int) -> None:
        super().__init__(
            url,
            gettext_noop(
                "%(url)s sends more than %(limit)s MiB, so its answer was cut off and thrown away. Check that"
                " the address is the right one: a feed or a page is never that large."
            ),
            limit=f"{limit_bytes / 2**20:.3g}",
        )


class TooManyRedirects(FetchError):
    """The address passes the caller on again and again."""


class BrokenResponse(FetchError):
    """What came is not HTTP, breaks off, or is not packed as it says."""


class HostBusy(FetchError):
    """Another question to this host is under way, or it is to be left alone. Nothing was asked.

    No failure: ask again at `until`.
    """

    def __init__(self, url: str, *, host: str, until: datetime, seconds: float) -> None:
        self.host = host
        self.until = until
        super().__init__(
            url,
            gettext_noop(
                "%(host)s is asked one question at a time, with a pause after each, and others come first."
                " %(url)s is asked in about %(seconds)s seconds."
            ),
            host=host,
            seconds=str(max(1, ceil(seconds))),
        )


class RobotsRefuse(FetchError):
    """The host's robots.txt does not let us read this address.

    rule: the line that says so. until: when its rules are read anew.
    """

    def __init__(self, url: str, *, rule: str, until: datetime) -> None:
        self.rule = rule
        self.until = until
        super().__init__(
            url,
            gettext_noop(
                "%(url)s is closed to programs such as ours: the site's robots.txt says “%(rule)s”, and we keep"
                " to that. Open it in a browser and paste its text, or ask the outlet to let Dateline in."
            ),
            rule=shown(rule),
        )


class RobotsUnknown(FetchError):
    """The host's robots.txt cannot be had now, so nobody knows what is allowed. until: when it is asked again."""

    def __init__(self, url: str, *, until: datetime, detail: str) -> None:
        self.until = until
        super().__init__(
            url,
            gettext_noop(
                "Whether %(url)s may be read is not known: the site's robots.txt cannot be had (%(detail)s). It is"
                " asked again later; nothing is to be done here."
            ),
            detail=detail,
        )


class BadStatus(FetchError):
    """A service of the operator's answered with an error. Only the configured door raises it.

    status: the HTTP status. excerpt: the start of what it said.
    """

    def __init__(self, url: str, *, status: int, excerpt: str) -> None:
        self.status = status
        self.excerpt = excerpt
        super().__init__(
            url,
            gettext_noop(
                "%(url)s answered with status %(status)s: %(excerpt)s. Check the address and the key in the"
                " settings."
            ),
            status=str(status),
            excerpt=shown(excerpt) or "—",
        )
