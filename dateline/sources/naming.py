"""How an outlet is called when nobody has said it yet."""

import re
import unicodedata
from collections.abc import Callable
from itertools import count
from typing import Final

from dateline.lib.text import cut, one_line

LONGEST_SLUG: Final = 80
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_FORERUNNERS = ("www.", "m.", "amp.", "feeds.", "rss.")


def name_for(*, given: str, title: str, host: str, longest: int = 160) -> str:
    """Return the first of what the editor said, what the feed or page calls itself, and the host."""
    return cut(one_line(given) or one_line(title) or bare_host(host), longest)


def bare_host(host: str) -> str:
    """Return a host without what stands before its own name (www., feeds. …)."""
    for forerunner in _FORERUNNERS:
        host = host.removeprefix(forerunner)
    return host


def slug_for(*, name: str, host: str, is_taken: Callable[[str], bool]) -> str:
    """Return a free slug made from the name, or from the host where the name has too few Latin letters."""
    wish = _latin(name)
    if len(wish) < 2 * len(name) // 3:  # what is left of another script is not its name
        wish = _latin(bare_host(host))
    return _free(wish[:LONGEST_SLUG].strip("-") or "outlet", is_taken)


def _latin(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode("ascii")
    return _NOT_IN_SLUG.sub("-", plain).strip("-")


def _free(wish: str, is_taken: Callable[[str], bool]) -> str:
    if not is_taken(wish):
        return wish
    numbered = (f"{wish[: LONGEST_SLUG - 5]}-{number}" for number in count(2))
    return next(slug for slug in numbered if not is_taken(slug))
