"""When two sentences are the same to the memory: word for word, or but for their numbers and dates."""

import hashlib
import unicodedata

from dateline.lib.text import one_line
from dateline.translation.memory.classes import classed

BITS = 64


def normalised(source: str) -> str:
    """Return `source`, placeholders and all, in one spelling: composed letters, single spaces."""
    return one_line(unicodedata.normalize("NFC", source))


def hashed(text: str) -> int:
    """Return 64 bits of a hash of `text`, as a signed number that any database can keep."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=BITS // 8).digest(), signed=True)


def source_key(source: str) -> int:
    """Return the key under which the memory keeps translations of `source`, marks included."""
    return hashed(normalised(source))


def class_key(source: str, *, language: str) -> int:
    """Return the key that `source` shares with sentences that differ in case, marks, numbers and dates only."""
    return hashed(classed(normalised(source), language=language))


# The neighbour of a document's first and last sentence.
EDGE = hashed("")
