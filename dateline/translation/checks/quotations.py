"""Quotations: each in the source is one in the translation, closed again, with who said it beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dateline.translation.checks.base import Finding, Pair, Severity, whole
from dateline.translation.checks.tables import table_of
from dateline.translation.spelling import low

_NAME: Final = "quotations"
_CLOSERS: Final = {"“": '”“"', "„": '“”„"', "‟": '”"', "«": "»", "»": "«»", "‹": "›", "‘": "’‘", "‚": "‘’"}
_SINGLES: Final = "‘‚‹"
_SHOWN: Final = 60
_STRAIGHT_SINGLE: Final = re.compile(r"(?<!\w)'(?=\w)(.{2,}?)(?<=[\w.,!?…])'(?!\w)")


@dataclass(frozen=True)
class Quoted:
    """A span in quotation marks, with the marks."""

    text: str
    start: int
    end: int


def quoted_in(text: str) -> tuple[list[Quoted], list[int]]:
    """Return the outermost quoted spans of `text`, and the places of marks that have no partner."""
    spans: list[Quoted] = []
    lone: list[int] = []
    at = 0
    while at < len(text):
        closers = _closers_at(text, at)
        if not closers:
            if text[at] in "”»" and _was_a_quote(text, at):
                lone.append(at)
            at += 1
            continue
        end = _end_of(text, at, closers)
        if end is None:
            if text[at] not in _SINGLES:
                lone.append(at)
            at += 1
        else:
            spans.append(Quoted(text[at : end + 1], at, end + 1))
            at = end + 1
    return spans or _straight_singles(text), lone


def _closers_at(text: str, at: int) -> str:
    mark = text[at]
    if mark == '"':
        return '"”'
    if mark in _SINGLES and at and text[at - 1].isalnum():
        return ""
    return _CLOSERS.get(mark, "")


def _end_of(text: str, at: int, closers: str) -> int | None:
    """Return where the span that opens at `at` closes; the same marks inside it are stepped over."""
    depth = 0
    for place in range(at + 1, len(text)):
        mark = text[place]
        if mark == text[at] and mark not in closers:
            depth += 1
        elif mark in closers and not _is_apostrophe(text, place):
            if not depth:
                return place
            depth -= 1
    return None


def _is_apostrophe(text: str, at: int) -> bool:
    if text[at] not in "’‘":
        return False
    return at + 1 < len(text) and text[at + 1].isalnum() and at > 0 and text[at - 1].isalnum()


def _was_a_quote(text: str, at: int) -> bool:
    return text[at] != "»" or at == 0 or not text[at - 1].isdigit()


def _straight_singles(text: str) -> list[Quoted]:
    return [Quoted(found.group(), found.start(), found.end()) for found in _STRAIGHT_SINGLE.finditer(text)]


class Quotations:
    """Each quotation in, each out."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield quotations that lost their marks or their speaker, or were never closed."""
        asked, left_open = quoted_in(pair.source)
        told, lone = quoted_in(pair.text)
        if lone and not left_open:
            yield Finding(_NAME, "quotation-open", Severity.WARN, lone[0], lone[0] + 1)
        if asked and not told and not lone:
            yield Finding(_NAME, "quotation-lost", Severity.INFORM, *whole(pair), (_shown(asked[0].text),))
        elif len(asked) > len(told) and not lone:
            values = (str(len(asked)), str(len(told)))
            yield Finding(_NAME, "quotations-fewer", Severity.WARN, *whole(pair), values)
        elif len(told) > len(asked):
            yield Finding(_NAME, "quotation-added", Severity.INFORM, told[-1].start, told[-1].end)
        if told and asked and _is_said(pair.source, asked, pair.source_language):
            yield from _unattributed(pair, told)


def _unattributed(pair: Pair, told: list[Quoted]) -> Iterator[Finding]:
    if table_of(pair.language).is_known and not _is_said(pair.text, told, pair.language):
        yield Finding(_NAME, "no-speaker", Severity.INFORM, told[0].start, told[0].end)


def _is_said(text: str, spans: list[Quoted], language: str) -> bool:
    """True where a verb of speech stands outside the quotation marks."""
    outside = list(text)
    for span in spans:
        outside[span.start : span.end] = " " * (span.end - span.start)
    return table_of(language).speech.search(low("".join(outside))) is not None


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


CHECK: Final = Quotations()
