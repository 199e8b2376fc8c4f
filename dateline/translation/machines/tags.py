"""Placeholders as tags, for services that carry tags to their places, and back."""

import re
from html import escape, unescape
from typing import Final

from dateline.translation.marks import Token, pieces, tokens
from dateline.translation.placing import mended

_TAG: Final = re.compile(r"<(/?)m([0-9]{1,4})\s*(/?)>")
_MARKUP: Final = re.compile(r"</?[A-Za-z!?][^<>]*>")


def to_tags(text: str) -> str:
    """Return `text` as XML that is HTML too: ⟦1⟧ferry⟦/1⟧ becomes <m1>ferry</m1>, ⟦2/⟧ becomes <m2/>."""
    return "".join(
        _tag(piece) if isinstance(piece, Token) else escape(piece, quote=False) for piece in pieces(text)
    )


def from_tags(source: str, answer: str) -> str:
    """Return an answer with the placeholders of `source` where its tags stand; other tags are left out."""
    single = {token.number for token in tokens(source) if token.shape == "single"}
    marked = _TAG.sub(lambda found: _token(found, single), answer)
    return mended(source, unescape(_MARKUP.sub("", marked)))


def _tag(token: Token) -> str:
    return {
        "open": f"<m{token.number}>",
        "close": f"</m{token.number}>",
        "single": f"<m{token.number}/>",
    }.get(token.shape, "")


def _token(found: re.Match[str], single: set[str]) -> str:
    closes, number, ends = found.groups()
    if number in single:
        return "" if closes else f"⟦{number}/⟧"
    return "" if ends else f"⟦{closes}{number}⟧"
