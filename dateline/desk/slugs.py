"""The last part of an address, from a headline, in letters that its readers can type. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import count

from dateline.translation.slugs import propose_slug

_OTHER = re.compile(r"[^\w]+|_+")
_LONGEST = 80


def slug_for(headline: str, *, keeps_script: bool, is_taken: Callable[[str], bool]) -> str:
    """Return a slug that is not taken.

    keeps_script: the readers write in the headline's script, so that it stays; else it is put into Latin letters.
    A Latin headline is always cut to plain letters: `Le café` becomes `le-cafe`.
    """
    own = "" if not keeps_script or _is_latin(headline) else _in_own_script(headline)
    proposed = own or propose_slug(headline, longest=_LONGEST) or "article"
    return next(slug for slug in _numbered(proposed) if not is_taken(slug))


def _numbered(slug: str) -> Iterator[str]:
    return (slug if number == 1 else f"{slug}-{number}" for number in count(1))


def _is_latin(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


def _in_own_script(text: str) -> str:
    bare = "".join(
        letter for letter in unicodedata.normalize("NFC", text) if not unicodedata.combining(letter)
    )
    slug = _OTHER.sub("-", bare.lower()).strip("-")
    if len(slug) <= _LONGEST:
        return slug
    return slug[: _LONGEST + 1].rsplit("-", 1)[0][:_LONGEST].strip("-")
