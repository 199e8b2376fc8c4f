"""The last part of an address, proposed from a headline."""

import re

from anyascii import anyascii

_OTHER = re.compile(r"[^a-z0-9]+")
_QUOTES = re.compile(r"['’‘ʻʼ`]")


def propose_slug(headline: str, *, longest: int = 80) -> str:
    """Return `headline` in Latin letters, digits and hyphens, cut between words; empty where nothing is left."""
    slug = _OTHER.sub("-", _QUOTES.sub("", anyascii(headline)).lower()).strip("-")
    if len(slug) <= longest:
        return slug
    return slug[: longest + 1].rsplit("-", 1)[0][:longest].strip("-")
