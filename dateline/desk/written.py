"""A plain text that somebody wrote, as the blocks of a body. Pure."""

import re
from html import escape
from typing import Any
from uuid import UUID, uuid5

_BETWEEN = re.compile(r"\n\s*\n")


def paragraphs(text: str, *, key: UUID) -> list[dict[str, Any]]:
    """Return the text as paragraphs: a blank line ends one, a single break stays. key: the article's, for their ids."""
    told = [part.strip() for part in _BETWEEN.split(text.replace("\r\n", "\n"))]
    return [
        {
            "type": "paragraph",
            "value": f"<p>{escape(part, quote=False).replace(chr(10), '<br/>')}</p>",
            "id": str(uuid5(key, str(number))),
        }
        for number, part in enumerate(part for part in told if part)
    ]
