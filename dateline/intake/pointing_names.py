"""Which names of classes and ids on a page will still be there next week."""

import re
from typing import Final

from dateline.lib.text import names

LONGEST: Final = 60
_STATES: Final = names(
    "active current selected open opened closed first last odd even hidden visible show shown in out on off lazy "
    "lazyload lazyloaded lazyloading loaded loading hover focus disabled enabled sticky left right center clear "
    "clearfix cf row col column container wrapper wrap inner outer grid flex block inline big small large medium"
)
_FLEETING = re.compile(
    r"^(?:css|sc|jsx|svelte|emotion|styled|jss|ng|_ng\w*|data-v|is|has|js|no|wp-image|tag|category|cat|status|format"
    r"|type|col|order|offset|u|o)-|^(?:post|id|node|menu-item|views-row|row|span|[mp][trblxyse]?|w|h|gap|text|bg|font"
    r"|leading)-[\w-]*\d$|^(?!ad$)[a-z]{1,2}$"
)
_MODULE = re.compile(
    r"^(?P<stem>[A-Za-z]\w*?(?:-\w+?)*?(?:_{1,3}|-(?:sc-)?))(?P<tail>[A-Za-z0-9_+]{4,10}(?:-\d)?)$"
)
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_PLAIN = re.compile(r"^[A-Za-z_\u0080-\uffff-][\w-]*$")
_MOST_DIGITS: Final = 2
_SHORTEST_RANDOM: Final = 5
_LONGEST_DRAWN: Final = 8
_TOO_SHORT: Final = 2
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6}", re.IGNORECASE)
_SPEAKING: Final = re.compile(
    r"head|title|news|article|artikel|story|stor|post|entry|item|card|teaser|list|feed|content|body|text|main|date|"
    r"time|author|byline|lead|summary|excerpt|standfirst|intro|nota|notic|haber|xeber|статья|novost",
    re.IGNORECASE,
)


def is_lasting(name: str) -> bool:
    """Is this a name that somebody gave, rather than a state, a place in a grid or what a build tool drew?"""
    if not (1 < len(name) <= LONGEST) or not _PLAIN.match(name) or name.lower() in _STATES:
        return False
    if _FLEETING.search(name) or len(re.findall(r"\d", name)) > _MOST_DIGITS or _is_module(name):
        return False
    return not any(is_random(part) for part in re.split(r"[-_]+", name))


def lasting_stem(name: str) -> str:
    """Return what stays of a name whose end a build tool drew (`Card_title__x7Zp2` → `Card_title__`), else nothing."""
    found = _MODULE.match(name)
    return (
        found["stem"] if found and is_random(found["tail"]) and len(found["stem"]) > _SHORTEST_RANDOM else ""
    )


def is_speaking(name: str) -> bool:
    """Does the name say what the element is?"""
    return _SPEAKING.search(name) is not None


def is_random(part: str) -> bool:
    """Does a part of a name look drawn by a machine: digits among letters, letters of both cases in a jumble?"""
    if len(part) < _SHORTEST_RANDOM or not part.isascii():
        return False
    if any(letter.isdigit() for letter in part.rstrip("0123456789")):
        return True
    if _CONSONANTS.search(part) and not part.isupper():
        return True
    pieces = _CAMEL.findall(part)
    if len(part) <= _LONGEST_DRAWN and len(pieces) > 1:
        return any(len(piece) <= _TOO_SHORT or not _VOWEL.search(piece) for piece in pieces)
    return len(pieces) >= len(part) / 2.5


def _is_module(name: str) -> bool:
    return bool(lasting_stem(name))
