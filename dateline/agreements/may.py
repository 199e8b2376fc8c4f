"""May we? The one place that decides what was allowed.

Pure: it is handed the terms that were granted and answers with yes, or with every reason for no and
what would make it a yes. Each grant stands alone: a use from one and a term from another never add up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from dateline.agreements.licences import forbids_derivatives
from dateline.agreements.terms import (
    ANY_LANGUAGE,
    USES,
    WORLD,
    Conditions,
    Terms,
    Used,
    Wish,
    last_day,
    narrowed,
    speaks,
)

__all__ = [
    "ANY_LANGUAGE",
    "USES",
    "WORLD",
    "Answer",
    "Conditions",
    "Objection",
    "Step",
    "Terms",
    "Way",
    "Wish",
    "may",
    "narrowed",
    "objections",
    "speaks",
]


@dataclass(frozen=True)
class Objection:
    """One reason for no. `code` is for programs, the rest for people. limit: what the grant says instead."""

    code: str
    source: str
    limit: str

    def as_json(self) -> dict[str, str]:
        """Return it as plain data."""
        return {"code": self.code, "source": self.source, "limit": self.limit}


@dataclass(frozen=True)
class Step:
    """One thing to do on the way to a yes. is_ours: nobody else has to agree."""

    code: str
    value: str
    is_ours: bool

    def as_json(self) -> dict[str, object]:
        """Return it as plain data."""
        return {"code": self.code, "value": self.value, "is_ours": self.is_ours}


@dataclass(frozen=True)
class Way:
    """What would make it a yes under one grant: all of the steps together. source: empty for a new grant."""

    source: str
    steps: tuple[Step, ...]

    @property
    def is_ours(self) -> bool:
        """Can the desk go it alone?"""
        return all(step.is_ours for step in self.steps)

    def as_json(self) -> dict[str, object]:
        """Return it as plain data."""
        return {"source": self.source, "steps": [step.as_json() for step in self.steps]}


@dataclass(frozen=True)
class Answer:
    """Yes, with the source of the permission and what comes with it, or no, with what stands against it.

    until: the last day of the yes, None where nothing ends it. ways: the shortest first.
    """

    is_yes: bool
    source: str = ""
    objections: tuple[Objection, ...] = ()
    conditions: Conditions = field(default_factory=Conditions)
    until: date | None = None
    ways: tuple[Way, ...] = ()


def may(wish: Wish, grants: Sequence[Terms], *, used: Used | None = None) -> Answer:
    """Answer whether one of `grants` alone allows `wish`.

    used: pieces of the wish's month under each grant, this one not among them. Of the grants that allow
    it, the first is named as the source. Without any grant the answer is no, with the one objection
    `nothing-granted`.
    """
    against: list[Objection] = []
    for terms in grants:
        found = objections(wish, terms, used=used)
        if not found:
            return Answer(
                is_yes=True,
                source=terms.source,
                conditions=terms.conditions,
                until=last_day(terms, published_on=wish.published_on or wish.on),
            )
        against += found
    nothing = Objection("nothing-granted", "", "")
    return Answer(is_yes=False, objections=tuple(against) or (nothing,), ways=_ways(wish, grants, against))


def objections(wish: Wish, terms: Terms, *, used: Used | None = None) -> list[Objection]:
    """Return what in `terms` stands against `wish`; nothing means that they grant it."""
    return [
        Objection(code, terms.source, limit)
        for code, judge in _JUDGES.items()
        if (limit := judge(wish, terms, used or {})) is not None
    ]


_Judge = Callable[[Wish, Terms, Mapping[str, int]], str | None]


def _use(wish: Wish, terms: Terms, _: Used) -> str | None:
    if wish.use in terms.uses or _is_no_derivative(wish, terms):
        return None
    return ", ".join(sorted(terms.uses))


def _derivative(wish: Wish, terms: Terms, _: Used) -> str | None:
    return terms.licence if _is_no_derivative(wish, terms) else None


def _is_no_derivative(wish: Wish, terms: Terms) -> bool:
    return wish.use == "translation" and forbids_derivatives(terms.licence)


def _language(wish: Wish, terms: Terms, _: Used) -> str | None:
    return None if speaks(wish.language, terms.languages) else ", ".join(sorted(terms.languages))


def _not_yet(wish: Wish, terms: Terms, _: Used) -> str | None:
    return terms.starts_on.isoformat() if wish.on < terms.starts_on else None


def _ended(wish: Wish, terms: Terms, _: Used) -> str | None:
    return terms.ends_on.isoformat() if terms.ends_on is not None and wish.on > terms.ends_on else None


def _stay(wish: Wish, terms: Terms, _: Used) -> str | None:
    until = last_day(replace(terms, ends_on=None), published_on=wish.published_on or wish.on)
    return until.isoformat() if until is not None and wish.on > until else None


def _words(wish: Wish, terms: Terms, _: Used) -> str | None:
    return str(terms.max_words) if terms.max_words is not None and wish.words > terms.max_words else None


def _quota(wish: Wish, terms: Terms, used: Used) -> str | None:
    is_new = wish.published_on is None  # what stands already was counted in its own month
    most = terms.pieces_a_month
    return str(most) if is_new and most is not None and used.get(terms.source, 0) >= most else None


def _territory(wish: Wish, terms: Terms, _: Used) -> str | None:
    fits = terms.territory == WORLD or (wish.territory != WORLD and wish.territory <= terms.territory)
    return None if fits else ", ".join(sorted(terms.territory))


def _commercial(wish: Wish, terms: Terms, _: Used) -> str | None:
    if not terms.is_noncommercial or wish.is_commercial is False:
        return None
    return "undeclared" if wish.is_commercial is None else "commercial"


def _machine(wish: Wish, terms: Terms, _: Used) -> str | None:
    if not wish.is_by_machine or not wish.reserved or terms.may_by_machine:
        return None
    return ", ".join(sorted(wish.reserved))


_JUDGES: Final[dict[str, _Judge]] = {
    "use": _use,
    "no-derivatives": _derivative,
    "language": _language,
    "not-yet": _not_yet,
    "ended": _ended,
    "stay": _stay,
    "words": _words,
    "quota": _quota,
    "territory": _territory,
    "noncommercial": _commercial,
    "machine-reserved": _machine,
}


def _ways(wish: Wish, grants: Sequence[Terms], against: Sequence[Objection]) -> tuple[Way, ...]:
    """Return one way for each grant, and a new grant as the last; those that are ours alone come first."""
    found = [
        Way(terms.source, tuple(_step(wish, one) for one in against if one.source == terms.source))
        for terms in grants
    ]
    asked = Way("", (Step("ask-for-permission", f"{wish.use} → {wish.language}", is_ours=False),))
    found.sort(key=lambda way: (not way.is_ours, len(way.steps)))
    return (*found, asked)


def _step(wish: Wish, objection: Objection) -> Step:
    code, is_ours = _STEPS[objection.code]
    return Step(code, _VALUES.get(code, _as_limited)(wish, objection), is_ours=is_ours)


_STEPS: Final[dict[str, tuple[str, bool]]] = {
    "use": ("ask-for-use", False),
    "no-derivatives": ("ask-for-use", False),
    "language": ("ask-for-language", False),
    "not-yet": ("wait-until", True),
    "ended": ("renew", False),
    "stay": ("ask-for-longer", False),
    "words": ("shorten-to", True),
    "quota": ("wait-until", True),
    "territory": ("ask-for-territory", False),
    "noncommercial": ("declare-noncommercial", True),
    "machine-reserved": ("work-by-hand", True),
}


def _as_limited(_: Wish, objection: Objection) -> str:
    return objection.limit


def _until(wish: Wish, objection: Objection) -> str:
    if objection.code == "not-yet":
        return objection.limit
    first = wish.on.replace(day=1)
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1).isoformat()


_VALUES: Final[dict[str, Callable[[Wish, Objection], Any]]] = {
    "ask-for-use": lambda wish, _: wish.use,
    "ask-for-language": lambda wish, _: wish.language,
    "ask-for-territory": lambda wish, _: ", ".join(sorted(wish.territory)),
    "wait-until": _until,
}
