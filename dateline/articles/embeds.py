"""What stands elsewhere and can be shown on our page once a reader asks for it. Pure."""

import re
from typing import Final

# Players that set no cookie before they play, or say so: what an address means, and where its player is.
_PLAYERS: Final = (
    (
        re.compile(
            r"https://(?:www\.|m\.)?(?:youtube\.com/watch\?(?:.*&)?v=|youtu\.be/)([\w-]{6,20})(?:[&?#].*)?"
        ),
        "https://www.youtube-nocookie.com/embed/{0}",
    ),
    (
        re.compile(r"https://(?:www\.)?vimeo\.com/(\d{4,12})(?:[/?#].*)?"),
        "https://player.vimeo.com/video/{0}?dnt=1",
    ),
)
# Whom a page may let into a frame of its own.
FRAMES: Final = ("https://www.youtube-nocookie.com", "https://player.vimeo.com")


def player_of(address: str) -> str:
    """Return the address of the player for a film; empty where it can only be linked."""
    for pattern, player in _PLAYERS:
        found = pattern.fullmatch(address.strip())
        if found:
            return player.format(found.group(1))
    return ""
