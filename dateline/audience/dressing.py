"""How a page for readers that is not baked is dressed as the site's own: the room that renders pages signs in here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Dressed:
    """A page and the content security policy that goes with it."""

    content: bytes
    policy: str


# Template (of templates/pages), title, language, what the template shows.
Dress = Callable[[str, str, str, Mapping[str, Any]], Dressed]
_dress: list[Dress] = []


class NobodyDresses(LookupError):
    """No room has signed in that can dress a page as the site's own."""


def sign_in(dress: Dress) -> None:
    """Let `dress` make pages from now on."""
    _dress[:] = [dress]


def dressed(template: str, *, title: str, language: str, shows: Mapping[str, Any]) -> Dressed:
    """Return a page of the site with `templates/pages/<template>.html` in it. Raises NobodyDresses."""
    if not _dress:
        raise NobodyDresses("No room renders pages, so there is none for readers.")
    return _dress[0](template, title, language, shows)
