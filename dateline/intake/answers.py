"""What an answer from an outlet's server means for us, as sentences with `%(url)s` and `%(status)s`."""

from collections.abc import Iterable
from typing import Final

from dateline.lib.urls import gettext_noop

_SUCCESS, _FAULT_OF_THEIRS = 2, 5
# What a server may call a page. One that says nothing is believed.
_PAGES: Final = frozenset(
    {"", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain"}
)

CLOSED = gettext_noop(
    "%(url)s does not let us in (%(status)s). Open it in a browser; if it opens there, ask the outlet to let this"
    " site read it."
)
MISSING = gettext_noop(
    "There is nothing at %(url)s (%(status)s). It may have moved: look for its new address on the outlet's site."
)
GONE = gettext_noop("The outlet took %(url)s away for good (%(status)s).")
TOO_OFTEN = gettext_noop(
    "%(url)s asks us to come less often (%(status)s). We wait as long as it wishes, and then try again."
)
FORBIDDEN = gettext_noop("%(url)s may not be shown for legal reasons, says its server (%(status)s).")
BROKEN = gettext_noop(
    "The server of %(url)s is in trouble itself (%(status)s). It is tried again later; nothing is to be done here."
)
ODD = gettext_noop("%(url)s answered with status %(status)s, which gives us nothing to read.")
NO_PAGE = gettext_noop(
    "%(url)s leads to something that is no page with a text (%(kind)s). Open it in a browser to see what it is."
)
_BY_STATUS: Final = {
    401: CLOSED, 403: CLOSED, 404: MISSING, 410: GONE, 429: TOO_OFTEN, 451: FORBIDDEN,
}  # fmt: skip


def trouble_of(status: int) -> str:
    """Return the sentence about how the server failed, an empty text where it did not."""
    if status // 100 == _SUCCESS:
        return ""
    if status // 100 == _FAULT_OF_THEIRS:
        return BROKEN
    return _BY_STATUS.get(status, ODD)


def media_type(content_type: str) -> str:
    """Return a Content-Type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def charset(content_type: str) -> str | None:
    """Return the charset that a Content-Type names, None where it names none."""
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


def may_be_page(content_type: str) -> bool:
    """Whether an answer of this type may hold an article."""
    return media_type(content_type) in _PAGES


def plain_headers(headers: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return headers as every database can keep them: bytes that were no UTF-8 are shown by their codes."""
    return [[_plain(name), _plain(value)] for name, value in headers]


def _plain(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
