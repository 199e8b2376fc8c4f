"""Nothing stays in the language of the source: whole texts, sentences, long runs of words, the script itself."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from dateline.lib.scripts import primary, script_of
from dateline.translation.checks.base import Finding, Pair, Severity
from dateline.translation.checks.parts import Part, paragraphs_of, sentences_of
from dateline.translation.checks.tables import table_of
from dateline.translation.spelling import WORD, low

_NAME: Final = "untranslated"
_RUN: Final = 5
_FEW: Final = 4
_SCRIPT_NAMES: Final = {
    "ARABIC": "Arab", "ARMENIAN": "Armn", "CYRILLIC": "Cyrl", "GEORGIAN": "Geor", "GREEK": "Grek", "HEBREW": "Hebr",
    "LATIN": "Latn",
}  # fmt: skip
_FOREIGN: Final = 0.6
_ENOUGH_LETTERS: Final = 12


class Untranslated:
    """What nobody translated."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield the sentences that are not in the language they should be, one finding each."""
        if primary(pair.source_language) == primary(pair.language):
            return
        if _same(pair.source, pair.text):
            yield from _identical(pair)
            return
        source = low(" ".join(pair.source.split()))
        for paragraph in paragraphs_of(pair.text):
            for sentence in sentences_of(paragraph.text, pair.language):
                yield from _sentence(pair, sentence, paragraph.start, source)


def _identical(pair: Pair) -> Iterator[Finding]:
    words = WORD.findall(pair.text)
    letters = [word for word in words if any(map(str.isalpha, word))]
    if not letters:
        return
    is_name = (
        len(letters) <= _FEW
        and all(not word[0].islower() for word in letters)
        and not pair.text.endswith((".", "?", "!"))
    )
    severity = Severity.INFORM if is_name else Severity.BLOCK
    yield Finding(_NAME, "same-as-source", severity, 0, len(pair.text))


def _sentence(pair: Pair, sentence: Part, offset: int, source: str) -> Iterator[Finding]:
    start, end = sentence.start + offset, sentence.end + offset
    words = WORD.findall(low(sentence.text))
    if len(words) >= _FEW and low(" ".join(sentence.text.split())) in source:
        yield Finding(_NAME, "same-as-source", Severity.BLOCK, start, end)
    elif _is_in_other_script(pair, sentence.text):
        yield Finding(_NAME, "other-script", Severity.BLOCK, start, end)
    elif _is_in_source_language(pair, words):
        yield Finding(_NAME, "source-language", Severity.WARN, start, end)
    elif run := _longest_run(pair, words, source):
        yield Finding(_NAME, "words-of-source", Severity.WARN, start, end, (run,))


def _is_in_other_script(pair: Pair, text: str) -> bool:
    expected = script_of(pair.language)
    if expected == script_of(pair.source_language) or expected not in _SCRIPT_NAMES.values():
        return False
    scripts = [_script(letter) for letter in text if letter.isalpha()]
    foreign = sum(script == script_of(pair.source_language) for script in scripts)
    return len(scripts) >= _ENOUGH_LETTERS and foreign > _FOREIGN * len(scripts)


def _script(letter: str) -> str:
    return _SCRIPT_NAMES.get(unicodedata.name(letter, "?").split()[0], "")


def _is_in_source_language(pair: Pair, words: list[str]) -> bool:
    """True where many words are the commonest of the source's language alone, and hardly any those of our own."""
    theirs, ours = table_of(pair.source_language).words, table_of(pair.language).words
    if not theirs or not ours or len(words) < _FEW:
        return False
    their_count = sum(word in theirs and word not in ours for word in words)
    our_count = sum(word in ours and word not in theirs for word in words)
    return their_count >= max(2, 0.2 * len(words)) and our_count <= 0.05 * len(words)


def _longest_run(pair: Pair, words: list[str], source: str) -> str:
    """Return a run of words as they stand in the source, with commonest words of its language among them."""
    common = table_of(pair.source_language).words - table_of(pair.language).words
    padded = f" {' '.join(WORD.findall(source))} "
    for at in range(len(words) - _RUN + 1):
        run = words[at : at + _RUN]
        if sum(word in common for word in run) >= 2 and f" {' '.join(run)} " in padded:  # noqa: PLR2004 - one may be a name's
            return " ".join(run)
    return ""


def _same(source: str, text: str) -> bool:
    return re.sub(r"\W+", " ", low(source)).split() == re.sub(r"\W+", " ", low(text)).split()


CHECK: Final = Untranslated()
