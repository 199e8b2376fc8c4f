"""What an original says of itself, in words: each value with who told it, and what its publisher reserves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dateline.intake import origins, signals
from dateline.intake.models import Original

_USES = {
    signals.MINING: gettext_lazy("Text and data mining is reserved."),
    signals.TRAINING: gettext_lazy("Training of models is reserved."),
    signals.PICTURE_TRAINING: gettext_lazy("Training of models on the pictures is reserved."),
    signals.ARCHIVING: gettext_lazy("Showing a stored copy is reserved."),
    signals.SNIPPETS: gettext_lazy("Excerpts in listings are reserved."),
    signals.TRANSLATION: gettext_lazy("Offering a machine's translation is reserved."),
}
_LICENCES = {
    "creative-commons": gettext_lazy("Licence"),
    "licence": gettext_lazy("Licence"),
    "rsl": gettext_lazy("Licence for machines (RSL)"),
    "rights": gettext_lazy("Rights"),
    "tdm-policy": gettext_lazy("Terms for machines"),
}


@dataclass(frozen=True)
class Fact:
    """label, value: as shown. origin: who told it, empty where that goes without saying. is_address: value is one."""

    label: str
    value: str
    origin: str = ""
    is_address: bool = False


def origin_words(piece: Original) -> dict[str, str]:
    """Return by field who told it, in words."""
    return {name: _(origins.WORDS[code]) for name, code in piece.origins.items() if code in origins.WORDS}


def facts(piece: Original) -> list[Fact]:
    """Return what is known of the piece beyond who, where and when."""
    return list(_facts(piece, origin_words(piece)))


def _facts(piece: Original, told_by: dict[str, str]) -> Iterator[Fact]:
    if piece.section:
        yield Fact(_("Section there"), piece.section, told_by.get("section", ""))
    if piece.word_count:
        words = ngettext("%(count)s word", "%(count)s words", piece.word_count) % {"count": piece.word_count}
        yield Fact(_("Length"), words)
    if piece.is_paywalled:
        yield Fact(_("Paywall"), _("behind a paywall"), " ".join(map(_, piece.paywall_evidence)))
    if piece.canonical_url and piece.canonical_url != piece.url:
        address, told = piece.canonical_url, told_by.get("canonical_url", "")
        yield Fact(_("Calls its own address"), address, told, is_address=True)


def licences(piece: Original) -> list[Fact]:
    """Return what the publisher says of licences and rights, with the places where it says so."""
    told = (signals.Signal(**one) for one in piece.signals)
    return [
        Fact(
            str(_LICENCES[one.signal]),
            one.value,
            one.where,
            is_address=one.value.startswith(("http:", "https:")),
        )
        for one in told
        if one.signal in _LICENCES
    ]


def reservations(piece: Original) -> list[Fact]:
    """Return the uses that the publisher reserves against machines, each with the signals that say so."""
    by_use: dict[str, list[str]] = {}
    for use, by in sorted(piece.reserved_uses, key=lambda one: (one.use, one.by.where)):
        by_use.setdefault(use, []).append(f"{by.signal} {by.value} ({by.where})")
    return [Fact(str(_USES[use]), "", "; ".join(said)) for use, said in by_use.items()]


def doubts(reasons: list[str]) -> list[str]:
    """Return reasons to doubt a reading without the codes before them."""
    return [
        _(sentence) if sentence else _(code)
        for code, _colon, sentence in (r.partition(": ") for r in reasons)
    ]


def pictures(piece: Original) -> list[dict[str, Any]]:
    """Return the pictures that the page offers, each with who told of it in words."""
    return [
        {**one, "told_by": _(words) if (words := origins.WORDS.get(one.get("origin", ""))) else ""}
        for one in piece.pictures
    ]
