"""Terms found in text, inflected as it is: one pass over the words, whatever the number of terms."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from dateline.lib.formats.terms import ALLOWED, FORBIDDEN, KEEP, PREFERRED, Concept, Form
from dateline.lib.scripts import primary
from dateline.translation.glossary.stems import folded, keys, own_keys

_WORD: Final = re.compile(r"\w+(?:[’'ʼ\u200c]\w+)*")
_GOOD: Final = frozenset({PREFERRED, ALLOWED})


@dataclass(frozen=True)
class Found:
    """A term where it stands in a text."""

    concept: str
    form: Form
    start: int
    end: int


@dataclass(frozen=True)
class Fault:
    """What a translation does against the glossary; without a place where a word is missing."""

    code: str
    values: tuple[str, ...]
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class _Entry:
    concept: str
    form: Form
    words: tuple[frozenset[str], ...]


class Glossary:
    """Concepts, ready to be looked up. Building it costs a lemma for each word; a look-up depends on the text alone."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = {one.concept: one for one in concepts}
        self._entries: dict[str, dict[str, list[_Entry]]] = defaultdict(lambda: defaultdict(list))
        for concept in self.concepts.values():
            for form in concept.forms:
                self._enter(concept, form)

    def _enter(self, concept: Concept, form: Form) -> None:
        language = primary(form.language)
        words = tuple(own_keys(found.group(), language) for found in _WORD.finditer(form.form))
        if words:
            entry = _Entry(concept.concept, form, words)
            for key in words[0]:
                self._entries[language][key].append(entry)

    def found(self, text: str, language: str) -> list[Found]:
        """Return the terms in `text`, in order; where one is part of another the longer one alone."""
        entries = self._entries.get(primary(language))
        if not entries:
            return []
        words = list(_WORD.finditer(text))
        found = [one for at in range(len(words)) for one in _at(words, at, entries, language)]
        return _longest(found)

    def knows(self, word: str, language: str) -> bool:
        """Return whether `word` is a term, or begins or is part of one."""
        wanted = keys(word, language)
        entries = self._entries.get(primary(language), {})
        return any(key in entries for key in wanted)

    def faults(self, source: str, text: str, *, source_language: str, language: str) -> Iterator[Fault]:
        """Yield where `text` has not the agreed word for a term of `source`, or has a forbidden one."""
        asked = {one.concept: one for one in self.found(source, source_language)}
        told = self.found(text, language)
        for one in told:
            if one.form.status == FORBIDDEN and not self._is_allowed_too(one, language):
                yield Fault(
                    "term-forbidden",
                    (text[one.start : one.end], self._preferred(one.concept, language)),
                    one.start,
                    one.end,
                )
        for found in asked.values():
            yield from self._missing(found, source, (text, told), language)

    def _missing(
        self, found: Found, source: str, translated: tuple[str, list[Found]], language: str
    ) -> Iterator[Fault]:
        """Yield where `text` has no good word for a term of `source`."""
        text, told = translated
        written = source[found.start : found.end]
        if found.form.status == KEEP:
            if folded(found.form.form, language) not in folded(text, language):
                yield Fault("term-not-kept", (written,))
            return
        wanted = [form for form in self._forms(found.concept, language) if form.status != FORBIDDEN]
        good = any(one.concept == found.concept and one.form.status != FORBIDDEN for one in told)
        if wanted and not good:
            yield Fault("term-missing", (wanted[0].form, written))

    def _forms(self, concept: str, language: str) -> list[Form]:
        forms = [one for one in self.concepts[concept].forms if primary(one.language) == primary(language)]
        return sorted(forms, key=lambda form: form.status != PREFERRED)

    def _preferred(self, concept: str, language: str) -> str:
        return next((form.form for form in self._forms(concept, language) if form.status in _GOOD), "—")

    def _is_allowed_too(self, one: Found, language: str) -> bool:
        written = folded(one.form.form, language)
        return any(
            form.status in _GOOD and folded(form.form, language) == written
            for form in self._forms(one.concept, language)
        )


def _at(
    words: list[re.Match[str]], at: int, entries: dict[str, list[_Entry]], language: str
) -> Iterator[Found]:
    """Yield the terms that begin at one word."""
    seen: set[int] = set()
    for key in keys(words[at].group(), language):
        for entry in entries.get(key, ()):
            size = len(entry.words)
            if id(entry) in seen or at + size > len(words):
                continue
            seen.add(id(entry))
            rest = zip(entry.words[1:], words[at + 1 : at + size], strict=True)
            if all(own & keys(word.group(), language) for own, word in rest):
                yield Found(entry.concept, entry.form, words[at].start(), words[at + size - 1].end())


def _longest(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end or (one.start, one.end) == (kept[-1].start, kept[-1].end):
            kept.append(one)
    return kept
