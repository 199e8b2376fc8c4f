"""Words of any language in a text, and their small letters at the same places."""

import re
from typing import Final

WORD: Final = re.compile(r"\w+(?:[’']\w+)*")


def low(text: str) -> str:
    """Return `text` in lower case, character for character, so that places stay."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small[0] if (small := character.lower()) else character for character in text)
