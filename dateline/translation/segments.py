"""Splits text into sentences by rules, with a small table of data for each language.

A terminator ends a sentence unless something vetoes it: an abbreviation, an initial, a number, a lower-case word
behind it. Tables are `segmentation/<language>.json`; a language without one uses the common rules.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dateline.lib.text import paragraphs

_TABLES = Path(__file__).parent / "segmentation"
_CLOSERS = "\"'”’“‘»›«‹」』)）\\]】〉》〕"
_OPENERS = "\"'“‘„‚«‹「『(（\\[【〈《〔¿¡-–—•*"
_UNSPACED = "。！？｡"


@dataclass(frozen=True)
class Rules:
    """What one language adds to the common rules.

    candidates: where a sentence may end. doubtful: marks that end one only before a capital or a numbered item.
    abbreviations: words without their point, in lower case, that never end a sentence; those in `may_end` do before
    a capital, those in `capitalised` are words where they are written small, and those in `before_number` are words
    where no number follows. ordinals: a number with a point is an ordinal; before one of `months` it is one anywhere.
    has_case: a lower-case word vetoes an end. dateline: a colon behind a piece's place and agency is an end.
    """

    candidates: re.Pattern[str]
    abbreviations: frozenset[str]
    may_end: frozenset[str]
    capitalised: frozenset[str]
    before_number: frozenset[str]
    months: frozenset[str]
    ordinals: bool
    has_case: bool
    doubtful: frozenset[str]
    dateline: bool


def split(text: str, *, language: str) -> list[list[str]]:
    """Return the sentences of each paragraph of `text`; blank lines set paragraphs apart."""
    return [split_paragraph(paragraph, language=language) for paragraph in paragraphs(text)]


def split_paragraph(text: str, *, language: str) -> list[str]:
    """Return the sentences of one paragraph, in order and without the spaces between them.

    Nothing is lost: joined, they are the paragraph but for white space. language: a BCP 47 tag.
    """
    rules = rules_of(language)
    sentences: list[str] = []
    start = 0
    for found in rules.candidates.finditer(text):
        if _ends(text, found, rules, start):
            sentences.append(text[start : found.end()].strip())
            start = found.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


@cache
def rules_of(language: str) -> Rules:
    """Return the rules of `language`, by the first part of its tag."""
    tag = language.replace("_", "-").split("-")[0].lower()
    common = _table("common")
    own = _table(tag)
    marks = common["marks"] + own.get("marks", "")
    return Rules(
        candidates=_candidates(marks, own.get("doubtful", "") + (":" if own.get("dateline") else "")),
        abbreviations=frozenset([*common["abbreviations"], *own.get("abbreviations", ())]),
        may_end=frozenset([*common["may_end"], *own.get("may_end", ())]),
        capitalised=frozenset([*common["capitalised"], *own.get("capitalised", ())]),
        before_number=frozenset([*common["before_number"], *own.get("before_number", ())]),
        months=frozenset(own.get("months", ())),
        ordinals=bool(own.get("ordinals", False)),
        has_case=bool(own.get("has_case", True)),
        doubtful=frozenset(own.get("doubtful", "")),
        dateline=bool(own.get("dateline", False)),
    )


def _table(name: str) -> dict[str, Any]:
    path = _TABLES / f"{name}.json"
    if not re.fullmatch(r"[a-z]{2,8}", name) or not path.is_file():
        return {}
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return table


def _candidates(marks: str, doubtful: str) -> re.Pattern[str]:
    """Match a run of terminators with its closing quotes where white space follows, or an unspaced full stop."""
    every = re.escape(marks + doubtful)
    return re.compile(
        rf"(?P<mark>[{every}]+)(?P<closed>(?:[{_CLOSERS}]|\[\d{{1,3}}\]|\s»(?=\s|$))*)(?=\s)"
        rf"|[{_UNSPACED}]+[{_CLOSERS}]*"
    )


_NEXT = re.compile(rf"\s+[{re.escape(_OPENERS)}\s]*(\w?)(\w*)")
_LAST_WORD = re.compile(r"[^\s(\[«“\"'‘„/–—]*$")
_NUMBERED = re.compile(r"\s+\d{1,2}[.)]\s")
_DATELINE = re.compile(r"\S+(?: \S+)? [-–—] [^.:،,]{3,25}$")
_ROMAN = re.compile(r"[IVXLC]+$")
_LOOK_BACK = 30
_ORDINAL_DIGITS = 2
_SHORT_FORM = 2


def _ends(text: str, found: re.Match[str], rules: Rules, start: int) -> bool:
    """Decide whether the terminator `found` ends the sentence that began at `start`."""
    mark = found["mark"]
    if mark is None:
        return True
    following = _NEXT.match(text, found.end())
    first, rest = (following[1], following[2]) if following else ("", "")
    if (rules.has_case and first.islower()) or _only_pauses(text, found, rules, start, first):
        return False
    if mark != "." or found["closed"].strip(")"):
        return True
    before = _LAST_WORD.search(text, max(start, found.start() - _LOOK_BACK), found.start())
    word = before.group() if before else ""
    at_start = before is not None and not text[start : before.start()].strip()
    return not _is_unfinished(word, first, rest, rules, at_start=at_start)


def _only_pauses(text: str, found: re.Match[str], rules: Rules, start: int, first: str) -> bool:
    """True where the mark is one that need not end a sentence in this language, and does not here."""
    mark = found["mark"]
    if mark == ":" and rules.dateline:
        return _DATELINE.match(text[start : found.start()].strip()) is None
    if mark in rules.doubtful:
        return not first.isupper() and _NUMBERED.match(text, found.end()) is None
    return not rules.has_case and mark != "." and set(mark) <= {".", "…"}


def _is_unfinished(word: str, first: str, rest: str, rules: Rules, *, at_start: bool) -> bool:
    """True where the point behind `word` belongs to the word, not to the sentence."""
    if not word or not word[-1].isalnum():
        return False
    if word[-1].isdigit():
        return word.isdigit() and (at_start or _is_ordinal(word, f"{first}{rest}", rules))
    low = word.lower().lstrip("-'’0123456789")
    if low in rules.may_end:
        return rules.has_case and not first.isupper()
    if low in rules.before_number and first.isdigit():
        return True
    if low in rules.capitalised and word[0].isupper():
        return True
    return low in rules.abbreviations or _is_short_form(
        word, rules, one_letter_follows=bool(first) and not rest
    )


def _is_short_form(word: str, rules: Rules, *, one_letter_follows: bool) -> bool:
    """True for initials, letters with points between them, and Roman ordinals."""
    if len(word) == 1:
        return word.isalpha() and (word.isupper() or not rules.has_case or one_letter_follows)
    if "." in word:
        return max(map(len, word.split("."))) <= _SHORT_FORM
    return rules.ordinals and _ROMAN.match(word) is not None


def _is_ordinal(number: str, following: str, rules: Rules) -> bool:
    return following.lower() in rules.months or (rules.ordinals and len(number) <= _ORDINAL_DIGITS)
