"""Knows a bad extraction: chooses between two opinions, and says why an editor should look."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from dateline.intake.counting import counted
from dateline.intake.extract_blocks import Block, key_of, text_of
from dateline.lib.text import words

_SENTENCE = 80
_FEW_LINKS = 0.3
_MUCH_MORE = 0.35
_MISSED = 800
_MISSED_BLOCKS = 4
_TRUSTED = 1_500
_SHARED = 0.9
_TAIL = 0.3
_TAIL_BLOCK = 2_000

_SHORTEST = 250
_WORDS_TOO_FEW = 0.6
_RIVER = 30_000
_SUMMARY_SHARED = 0.15
_HEADLINE_WORDS = 4
_STEM = 4
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True)
class Witnesses:
    """What the page and the feed say about the text, apart from the text."""

    headline: str
    summary: str = ""
    word_count: int | None = None
    article_body: str = ""
    is_live: bool = False
    is_free: bool | None = None
    has_next_page: bool = False


def better_of(first: list[Block], second: list[Block]) -> list[Block]:
    """Return `first`, or `second` where it clearly holds the article better.

    That is where the second has paragraphs of prose that the first missed, or where the two agree and the first
    only goes on behind the end: comments, lists of sources.
    """
    if not first or not second:
        return first or second
    return second if _missed(first, second) or _goes_on(first, second) else with_gaps_filled(first, second)


def with_gaps_filled(first: list[Block], second: list[Block]) -> list[Block]:
    """Return `first` with the paragraphs of prose that `second` has between two that both have, or at the end.

    Paragraphs with links in them fall to the first extractor's fear of menus; one that stands in the midst of the
    body is part of it.
    """
    places = {key_of(block.text): place for place, block in enumerate(first)}
    additions: dict[int, list[Block]] = {}
    waiting: list[Block] = []
    last: int | None = None
    for block in second:
        place = places.get(key_of(block.text))
        if place is None:
            waiting.append(block)
        elif last is None or place >= last:
            if last is not None and place == last + 1:
                additions[last] = [b for b in waiting if _belongs(b, places)]
            waiting = []
            last = place
    if last == len(first) - 1:
        additions[last] = list(takewhile(lambda block: _belongs(block, places), waiting))
    return [b for place, block in enumerate(first) for b in (block, *additions.get(place, ()))]


def _belongs(block: Block, places: dict[str, int]) -> bool:
    key = key_of(block.text)
    linked = block.link_ratio > 0 and is_prose(block) and _ends_as_sentence(block.text)
    return linked and not any(key in known or known in key for known in places)


def agreement(left: str, right: str) -> float:
    """Return how alike two texts are by their words, 0 to 1 (the F1 of their counted words)."""
    a, b = counted(left), counted(right)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def reasons_to_doubt(body: list[Block], witnesses: Witnesses) -> Iterator[str]:
    """Yield `code: sentence` for what an editor must know of `body`, however sound it looks."""
    text = text_of(body)
    count = counted(text).total()
    if len(text) < _SHORTEST:
        yield "short: The text is very short; the page may hold a picture, a video or a teaser only."
    if witnesses.word_count and count < witnesses.word_count * _WORDS_TOO_FEW:
        yield f"cut: The page says that the article has {witnesses.word_count} words; {count} were found."
    if witnesses.is_live or len(text) > _RIVER:
        yield "river: A live report or several articles on one page; there may be more here than the article."
    if witnesses.is_free is False and len(text) < _TRUSTED:
        yield "paywall: The article is behind a paywall, and the text is short: it may end early."
    if witnesses.has_next_page:
        yield "pages: The article has further pages that are not read here."
    if _is_about_something_else(text, witnesses):
        yield "elsewhere: The text hardly shares a word with its headline and summary."


def _is_about_something_else(text: str, witnesses: Witnesses) -> bool:
    """Compares the beginnings of long words, since most languages change their ends."""
    told = {w[:_STEM] for w in words(f"{witnesses.headline} {witnesses.summary}") if len(w) >= _STEM}
    if len(told) < _HEADLINE_WORDS or _UNSPACED.search(text):
        return False
    found = {w[:_STEM] for w in counted(text)}
    return len(told & found) < len(told) * _SUMMARY_SHARED


def is_prose(block: Block) -> bool:
    """True for a paragraph long enough for a sentence and not made of links."""
    return block.tag in ("p", "blockquote") and len(block.text) >= _SENTENCE and block.link_ratio < _FEW_LINKS


def prose_length(blocks: list[Block]) -> int:
    """Return the characters of prose among `blocks`."""
    return sum(len(block.text) for block in blocks if is_prose(block))


def _missed(first: list[Block], second: list[Block]) -> bool:
    known = {key_of(block.text) for block in first}
    whole = key_of(text_of(first))
    missed = [b for b in second if is_prose(b) and _ends_as_sentence(b.text) and key_of(b.text) not in known]
    missed = [b for b in missed if key_of(b.text)[:_SENTENCE] not in whole]
    length = sum(len(b.text) for b in missed)
    return len(missed) >= _MISSED_BLOCKS and length >= max(_MISSED, _MUCH_MORE * prose_length(first))


def _ends_as_sentence(text: str) -> bool:
    return re.search(r"[.!?…։۔。؟\"”»']\W*$", text) is not None


def _goes_on(first: list[Block], second: list[Block]) -> bool:
    if prose_length(second) < _TRUSTED:
        return False
    theirs = {key_of(block.text) for block in second}
    ours = [key_of(block.text) in theirs for block in first]
    if sum(ours) < _SHARED * len(theirs):
        return False
    last = max(i for i, shared in enumerate(ours) if shared)
    tail = first[last + 1 :]
    length = sum(len(block.text) for block in tail)
    return length > _TAIL * sum(len(b.text) for b in first) and prose_length(tail) < length / 2
