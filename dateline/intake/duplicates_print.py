"""The fingerprint of a text: which runs of five words it holds, sampled so that a day of the press stays small."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SHINGLE: Final = 5
SAMPLED: Final = 8
# Samples of a text shorter than this say too little about it, so all its runs are kept.
SHORT_WORDS: Final = 200
OPENING_WORDS: Final = 100
_HASH_BYTES = 8
# A word; where a script sets no spaces, each of its signs.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


@dataclass(frozen=True)
class Print:
    """What is kept of a text to know it again.

    whole: hash of all its words in order. sampled: hashes of every eighth run of five words; the choice is by the
    run itself, so that two texts choose alike. opening: those of its first hundred words. further: the other runs,
    of a short text only. size: in words.
    """

    whole: int
    sampled: frozenset[int]
    opening: frozenset[int]
    further: frozenset[int]
    size: int

    @property
    def is_short(self) -> bool:
        """Whether all runs of the text are kept."""
        return self.size < SHORT_WORDS

    def all(self) -> frozenset[int]:
        """Return every run that is kept."""
        return self.sampled | self.further


def print_of(text: str) -> Print:
    """Return the fingerprint of `text`; case, punctuation and white space leave none.

    Source: Broder 1997, resemblance and containment of documents; Manber 1994, sampling by the hash.
    """
    found = _WORD.findall(text.lower())
    hashes = list(_runs(found))
    sampled = _sampled(hashes)
    return Print(
        whole=_hash(" ".join(found)),
        sampled=sampled,
        opening=_sampled(hashes[:OPENING_WORDS]),
        further=frozenset(hashes) - sampled if len(found) < SHORT_WORDS else frozenset(),
        size=len(found),
    )


def _sampled(hashes: list[int]) -> frozenset[int]:
    return frozenset(h for h in hashes if h % SAMPLED == 0)


def _runs(found: list[str]) -> Iterator[int]:
    for at in range(len(found) - SHINGLE + 1):
        yield _hash(" ".join(found[at : at + SHINGLE]))


def _hash(text: str) -> int:
    """Return 63 bits: what the integer column of any database holds."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).digest()
    return int.from_bytes(digest, "big") >> 1
