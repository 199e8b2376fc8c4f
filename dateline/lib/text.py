"""Text as people wrote it: without control characters, with one kind of space."""

import re

_REMOVED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls that are no white space
    "\u202d\u202e"  # overrides that make text read as what it is not; marks and isolates stay
    "\ufff9-\ufffb\ufffe\uffff"  # annotations, noncharacters
    "\ufdd0-\ufdef"
    "\ud800-\udfff"  # halves of pairs, which no encoding can write
    "\U000e0000-\U000e001f]"
)
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n\s*\n\s*")
_WORD = re.compile(r"[\w'’]+")


def names(text: str) -> frozenset[str]:
    """Return the words of `text` as a set: a table of names that reads as a line."""
    return frozenset(text.split())


def without_controls(text: str) -> str:
    """Return `text` without characters that are no text, and with every line end as a line feed."""
    return _REMOVED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return `text` with every run of white space as one space and none at its ends."""
    if text.replace("\n", " ").isprintable():  # then there is nothing to take out, and that is soon known
        return " ".join(text.split())
    return " ".join(without_controls(text).split())


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of `text`, which blank lines set apart; empty ones are left out."""
    return [part for part in _BLANK_LINES.split(text.strip()) if part]


def tidy(text: str) -> str:
    """Return `text` with single spaces, its line ends, and at most one blank line between paragraphs."""
    lines = (_SPACES.sub(" ", line).strip() for line in without_controls(text).split("\n"))
    return "\n\n".join(paragraphs("\n".join(lines)))


def words(text: str) -> list[str]:
    """Return the words of `text` in lower case, in order, without punctuation."""
    return _WORD.findall(text.lower())


def cut(text: str, length: int) -> str:
    """Return `text` in at most `length` characters, cut between words with an ellipsis."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(None, 1)[0].rstrip(" ,;:.") + "…"
