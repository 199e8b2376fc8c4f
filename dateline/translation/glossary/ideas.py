"""What editors keep changing of machines' drafts: the same words for the same others, again and again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from dateline.translation.checks.tables import table_of
from dateline.translation.marks import plain
from dateline.translation.spelling import WORD, low

_LONGEST: Final = 4
_OFTEN: Final = 3
_SHORTEST: Final = 3


@dataclass(frozen=True)
class Change:
    """Words of a machine that became others, how many sentences it happened in, and one of them."""

    language: str
    was: str
    became: str
    times: int
    example: str


def repeated_changes(drafts: Iterable[tuple[str, str, str]], *, often: int = _OFTEN) -> list[Change]:
    """Return changes that stand in at least `often` sentences, the most frequent first.

    drafts: the language, what a machine wrote, and what a person approved. Changes of common words, of punctuation
    and of more than four words say nothing about terms and are left out.
    """
    seen: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for language, draft, text in drafts:
        for was, became in set(_changes(plain(draft), plain(text), language)):
            seen[language, was, became].append(plain(text))
    found = [
        Change(language, was, became, len(examples), examples[0])
        for (language, was, became), examples in seen.items()
        if len(examples) >= often
    ]
    return sorted(found, key=lambda one: (-one.times, one.became))


def _changes(draft: str, text: str, language: str) -> Iterator[tuple[str, str]]:
    before, after = WORD.findall(draft), WORD.findall(text)
    matcher = SequenceMatcher(None, [low(one) for one in before], [low(one) for one in after], autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        was, became = before[i:j], after[k:m]
        if (
            kind == "replace"
            and max(len(was), len(became)) <= _LONGEST
            and _says(was, language)
            and _says(became, language)
        ):
            yield " ".join(was), " ".join(became)


def _says(words: list[str], language: str) -> bool:
    """True where one of the words is more than grammar."""
    common = table_of(language).words
    return any(len(word) >= _SHORTEST and low(word) not in common and not word.isdigit() for word in words)
