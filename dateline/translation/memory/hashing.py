"""When two sentences are the same to the memory."""

import hashlib
import unicodedata

from dateline.lib.text import one_line


def normalised(source: str) -> str:
    """Return `source`, placeholders and all, in one spelling: composed letters, single spaces."""
    return one_line(unicodedata.normalize("NFC", source))


def source_hash(source: str) -> str:
    """Return the key under which the memory keeps translations of `source`: 64 hexadecimal digits."""
    return hashlib.sha256(normalised(source).encode()).hexdigest()
