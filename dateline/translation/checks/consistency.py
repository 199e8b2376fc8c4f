"""One name, one spelling: a name of the original that is written in two ways in the same piece.

This check looks at a whole piece, sentence beside sentence, and is asked by whoever has all of it (`spelt_otherwise`).
Where the language inflects names, spellings that differ in their last letters only are one.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from dateline.lib.scripts import primary
from dateline.translation.checks.base import Finding, Pair, Severity
from dateline.translation.checks.names import WORD, names_in
from dateline.translation.names.likeness import is_like
from dateline.translation.spelling import low

NAME: Final = "names"
# Languages that write a name in one way, whatever it does in the sentence.
_UNBENT: Final = frozenset(
    {"en", "fr", "es", "pt", "it", "nl", "de", "ar", "fa", "he", "ca", "ro", "sv", "da", "no"}
)
_LONGEST_ENDING: Final = 4
_SHORTEST_STEM: Final = 3


class _Seen(NamedTuple):
    """A spelling of a name in the translation of one sentence."""

    sentence: int
    text: str
    start: int


def spelt_otherwise(pairs: Sequence[Pair]) -> dict[int, list[Finding]]:
    """Return by sentence the names that stand there in another spelling than in most of the piece."""
    seen: dict[str, list[_Seen]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        for name, one in _names(number, pair):
            seen[low(name)].append(one)
    found: dict[int, list[Finding]] = defaultdict(list)
    for spellings in seen.values():
        for one, usual in _rare(spellings, pairs[0].language):
            end = one.start + len(one.text)
            finding = Finding(NAME, "name-otherwise", Severity.WARN, one.start, end, (one.text, usual))
            if finding not in found[one.sentence]:
                found[one.sentence].append(finding)
    return {number: findings for number, findings in found.items() if findings}


def _names(number: int, pair: Pair) -> list[tuple[str, _Seen]]:
    """Return the names of a sentence that one word of its translation alone can stand for."""
    words = [(match.group(), match.start()) for match in WORD.finditer(pair.text)]
    found = []
    for name in names_in(pair.source, pair.source_language):
        alike = {word: start for word, start in words if is_like(name.text, word) and not word[:1].islower()}
        if name.is_opaque and len(alike) == 1:
            word, start = alike.popitem()
            found.append((name.text, _Seen(number, _bare(word), start)))
    return found


def _rare(spellings: list[_Seen], language: str) -> list[tuple[_Seen, str]]:
    """Return the spellings that are not the commonest one, or the first where two are as common, with that one."""
    groups: list[list[_Seen]] = []
    for one in spellings:
        group = next((own for own in groups if is_same_spelling(own[0].text, one.text, language)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    if len(groups) < 2:  # noqa: PLR2004 - one spelling
        return []
    usual = max(groups, key=len)
    shown = Counter(one.text for one in usual).most_common(1)[0][0]
    return [(one, shown) for group in groups if group is not usual for one in group]


def is_same_spelling(one: str, other: str, language: str) -> bool:
    """Return whether two words are one spelling of a name, in whatever case it stands."""
    a, b = low(one), low(other)
    if a == b or primary(language) in _UNBENT:
        return a == b
    shared = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    ending = max(len(a), len(b)) - shared
    return shared >= _SHORTEST_STEM and ending <= _LONGEST_ENDING and min(len(a), len(b)) - shared <= 1


def _bare(word: str) -> str:
    return word.replace("’", "'").split("'")[0]
