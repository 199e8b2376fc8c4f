"""A beat from and to the JSON that the desk, the lab and a file share; what does not fit is told by its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_noop as _

from dateline.intake.beat import KINDS, USUAL_LINE, WEIGHTS, Beat, Concept, Example
from dateline.lib.text import one_line

MOST_CONCEPTS: Final = 1_000
MOST_FORMS: Final = 5_000
MOST_EXAMPLES: Final = 500
LONGEST_FORM: Final = 200
LONGEST_TEXT: Final = 5_000
_BEAT_KEYS: Final = ("name", "about", "line", "labels", "concepts", "outlets", "examples")
_CONCEPT_KEYS: Final = ("name", "kind", "weight", "forms", "needs_company", "not_with", "labels")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a sentence of our catalogue, and what it names."""

    sentence: str
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.sentence % dict(self.values) if self.values else self.sentence


class BadBeat(ValueError):
    """A description that cannot be used. `faults` say all that is wrong, each with its place."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(map(str, self.faults)))


def read_beat(told: object) -> Beat:
    """Return the beat that JSON values describe. Raises BadBeat with everything that is wrong."""
    reader = _Reader()
    beat = reader.beat(told)
    if reader.faults or beat is None:
        raise BadBeat(reader.faults)
    return beat


def written(beat: Beat) -> dict[str, Any]:
    """Return `beat` as JSON values: `read_beat` gives it back. What is as usual is left out of concepts."""
    return {
        "name": beat.name,
        "about": beat.about,
        "line": beat.line,
        "labels": list(beat.labels),
        "concepts": [_concept_written(concept) for concept in beat.concepts],
        "outlets": dict(beat.outlets),
        "examples": {
            "for": [_example_written(one) for one in beat.examples_for],
            "against": [_example_written(one) for one in beat.examples_against],
        },
    }


def _concept_written(concept: Concept) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": concept.name,
        "kind": concept.kind,
        "weight": concept.weight,
        "forms": {language: list(forms) for language, forms in concept.forms.items()},
    }
    if concept.needs_company:
        told["needs_company"] = True
    if concept.not_with:
        told["not_with"] = list(concept.not_with)
    if concept.labels:
        told["labels"] = list(concept.labels)
    return told


def _example_written(example: Example) -> dict[str, str]:
    return {"text": example.text, "language": example.language}


class _Reader:
    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def _wrong(self, sentence: str, **values: object) -> None:
        self.faults.append(Fault(sentence, tuple((name, str(value)) for name, value in values.items())))

    def beat(self, told: object) -> Beat | None:
        if not isinstance(told, Mapping):
            self._wrong(_("A beat is a JSON object with “name” and “concepts”."))
            return None
        self._no_others(told, _BEAT_KEYS, "beat")
        examples = told.get("examples") or {}
        if not isinstance(examples, Mapping):
            self._wrong(_("“examples” is an object with “for” and “against”."))
            examples = {}
        self._no_others(examples, ("for", "against"), "examples")
        return Beat(
            name=self._text(told.get("name"), "name", must=True),
            about=self._text(told.get("about"), "about", longest=LONGEST_TEXT),
            line=self._line(told.get("line", USUAL_LINE)),
            labels=self._texts(told.get("labels"), "labels"),
            concepts=self._concepts(told.get("concepts")),
            outlets=self._outlets(told.get("outlets")),
            examples_for=self._examples(examples.get("for"), "for"),
            examples_against=self._examples(examples.get("against"), "against"),
        )

    def _concepts(self, told: object) -> tuple[Concept, ...]:
        if not isinstance(told, list):
            self._wrong(_("“concepts” is a list: name at least one name, place or term."))
            return ()
        if not 0 < len(told) <= MOST_CONCEPTS:
            self._wrong(_("A beat has from 1 to %(most)s concepts."), most=MOST_CONCEPTS)
        concepts = tuple(self._concept(one, number) for number, one in enumerate(told, start=1))
        names = [concept.name.casefold() for concept in concepts]
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            self._wrong(_("Two concepts are called “%(name)s”: put their forms together."), name=name)
        if sum(len(forms) for one in concepts for forms in one.forms.values()) > MOST_FORMS:
            self._wrong(_("All concepts together have at most %(most)s forms."), most=MOST_FORMS)
        return concepts

    def _concept(self, told: object, number: int) -> Concept:
        place = f"concept {number}"
        if not isinstance(told, Mapping):
            self._wrong(_("In %(place)s: it is an object with “name” and “forms”."), place=place)
            return Concept(name="", forms={})
        name = self._text(told.get("name"), f"{place}, name", must=True)
        place = f"{place} ({name})" if name else place
        self._no_others(told, _CONCEPT_KEYS, place)
        return Concept(
            name=name,
            kind=self._one_of(told.get("kind", "term"), KINDS, f"{place}, kind"),
            weight=self._one_of(told.get("weight", "usual"), tuple(WEIGHTS), f"{place}, weight"),
            forms=self._forms(told.get("forms"), place),
            needs_company=self._truth(told.get("needs_company", False), f"{place}, needs_company"),
            not_with=self._texts(told.get("not_with"), f"{place}, not_with"),
            labels=self._texts(told.get("labels"), f"{place}, labels"),
        )

    def _forms(self, told: object, place: str) -> dict[str, tuple[str, ...]]:
        if not isinstance(told, Mapping) or not told:
            self._wrong(
                _("In %(place)s: “forms” has the words for each language, as in {“en”: [“lake”]}."),
                place=place,
            )
            return {}
        forms = {}
        for language, words in told.items():
            if not _is_tag(language):
                self._wrong(_("In %(place)s: “%(tag)s” is no language tag."), place=place, tag=language)
                continue
            forms[str(language)] = self._texts(words, f"{place}, {language}")
        if not any(forms.values()):
            self._wrong(_("In %(place)s: give at least one form."), place=place)
        return {language: words for language, words in forms.items() if words}

    def _outlets(self, told: object) -> dict[str, str]:
        if told is None:
            return {}
        if not isinstance(told, Mapping):
            self._wrong(_("“outlets” has a weight for each outlet's name."))
            return {}
        return {
            self._text(name, "outlets", must=True): self._one_of(weight, tuple(WEIGHTS), f"outlets, {name}")
            for name, weight in told.items()
        }

    def _examples(self, told: object, which: str) -> tuple[Example, ...]:
        place = f"examples, {which}"
        if told is None:
            return ()
        if not isinstance(told, list) or len(told) > MOST_EXAMPLES:
            self._wrong(_("In %(place)s: a list of at most %(most)s texts."), place=place, most=MOST_EXAMPLES)
            return ()
        return tuple(self._example(one, f"{place}, {number}") for number, one in enumerate(told, start=1))

    def _example(self, told: object, place: str) -> Example:
        if isinstance(told, str):
            return Example(self._text(told, place, longest=LONGEST_TEXT, must=True))
        if not isinstance(told, Mapping):
            self._wrong(_("In %(place)s: a text, or an object with “text” and “language”."), place=place)
            return Example("")
        self._no_others(told, ("text", "language"), place)
        text = self._text(told.get("text"), place, longest=LONGEST_TEXT, must=True)
        return Example(text, self._text(told.get("language"), place))

    def _text(self, told: object, place: str, *, longest: int = LONGEST_FORM, must: bool = False) -> str:
        if told is None and not must:
            return ""
        if not isinstance(told, str) or (must and not one_line(told)):
            self._wrong(_("In %(place)s: a text is missing."), place=place)
            return ""
        if len(told) > longest:
            self._wrong(_("In %(place)s: at most %(most)s characters."), place=place, most=longest)
        return one_line(told)[:longest]

    def _texts(self, told: object, place: str) -> tuple[str, ...]:
        if told is None:
            return ()
        if not isinstance(told, list | tuple):
            self._wrong(_("In %(place)s: a list of words is needed."), place=place)
            return ()
        return tuple(dict.fromkeys(self._text(one, place, must=True) for one in told))

    def _one_of(self, told: object, allowed: Sequence[str], place: str) -> str:
        if isinstance(told, str) and told in allowed:
            return told
        self._wrong(_("In %(place)s: one of %(words)s."), place=place, words=", ".join(allowed))
        return allowed[0]

    def _truth(self, told: object, place: str) -> bool:
        if not isinstance(told, bool):
            self._wrong(_("In %(place)s: true or false."), place=place)
        return told is True

    def _line(self, told: object) -> float:
        if isinstance(told, int | float) and not isinstance(told, bool) and 0 < told < 1:
            return float(told)
        self._wrong(_("“line” is a number between 0 and 1, like %(most)s."), most=USUAL_LINE)
        return USUAL_LINE

    def _no_others(self, told: Mapping[Any, Any], known: Sequence[str], place: str) -> None:
        for key in told:
            if key not in known:
                self._wrong(
                    _("In %(place)s: “%(key)s” means nothing here; there are %(known)s."),
                    place=place,
                    key=key,
                    known=", ".join(known),
                )


def _is_tag(told: object) -> bool:
    parts = told.split("-") if isinstance(told, str) else [""]
    return 2 <= len(parts[0]) <= 8 and all(part.isascii() and part.isalnum() for part in parts)  # noqa: PLR2004
