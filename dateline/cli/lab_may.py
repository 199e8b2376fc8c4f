"""`lab may`: what agreements allow for a piece, with the reasons for no and what would make it yes."""

import argparse
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from dateline.cli.lab_verb import Line, Refused, Verb, optional_text_in, text_in


def _nothing(_: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def _one(_: argparse.Namespace, asked: Line) -> Line:
    from dateline.agreements.concerned import concerns
    from dateline.agreements.may import may

    original = _object(asked, "original")
    work = _work(original)
    grants = [
        _terms(grant, number) for number, grant in _grants(asked) if concerns(_scope(grant, original), work)
    ]
    answer = may(_wish(asked, original), grants, used=_counts(asked))
    return {
        "may": answer.is_yes,
        "source": answer.source or None,
        "until": answer.until.isoformat() if answer.until else None,
        "conditions": vars(answer.conditions) if answer.is_yes else None,
        "objections": [objection.as_json() for objection in answer.objections],
        "ways": [way.as_json() for way in answer.ways],
    }


def _single(args: argparse.Namespace, text: str) -> str:
    try:
        asked = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("bad_line", "Standard input is not JSON.") from None
    if not isinstance(asked, dict):
        raise Refused("bad_line", "Standard input is JSON, but not an object.")
    return json.dumps(_one(args, asked), ensure_ascii=False, indent=2)


def _wish(asked: Line, original: Line) -> Any:
    from dateline.agreements.terms import USES, WORLD, Wish

    use = text_in(asked, "use")
    if use not in USES:
        raise Refused("bad_value", f"«use» is none of {', '.join(USES)}.")
    return Wish(
        use=use,
        language=text_in(asked, "language"),
        on=_day(asked, "on") or _missing("on"),
        words=_number(asked, "words") or 0,
        published_on=_day(asked, "published_on"),
        territory=_names(asked, "territory") or WORLD,
        is_commercial=_truth(asked, "is_commercial"),
        is_by_machine=bool(_truth(asked, "is_by_machine")),
        reserved=_names(original, "reserved"),
    )


def _terms(grant: Line, number: int) -> Any:
    from dateline.agreements.licences import UnknownLicence, terms_of
    from dateline.agreements.terms import ANY_LANGUAGE, USES, WORLD, Conditions, Terms, narrowed

    source = optional_text_in(grant, "source") or f"agreements[{number}]"
    starts_on = _day(grant, "starts_on") or date.min
    if unknown := _names(grant, "uses") - set(USES):
        raise Refused("bad_value", f"{source}: «uses» has {', '.join(sorted(unknown))}, which is no use.")
    own = Terms(
        source=source,
        uses=_names(grant, "uses") or (frozenset(USES) if grant.get("licence") else frozenset()),
        languages=_names(grant, "languages") or ANY_LANGUAGE,
        starts_on=starts_on,
        ends_on=_day(grant, "ends_on"),
        max_words=_number(grant, "max_words"),
        pieces_a_month=_number(grant, "pieces_a_month"),
        stay_days=_number(grant, "stay_days"),
        territory=_names(grant, "territory") or WORLD,
        may_by_machine=bool(_truth(grant, "may_by_machine")),
        is_noncommercial=bool(_truth(grant, "is_noncommercial")),
        conditions=Conditions(
            credit_line=optional_text_in(grant, "credit_line") or "",
            canonical=optional_text_in(grant, "canonical") or "original",
            is_noindex=bool(_truth(grant, "is_noindex")),
            may_show_original=bool(_truth(grant, "may_show_original")),
        ),
    )
    licence = optional_text_in(grant, "licence")
    if not licence:
        return own
    try:
        open_terms = terms_of(
            licence, source=source, starts_on=starts_on, credit_line=own.conditions.credit_line
        )
    except UnknownLicence as unknown_licence:
        raise Refused("bad_value", f"{source}: {unknown_licence}") from None
    return narrowed(open_terms, by=_without_machine_limit(own)) or own


def _without_machine_limit(terms: Any) -> Any:
    """A line that names a licence says nothing of machines unless it does."""
    from dataclasses import replace

    return replace(terms, may_by_machine=True)


def _work(original: Line) -> Any:
    from dateline.agreements.concerned import Work

    return Work(
        outlet=optional_text_in(original, "outlet") or "",
        authors=_names(original, "authors"),
        agencies=_names(original, "agencies"),
    )


def _scope(grant: Line, original: Line) -> Any:
    from dateline.agreements.concerned import Scope

    named = {key: _names(grant, key) for key in ("outlets", "authors", "agencies")}
    if one := optional_text_in(grant, "outlet"):
        named["outlets"] |= {one}
    if not any(named.values()):  # given for this very piece
        return Scope(
            outlets=frozenset({optional_text_in(original, "outlet") or ""}),
            agencies=_names(original, "agencies"),
        )
    return Scope(**named)


def _grants(asked: Line) -> Iterable[tuple[int, Line]]:
    grants = asked.get("agreements", [])
    if not isinstance(grants, list) or not all(isinstance(grant, dict) for grant in grants):
        raise Refused("bad_value", "«agreements» is not a list of objects.")
    return enumerate(grants)


def _object(asked: Line, key: str) -> Line:
    value = asked.get(key, {})
    if not isinstance(value, dict):
        raise Refused("bad_value", f"«{key}» is not an object.")
    return value


def _names(asked: Line, key: str) -> frozenset[str]:
    value = asked.get(key) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Refused("bad_value", f"«{key}» is not a list of texts.")
    return frozenset(value)


def _number(asked: Line, key: str) -> int | None:
    value = asked.get(key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise Refused("bad_value", f"«{key}» is not a whole number from 0 on.")


def _truth(asked: Line, key: str) -> bool | None:
    value = asked.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise Refused("bad_value", f"«{key}» is neither true nor false.")


def _counts(asked: Line) -> dict[str, int]:
    used = _object(asked, "used")
    return {source: _number(used, source) or 0 for source in used}


def _day(asked: Line, key: str) -> date | None:
    written = optional_text_in(asked, key)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Refused("bad_value", f"«{key}» is no day such as 2026-01-31.") from None


def _missing(key: str) -> Any:
    raise Refused("missing_key", f"The line has no «{key}».")


VERB = Verb(
    name="may",
    help="what agreements allow for a piece",
    description=(
        "Read {use, language, on, original, agreements, used} as JSON, with words, territory, published_on,"
        " is_commercial and is_by_machine if known, and answer {may, source, until, conditions, objections, ways}."
        " An agreement has what the desk's has; one that names nobody was given for this piece."
    ),
    add_arguments=_nothing,
    one=_one,
    single=_single,
)
