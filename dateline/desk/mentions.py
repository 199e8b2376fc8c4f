"""@names in what the desk writes to itself."""

import re
from collections.abc import Iterable
from typing import Final

# As user names may be written; a dot or hyphen at the end belongs to the sentence.
_MENTION: Final = re.compile(r"(?<![\w@.])@([\w.@+-]*\w)")


def mentioned(text: str) -> list[str]:
    """Return the names that `text` calls with @, each once, in order; case is kept."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def parts(text: str, known: Iterable[str]) -> list[tuple[str, bool]]:
    """Return the text in parts, each with whether it is a mention of somebody known (in any case)."""
    names = {name.casefold() for name in known}
    found: list[tuple[str, bool]] = []
    end = 0
    for match in _MENTION.finditer(text):
        if match[1].casefold() in names:
            found += [(text[end : match.start()], False), (match[0], True)]
            end = match.end()
    return [part for part in [*found, (text[end:], False)] if part[0]]
