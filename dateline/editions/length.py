"""How long an edition is: words, minutes, and about how heavy its letter will be. Pure."""

from dataclasses import dataclass
from typing import Final

# Markup of a letter around its pieces, and around each: about what the letter's template makes.
FRAME_BYTES: Final = 9_000
PIECE_BYTES: Final = 1_150
MOST_BYTES: Final = 60 * 1024


@dataclass(frozen=True)
class Length:
    """words: shown in the edition itself (foreword, headlines, standfirsts). minutes: to read that.

    whole_minutes: to read every piece. letter_bytes: of its heaviest letter before anything is left out of it, or an
    estimate where no letter is made of it; is_too_heavy: above what a letter may weigh.
    """

    pieces: int
    words: int
    minutes: int
    whole_minutes: int
    letter_bytes: int

    @property
    def letter_kilobytes(self) -> int:
        """The letter's weight, rounded up."""
        return -(-self.letter_bytes // 1024)

    @property
    def is_too_heavy(self) -> bool:
        """Would its letter be cut off by some mailboxes?"""
        return self.letter_bytes > MOST_BYTES

    @property
    def share(self) -> int:
        """Percents of what a letter may weigh, 100 at most."""
        return min(100, round(100 * self.letter_bytes / MOST_BYTES))


def measured(
    *,
    texts: list[str],
    whole_words: int,
    pieces: int,
    words_per_minute: float,
    letter_bytes: int | None = None,
) -> Length:
    """Return the length of an edition. texts: what it shows. whole_words: of all pieces together.

    letter_bytes: what its letter weighs; None where there is none to weigh.
    """
    words = sum(len(text.split()) for text in texts)
    size = sum(len(text.encode()) for text in texts)
    return Length(
        pieces=pieces,
        words=words,
        minutes=max(1, round(words / words_per_minute)),
        whole_minutes=max(1, round(whole_words / words_per_minute)),
        letter_bytes=FRAME_BYTES + pieces * PIECE_BYTES + size if letter_bytes is None else letter_bytes,
    )
