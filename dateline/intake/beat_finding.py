"""Finds the concepts of a beat in a text, whatever their endings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from dateline.intake.beat import Concept
from dateline.intake.beat_endings import (
    SHORTEST,
    is_open,
    makes_compounds,
    may_compound,
    may_follow,
    starts,
    stems,
)
from dateline.intake.beat_letters import UNSPACED, Token, alike, tokens
from dateline.intake.stories_witness import skeleton
from dateline.lib.scripts import primary, script_of

_FEWEST_LETTERS: Final = 2
_CAPITAL_UP_TO: Final = 4
_BONES: Final = 4
_REMEMBERED: Final = 100_000


class Word(NamedTuple):
    """One word of a form: its stems, and how it must be written."""

    stems: frozenset[str]
    whole: str
    is_capital: bool
    is_name: bool


class Form(NamedTuple):
    """One form of a concept; `concept` is its place in the beat."""

    concept: int
    language: str
    words: tuple[Word, ...]


class Mention(NamedTuple):
    """A concept at a place of the text. is_heard: it was only known by its sound, in another script."""

    concept: int
    place: int
    is_heard: bool = False


@dataclass(frozen=True)
class Found:
    """What a text names. words: how many words it has."""

    mentions: tuple[Mention, ...]
    words: int


class Finder:
    """The forms of concepts, ready to be looked for. Its answers depend on the text alone."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._by_stem: dict[str, list[tuple[Form, str]]] = defaultdict(list)
        self._unspaced: list[tuple[int, str]] = []
        self._by_sound: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._scripts: dict[int, set[str]] = defaultdict(set)
        for place, concept in enumerate(concepts):
            for language, written in _forms(concept):
                self._put(place, concept, language, written)
        self._longest = max(map(len, self._by_stem), default=0)
        self._shortest = min(map(len, self._by_stem), default=1)
        self._known: dict[tuple[str, str], tuple[tuple[Form, str, str], ...]] = {}

    def find(self, text: str, *, language: str = "") -> Found:
        """Return every mention in `text`, in order. language: its BCP 47 tag, or empty."""
        tag = primary(language) if language else ""
        words = tokens(text)
        mentions = list(self._spoken(words, tag))
        mentions += self._unspaced_in(text, len(words))
        if self._by_sound:
            mentions += self._heard(words, script_of(tag) if tag else "")
        return Found(tuple(sorted(set(mentions))), len(words))

    def _put(self, place: int, concept: Concept, language: str, written: str) -> None:
        if UNSPACED.search(written):
            self._unspaced.append((place, "".join(alike(written).split())))
            return
        is_name = concept.kind != "term"
        words = tuple(_word(token, language, is_name=is_name) for token in tokens(written))
        if not words or all(len(word.whole) < _FEWEST_LETTERS for word in words):
            return
        form = Form(place, language, words)
        for stem in words[0].stems:
            self._by_stem[stem].append((form, stem))
        self._scripts[place].add(script_of(language))
        bones = skeleton(words[-1].whole)
        if is_name and len(bones) >= _BONES and len(words) == 1:
            self._by_sound[bones].append((place, script_of(language)))

    def _spoken(self, words: Sequence[Token], language: str) -> Iterator[Mention]:
        for place, token in enumerate(words):
            for form, stem, rest in self._candidates(token.word, language):
                if _is_written(form.words[0], token, stem, rest) and self._goes_on(
                    form, words[place + 1 : place + len(form.words)], language
                ):
                    yield Mention(form.concept, place)

    def _candidates(self, word: str, language: str) -> tuple[tuple[Form, str, str], ...]:
        """Return the forms that a word may begin, each with its stem and what follows that."""
        key = (word, language)
        known = self._known.get(key)
        if known is None:
            known = tuple(self._looked_up(word, language))
            if len(self._known) < _REMEMBERED:
                self._known[key] = known
        return known

    def _looked_up(self, word: str, language: str) -> Iterator[tuple[Form, str, str]]:
        for start in starts(word, language):
            for end in range(self._shortest, min(len(start), self._longest) + 1):
                for form, stem in self._by_stem.get(start[:end], ()):
                    if _fits(stem, start[end:], form.language, language):
                        yield form, stem, start[end:]
        if makes_compounds(language):
            for begin in range(1, len(word) - SHORTEST):
                for form, stem in self._by_stem.get(word[begin:], ()):
                    if may_compound(stem) and len(form.words) == 1:
                        yield form, stem, ""

    def _goes_on(self, form: Form, following: Sequence[Token], language: str) -> bool:
        wanted = form.words[1:]
        return len(following) == len(wanted) and all(
            _is_word(word, token, form.language, language)
            for word, token in zip(wanted, following, strict=True)
        )

    def _unspaced_in(self, text: str, words: int) -> Iterator[Mention]:
        if not self._unspaced or not UNSPACED.search(text):
            return
        plain = "".join(alike(text).split())
        for concept, written in self._unspaced:
            at = plain.find(written)
            while at >= 0:
                yield Mention(concept, at * words // max(len(plain), 1))
                at = plain.find(written, at + len(written))

    def _heard(self, words: Sequence[Token], script: str) -> Iterator[Mention]:
        """Yield names that have no form in the script of the text, by their consonants."""
        for place, token in enumerate(words):
            if token.word.isascii() and script in {"", "Latn"}:
                continue
            bones = skeleton(token.word)
            for heard in {bones, bones[:_BONES]}:  # an ending may add a consonant
                for concept, _script in self._by_sound.get(heard, ()):
                    if script not in self._scripts[concept]:
                        yield Mention(concept, place, is_heard=True)


def _forms(concept: Concept) -> Iterable[tuple[str, str]]:
    for language, forms in concept.forms.items():
        for written in forms:
            yield primary(language), written


def _word(token: Token, language: str, *, is_name: bool) -> Word:
    is_short = len(token.word) <= _CAPITAL_UP_TO
    is_capital = token.is_capital and len(token.word) >= _FEWEST_LETTERS and is_short
    found = frozenset({token.word}) if is_capital else stems(token.word, language)
    return Word(found, token.word, is_capital, token.is_name and (is_name or is_short))


def _is_written(word: Word, token: Token, stem: str, rest: str) -> bool:
    """Whether capitals are where the form has them: US is not us, and a name in its basic form is no verb."""
    if word.is_capital:
        return token.is_capital if not rest else token.is_name
    return token.is_name or not (word.is_name and not rest and stem == word.whole)


def _is_word(word: Word, token: Token, form_language: str, language: str) -> bool:
    for start in starts(token.word, language):
        for stem in word.stems:
            if start.startswith(stem) and _fits(stem, start[len(stem) :], form_language, language):
                return True
    return False


def _fits(stem: str, rest: str, form_language: str, language: str) -> bool:
    if not rest:
        return True
    if len(stem) < SHORTEST:
        return rest == "s" or (is_open(stem, form_language) and may_follow(rest, form_language, stem=stem))
    return may_follow(rest, form_language, stem=stem) or (
        bool(language) and language != form_language and may_follow(rest, language, stem=stem)
    )
