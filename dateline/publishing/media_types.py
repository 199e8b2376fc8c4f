"""Types of files that their ending alone does not tell a server. Pure."""

from typing import Final

# By how the file's name ends.
BY_NAME: Final = {
    "feed.xml": "application/rss+xml",
    ".rss": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "rsl.xml": "application/rsl+xml",
    ".activity": "application/activity+json",
    ".md": "text/markdown",
    "nodeinfo": "application/json",
}


def told_by_name(name: str) -> str:
    """Return the type with its charset; empty where the ending tells it."""
    return next((f"{mime}; charset=utf-8" for ending, mime in BY_NAME.items() if name.endswith(ending)), "")
