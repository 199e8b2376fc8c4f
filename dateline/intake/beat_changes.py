"""Changes to a beat as data: what each does, exactly and nothing else, and how it is said."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext, gettext_noop

from dateline.intake.beat import WEIGHTS, Beat, Concept, Example

Change = Mapping[str, Any]
_LIGHTER: Final = {"decisive": "strong", "strong": "usual", "usual": "weak"}


class NoLongerFits(ValueError):
    """The beat is not as it was when the change was proposed."""


def apply(beat: Beat, change: Change) -> Beat:
    """Return the beat with the change done. Raises NoLongerFits where it is done already, or its subject is gone."""
    return _DEEDS[change["do"]](beat, change)


def key_of(change: Change) -> str:
    """Return what tells two changes apart."""
    return hashlib.sha256(json.dumps(change, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def in_words(change: Change) -> str:
    """Return what a change does, as a sentence in the reader's language."""
    return gettext(_SENTENCES[change["do"]]) % {name: str(value) for name, value in change.items()}


def _add_term(beat: Beat, change: Change) -> Beat:
    name = change["term"]
    if any(concept.name.casefold() == name.casefold() for concept in beat.concepts):
        raise NoLongerFits(gettext("The beat has “%s” already.") % name)
    concept = Concept(
        name=name, forms={change["language"]: (name,)}, weight=change["weight"], needs_company=True
    )
    return replace(beat, concepts=(*beat.concepts, concept))


def _weaken(beat: Beat, change: Change) -> Beat:
    concept = _concept(beat, change["concept"])
    if concept.weight != change["was"]:
        raise NoLongerFits(gettext("“%s” has another weight by now.") % concept.name)
    return _with(beat, replace(concept, weight=_LIGHTER[concept.weight]))


def _ask_company(beat: Beat, change: Change) -> Beat:
    concept = _concept(beat, change["concept"])
    if concept.needs_company:
        raise NoLongerFits(gettext("“%s” needs company already.") % concept.name)
    return _with(beat, replace(concept, needs_company=True))


def _add_outlet(beat: Beat, change: Change) -> Beat:
    outlet = change["outlet"]
    if outlet in beat.outlets:
        raise NoLongerFits(gettext("“%s” counts by itself already.") % outlet)
    return replace(beat, outlets={**beat.outlets, outlet: change["weight"]})


def _add_example(beat: Beat, change: Change) -> Beat:
    example = Example(change["text"], change["language"])
    which = "examples_for" if change["do"] == "example-for" else "examples_against"
    if example in getattr(beat, which):
        raise NoLongerFits(gettext("It is an example already."))
    return replace(beat, **{which: (*getattr(beat, which), example)})  # type: ignore[arg-type]  # both are examples


def _concept(beat: Beat, name: str) -> Concept:
    for concept in beat.concepts:
        if concept.name == name:
            return concept
    raise NoLongerFits(gettext("The beat has no “%s” any more.") % name)


def _with(beat: Beat, changed: Concept) -> Beat:
    concepts = tuple(changed if concept.name == changed.name else concept for concept in beat.concepts)
    return replace(beat, concepts=concepts)


def can_weaken(concept: Concept) -> bool:
    """Whether a concept has a lighter weight than its own."""
    return WEIGHTS[concept.weight] > min(WEIGHTS.values())


_DEEDS: Final[Mapping[str, Callable[[Beat, Change], Beat]]] = {
    "add-term": _add_term,
    "weaken": _weaken,
    "ask-company": _ask_company,
    "add-outlet": _add_outlet,
    "example-for": _add_example,
    "example-against": _add_example,
}
_SENTENCES: Final = {
    "add-term": gettext_noop("Add the term “%(term)s” (it needs company)."),
    "weaken": gettext_noop("Let “%(concept)s” weigh less."),
    "ask-company": gettext_noop("Let “%(concept)s” count in company only."),
    "add-outlet": gettext_noop("Let %(outlet)s count by itself."),
    "example-for": gettext_noop("Take as an example for the beat: “%(title)s”"),
    "example-against": gettext_noop("Take as an example against the beat: “%(title)s”"),
}
