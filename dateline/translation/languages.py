"""What the translation desk needs to know of a language: what stands between two sentences."""

from dateline.lib.scripts import primary

_WITHOUT_SPACES = frozenset({"zh", "ja"})


def joiner(language: str) -> str:
    """Return what stands between two sentences of a paragraph."""
    return "" if primary(language) in _WITHOUT_SPACES else " "
