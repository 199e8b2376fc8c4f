"""The nouns of a glossary, and glossaries as CSV: `concept,language,form,status`, one form a line."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from dateline.lib.formats.pieces import Unreadable
from dateline.lib.formats.sheet import BYTE_ORDER_MARK, FORMULA_STARTS
from dateline.lib.formats.sheet import lines as table_lines
from dateline.lib.text import one_line

PREFERRED: Final = "preferred"
ALLOWED: Final = "allowed"
FORBIDDEN: Final = "forbidden"
KEEP: Final = "keep"
STATUSES: Final = (PREFERRED, ALLOWED, FORBIDDEN, KEEP)
COLUMNS: Final = ("concept", "language", "form", "status", "definition", "domain", "note", "source")
NEEDED: Final = frozenset({"concept", "language", "form"})
LONGEST_CELL: Final = 10_000
_DELIMITERS: Final = ",;\t"


class NotAGlossary(Unreadable):
    """The file is no glossary that we can read; the message says what is missing."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A spelling of a concept in one language. status: preferred, allowed, forbidden, or keep (left as it is)."""

    language: str
    form: str
    status: str = PREFERRED
    note: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Concept:
    """What one or more languages have a word for. `concept` is its name in the file, unique there."""

    concept: str
    forms: tuple[Form, ...] = field(default_factory=tuple)
    definition: str = ""
    domain: str = ""
    note: str = ""


def read_csv(source: IO[str]) -> Iterator[Concept]:
    """Yield the concepts of a table, those with several lines once, when their last line in a row has passed.

    The first line names the columns, in any order; separators are commas, semicolons or tabs. Lines of one
    concept stand together. Raises NotAGlossary, also while it is read.
    """
    rows = _rows(source)
    concept: Concept | None = None
    for row in rows:
        form = _form(row)
        if concept is not None and row["concept"] == concept.concept:
            concept = _joined(concept, row, form)
            continue
        if concept is not None:
            yield concept
        concept = _joined(Concept(concept=row["concept"]), row, form)
    if concept is not None:
        yield concept


def write_csv(concepts: Iterable[Concept]) -> Iterator[str]:
    """Yield the table line by line. No cell is a formula to a spreadsheet."""
    rows = (_row(one, form) for one in concepts for form in one.forms)
    return table_lines(COLUMNS, rows)


def status_named(word: str) -> str:
    """Return the status that a word of other tools means; an unknown one is allowed, none at all preferred."""
    return _STATUS_WORDS.get(one_line(word).lower().replace("_", "-").removesuffix("-admn-sts"), ALLOWED)


_STATUS_WORDS: Final = {
    **{status: status for status in STATUSES},
    "": PREFERRED,
    "preferredterm": PREFERRED,
    "standardized": PREFERRED,
    "admitted": ALLOWED,
    "admittedterm": ALLOWED,
    "deprecated": FORBIDDEN,
    "deprecatedterm": FORBIDDEN,
    "superseded": FORBIDDEN,
    "supersededterm": FORBIDDEN,
    "obsolete": FORBIDDEN,
    "not-recommended": FORBIDDEN,
    "banned": FORBIDDEN,
    "do-not-translate": KEEP,
    "keep-as-is": KEEP,
    "dnt": KEEP,
}


def _rows(source: IO[str]) -> Iterator[dict[str, str]]:
    lines = iter(source)
    head = next(lines, "").removeprefix(BYTE_ORDER_MARK)
    delimiter = max(_DELIMITERS, key=head.count)
    names = [one_line(name).lower() for name in next(csv.reader([head], delimiter=delimiter), [])]
    missing = NEEDED - set(names)
    if missing:
        raise NotAGlossary(
            f"The table has no column “{min(missing)}”: its first line names {', '.join(COLUMNS[:4])}."
        )
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), start=2):
            row = dict.fromkeys(COLUMNS, "") | dict(zip(names, map(_cell, cells), strict=False))
            if any(row.values()):
                yield _whole(row, number)
    except csv.Error as error:
        raise NotAGlossary(f"It is no sound table: {error}.") from None


def _whole(row: dict[str, str], number: int) -> dict[str, str]:
    lacking = next((name for name in ("language", "form") if not row[name]), "")
    if lacking:
        raise NotAGlossary(f"Line {number} has no {lacking}.")
    return {**row, "concept": row["concept"] or row["form"]}


def _row(concept: Concept, form: Form) -> tuple[str, ...]:
    kept = (concept.concept, form.language, form.form, form.status, concept.definition, concept.domain)
    return (*kept, form.note or concept.note, form.source)


def _cell(text: str) -> str:
    """Return a cell on one line, without the apostrophe that keeps a spreadsheet from running it."""
    if len(text) > LONGEST_CELL:
        raise NotAGlossary(f"A cell has more than {LONGEST_CELL} characters: this is no glossary.")
    bare = text[1:] if text.startswith("'") and text[1:].lstrip(" \n").startswith(FORMULA_STARTS) else text
    return one_line(bare)


def _form(row: dict[str, str]) -> Form:
    return Form(
        language=row["language"],
        form=row["form"],
        status=status_named(row["status"]),
        note=row["note"],
        source=row["source"],
    )


def _joined(concept: Concept, row: dict[str, str], form: Form) -> Concept:
    return Concept(
        concept=concept.concept,
        forms=(*concept.forms, form),
        definition=concept.definition or row["definition"],
        domain=concept.domain or row["domain"],
        note=concept.note,
    )
