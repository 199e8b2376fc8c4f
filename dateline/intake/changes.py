"""Tells a change of a piece from noise around it, and says what kind of change it is.

Sentences are compared rather than paragraphs, since pages are cut into paragraphs anew with each redesign. A
sentence that one version has and the other has not counts only where it is prose, is not there on the other page
somewhere outside of the extracted text, and is none of the lines by which sites fill pages. Figures, names and words
that deny weigh more than others.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from dateline.intake.changes_diff import Pair, passages_shown, replaced, similarity
from dateline.intake.changes_text import Block, Passage, Sentence, key_of, sentences_of, squeezed, words_of
from dateline.intake.changes_told import WEIGHTS, Kind, fact
from dateline.intake.changes_words import (
    CONTINUED,
    CORRECTED,
    COUNTED,
    ELSEWHERE,
    HOUSE,
    NEGATIONS,
    NUMBERS,
    PAY,
    RETRACTED,
    TIMES,
    is_made_of,
)

_SAME_SENTENCE = 0.55  # of their words: two sentences are one, edited
_MOSTLY_LINK = 0.5
_SHORT_PASSAGE = 45  # words: a longer one is prose, whatever it speaks of
_FEW_LEFT = 0.6  # of the words: a piece cut down to less may be closed
_KNOWN = 0.8  # of what is left was there before
_LITTLE = 12  # words beyond replaced figures and names that make a correction no rewriting
_ALIKE = 0.6  # of the letters: another spelling of one word
_SHORT_WORD = 3
_MOST_SHOWN = 200
_LONG = 12  # words: shorter passages stand anywhere
_FAMILY = 3
_STANDFIRST = 0.75
_FEW_LINKS = 0.3


@dataclass(frozen=True, kw_only=True)
class Version:
    """What a page said: the piece's passages, and of the whole page, where it is known, `blocks_of` and `seen_text`."""

    headline: str
    passages: Sequence[Passage]
    blocks: Sequence[Block] = ()
    standfirst: str = ""
    seen: str = ""
    is_paywalled: bool = False


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A change that a reader would notice. facts: of `changes_told.fact`; passages: as `passages_shown` gives them."""

    kind: Kind
    facts: list[dict[str, Any]]
    passages: list[dict[str, Any]] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """How much somebody who made something of the piece must care, 0 to 100."""
        extra = 10 * any(one["code"] in {"figure", "name"} for one in self.facts)
        return min(100, WEIGHTS[self.kind] + extra)


@dataclass(frozen=True, kw_only=True)
class _Difference:
    """What is left when noise is gone. removed, added: whole sentences; pairs: sentences that were edited."""

    removed: list[Sentence]
    added: list[Sentence]
    pairs: list[Pair]

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or self.pairs)


def compare(before: Version, after: Version, *, common: Iterable[str] = ()) -> Comparison | None:
    """Return how `after` differs from `before` for a reader, None where it differs in noise only.

    common: texts of other pieces of the same site; a sentence that stands in two of them is the site's, not the
    piece's. (In one it may be a new version of this very piece.)
    """
    old, new = sentences_of(whole(before)), sentences_of(whole(after))
    elsewhere = [squeezed(text) for text in common]
    difference = _difference(old, new, before, after, elsewhere)
    headline = _headline(before.headline, after.headline)
    if not difference and not headline:
        return None
    shown = passages_shown(old, new, difference.removed, difference.added, difference.pairs)[:_MOST_SHOWN]
    kind, facts = _judged(old, new, difference, headline, after)
    return Comparison(kind=kind, facts=facts, passages=shown)


def whole(version: Version) -> list[Passage]:
    """Return the passages of a piece, with those that the extractor left out: prose that stands where the others do.

    And with notes of correction, wherever on the page they stand, and the standfirst as readers see it.
    """
    known = {squeezed(passage.text) for passage in version.passages}
    homes = _places(version, _long(version))
    found = list(version.passages)
    for block in version.blocks:
        key = squeezed(block.passage.text)
        if key in known:
            continue
        if _is_missed(block, homes) or is_note(key_of(block.passage.text)) or _is_standfirst(block, version):
            known.add(key)
            found.append(block.passage)
    return found


def _long(version: Version) -> frozenset[str]:
    """Return the long passages of a piece, squeezed."""
    return frozenset(
        squeezed(passage.text) for passage in version.passages if len(words_of(passage.text)) >= _LONG
    )


def _places(version: Version, passages: frozenset[str]) -> Counter[str]:
    """Return where on the page these passages stand, and how many at each place."""
    return Counter(block.place for block in version.blocks if squeezed(block.passage.text) in passages)


def _is_missed(block: Block, homes: Counter[str]) -> bool:
    passage = block.passage
    return (
        homes[block.place] >= _FAMILY and passage.linked < _FEW_LINKS and len(words_of(passage.text)) >= _LONG
    )


def _is_standfirst(block: Block, version: Version) -> bool:
    """Whether it is what the page tells machines of the piece: perhaps misspelled in one of the two places."""
    told, text = version.standfirst, block.passage.text
    if len(words_of(told)) < _LONG or not len(told) / 2 < len(text) < len(told) * 2:
        return False
    return similarity(key_of(told), key_of(text)) >= _STANDFIRST


@dataclass(frozen=True)
class _Layout:
    """What stands where the piece's long passages do, and what in boxes of its own; both squeezed."""

    home: str
    boxes: str

    def is_boxed(self, sentence: Sentence) -> bool:
        """Whether a short passage stands in a box. A note of correction may."""
        if (
            _is_a_note(sentence)
            or CONTINUED.search(key_of(sentence.passage.text))
            or len(words_of(sentence.passage.text)) > _SHORT_PASSAGE
        ):
            return False
        key = squeezed(sentence.key)
        return key in self.boxes and key not in self.home


def _layout(version: Version, other: Version) -> _Layout:
    """Return how the page is laid out, by the long passages that both versions have: neither's advertisements."""
    homes = _places(version, _long(version) & _long(other))
    texts = [
        (homes[block.place] > 0 or _is_standfirst(block, version), squeezed(block.passage.text))
        for block in version.blocks
        if homes
    ]
    return _Layout(
        home="\n".join(text for is_home, text in texts if is_home),
        boxes="\n".join(text for is_home, text in texts if not is_home),
    )


def _difference(
    old: list[Sentence], new: list[Sentence], before: Version, after: Version, elsewhere: list[str]
) -> _Difference:
    lost = _unmatched(old, new)
    added = [one for one in _unmatched(new, old) if not _is_noise(one, before.seen, elsewhere)]
    pairs = _paired(
        lost, added
    )  # what was edited may stand unedited elsewhere on the page: in a quote beside
    removed = [one for one in lost if not _is_noise(one, after.seen, elsewhere)]
    edited = {id(one) for pair in pairs for one in (pair.before, pair.after)}
    was, now = _layout(before, after), _layout(after, before)
    return _Difference(
        removed=[one for one in removed if id(one) not in edited and _counts(one, was)],
        added=[one for one in added if id(one) not in edited and _counts(one, now)],
        pairs=[pair for pair in pairs if _is_edit(pair)],
    )


def _counts(sentence: Sentence, layout: _Layout) -> bool:
    """Whether it matters that a sentence is there, or not there: notes do, and prose that stands with the piece."""
    return _is_a_note(sentence) or (sentence.is_prose and not layout.is_boxed(sentence))


def _unmatched(these: list[Sentence], those: list[Sentence]) -> list[Sentence]:
    """Return the sentences that the others do not have, wherever they stand, each as often as it is too many."""
    left = Counter(squeezed(one.key) for one in those)
    found = []
    for one in these:
        key = squeezed(one.key)
        if left[key]:
            left[key] -= 1
        else:
            found.append(one)
    return found


def _is_noise(sentence: Sentence, other_page: str, elsewhere: list[str]) -> bool:
    key = squeezed(sentence.key)
    if _is_a_note(sentence):
        return key in other_page
    if key in other_page or sum(key in page for page in elsewhere) > 1:
        return True
    passage = sentence.passage
    if passage.linked > _MOSTLY_LINK or ELSEWHERE.search(key_of(passage.text)):
        return True
    words = words_of(key_of(passage.text))
    return len(words) <= _SHORT_PASSAGE and (
        HOUSE.search(key_of(passage.text)) is not None
        or is_made_of(words, COUNTED, others=1)
        or is_made_of(words, TIMES, others=1)
    )


def _is_a_note(sentence: Sentence) -> bool:
    return is_note(sentence.key)


def is_note(key: str) -> bool:
    """Whether a sentence says that the piece is corrected or taken back."""
    return bool(CORRECTED.search(key) or RETRACTED.search(key))


def _paired(removed: list[Sentence], added: list[Sentence]) -> list[Pair]:
    """Return which removed sentence became which added one: the most alike first, each once."""
    found = sorted(
        (
            (similarity(one.key, other.key), -abs(at - to), at, to)
            for at, one in enumerate(removed)
            for to, other in enumerate(added)
            if not _is_a_note(other) or _is_a_note(one)
        ),
        reverse=True,
    )
    pairs, used_before, used_after = [], set[int](), set[int]()
    for alike, _near, at, to in found:
        if alike >= _SAME_SENTENCE and at not in used_before and to not in used_after:
            used_before.add(at)
            used_after.add(to)
            pairs.append(Pair(removed[at], added[to]))
    return pairs


def _is_edit(pair: Pair) -> bool:
    """Whether a reader would notice: a counter in a short line is none, nor is a line that is no sentence at all."""
    words = words_of(pair.before.key) + words_of(pair.after.key)
    if is_made_of(words, COUNTED, TIMES, others=2):
        return False
    return pair.before.is_prose or pair.after.is_prose


def _headline(before: str, after: str) -> tuple[str, str] | None:
    """Return the headlines where they differ in more than spelling marks and the name of the site behind them."""
    one, other = _bare(before), _bare(after)
    if squeezed(one) == squeezed(other) or not one or not other:
        return None
    longer, shorter = (before, after) if len(before) > len(after) else (after, before)
    rest = key_of(longer).removeprefix(key_of(shorter))
    return None if rest != key_of(longer) and re.match(r"\s*[-|:·»•/]", rest) else (before, after)


def _bare(headline: str) -> str:
    """Return a headline without what sites put behind it, for a comparison."""
    return re.sub(r"\s+[|·»•]\s+[^|·»•]{1,60}$", "", headline).strip(" .")


def _judged(
    old: list[Sentence],
    new: list[Sentence],
    difference: _Difference,
    headline: tuple[str, str] | None,
    after: Version,
) -> tuple[Kind, list[dict[str, Any]]]:
    notes = [one for one in difference.added if _is_a_note(one)]
    notes += [
        pair.after for pair in difference.pairs if _is_a_note(pair.after) and not _is_a_note(pair.before)
    ]
    told = _facts(difference, headline)
    taken_back = [one.text for one in notes if RETRACTED.search(one.key)]
    if headline and RETRACTED.search(key_of(headline[1])) and not RETRACTED.search(key_of(headline[0])):
        taken_back.append(headline[1])
    if taken_back:
        return Kind.RETRACTION, [fact("retracted", words=taken_back[0]), *told]
    if notes:
        return Kind.CORRECTION, [*(fact("note", words=note.text) for note in notes), *told]
    if closed := _closed(old, new, after):
        return Kind.PAYWALLED, [closed]
    return _kind_of(headline, told), told


def _closed(old: list[Sentence], new: list[Sentence], after: Version) -> dict[str, Any] | None:
    """Return how much is left of a piece that is open in its beginning only; None where that is not so."""
    before, kept = (sum(len(words_of(one.key)) for one in version) for version in (old, new))
    keys = {squeezed(one.key) for one in old}
    if not before or kept > _FEW_LEFT * before:
        return None
    known = sum(
        squeezed(one.key) in keys or bool(HOUSE.search(one.key) or PAY.search(one.key)) for one in new
    )
    says_so = after.is_paywalled or any(PAY.search(one.key) for one in new) or _asks_for_money(after.seen)
    return fact("pay", kept=kept, before=before) if says_so and known >= _KNOWN * len(new) else None


def _asks_for_money(seen: str) -> bool:
    return any(
        squeezed(words) in seen
        for words in ("subscribe to continue", "for subscribers", "already a subscriber")
    )


def _facts(difference: _Difference, headline: tuple[str, str] | None) -> list[dict[str, Any]]:
    told = [fact("headline", before=headline[0], after=headline[1])] if headline else []
    counted = Counter[str]()
    for pair in difference.pairs:
        for before, after, at_start in replaced(pair):
            code = _what(before, after, at_start=at_start)
            counted[code] += max(len(before), len(after))
            if code in {"figure", "name", "spelling"}:
                told.append(fact(code, before=" ".join(before) or "–", after=" ".join(after) or "–"))
    if counted["replaced"]:
        told.append(fact("replaced", words=counted["replaced"]))
    for code, sentences in (("added", difference.added), ("removed", difference.removed)):
        words = sum(len(words_of(one.text)) for one in sentences if not _is_a_note(one))
        if words:
            told.append(fact(code, words=words))
    return told


def _kind_of(headline: tuple[str, str] | None, told: list[dict[str, Any]]) -> Kind:
    codes = {one["code"] for one in told}
    more = sum(int(one["words"]) for one in told if one["code"] in {"added", "removed", "replaced"})
    if headline and more <= _LITTLE:
        return Kind.HEADLINE
    if codes & {"figure", "name"} and more <= _LITTLE:
        return Kind.CORRECTION
    if more:
        return Kind.UPDATE
    return Kind.TYPO


def _what(before: Sequence[str], after: Sequence[str], *, at_start: bool) -> str:
    """Return what a replaced run of words is: a figure, a name, a spelling, or other words."""
    old, new = [word.casefold() for word in before], [word.casefold() for word in after]
    if _figures(old) != _figures(new):
        return "figure" if old and new else "replaced"
    if set(old) & NEGATIONS != set(new) & NEGATIONS:
        return "replaced"
    if SequenceMatcher(None, "".join(old), "".join(new), autojunk=False).ratio() >= _ALIKE or not _weighty(
        old + new
    ):
        return "name" if _is_another_name(before, after, at_start=at_start) else "spelling"
    if before and after and not at_start and all(word[:1].isupper() for word in (before[0], after[0])):
        return "name"
    return "replaced"


def _is_another_name(before: Sequence[str], after: Sequence[str], *, at_start: bool) -> bool:
    """Whether a capitalised word within a sentence became another: a name, even where it is spelled nearly alike."""
    if at_start or len(before) != 1 or len(after) != 1:
        return False
    one, other = before[0], after[0]
    return one[:1].isupper() and other[:1].isupper() and one.casefold() != other.casefold()


def _figures(words: Iterable[str]) -> list[str]:
    return ["".join(filter(str.isdigit, word)) or word for word in words if _is_figure(word)]


def _is_figure(word: str) -> bool:
    return word in NUMBERS or any(letter.isdigit() for letter in word)


def _weighty(words: Sequence[str]) -> bool:
    """Whether there is more in them than one small word."""
    return len(words) > 1 or any(len(word) > _SHORT_WORD for word in words)
