"""Memories in files: which units an entry gives, with its inline codes as marks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Final

from dateline.lib.formats import tmx
from dateline.lib.formats.bitext import Entry, Variant, is_usable
from dateline.lib.formats.inline import Code, marked, numbers_of
from dateline.translation.marks import plain
from dateline.translation.memory.codes import Codes, with_codes
from dateline.translation.memory.families import family
from dateline.translation.memory.hashing import BITS, normalised
from dateline.translation.memory.matching import Known

BEFORE: Final = "x-dateline-before"
AFTER: Final = "x-dateline-after"
_NUMBER = re.compile(r"-?[0-9]{1,19}")


@dataclass(frozen=True, kw_only=True)
class FileUnit:
    """A unit of a file. `codes` are the markup behind the marks of both texts, by token.

    origin: the document that it names, the entry's own name, or its place in the file.
    """

    source: str
    text: str
    source_language: str
    language: str
    codes: Codes
    origin: str
    document: str = ""
    person: str = ""
    licence: str = ""
    machine: str = ""
    at: datetime | None = None
    place: int = 0
    before: int | None = None
    after: int | None = None

    @property
    def known(self) -> Known:
        """The unit for ranking, numbered by its place among the units."""
        return Known(id=self.place, source=self.source, text=self.text, before=self.before, after=self.after)


def known_in(file: IO[bytes], *, source: str, target: str) -> Iterator[FileUnit]:
    """Yield the units of a TMX file from one language into another, numbered from 0. Raises NotTmx."""
    place = 0
    for number, entry in enumerate(tmx.read(file), start=1):
        for unit in units_of(entry, number=number, place=place, source=source, target=target):
            yield unit
            place += 1


def units_of(
    entry: Entry, *, number: int, source: str = "", target: str = "", place: int = 0
) -> Iterator[FileUnit]:
    """Yield the units of an entry. Without `source` its first language is that, without `target` each other is.

    number: the entry's place in its file.
    """
    first = _in(entry.variants, source) if source else entry.variants[0]
    if first is None or not is_usable(first.parts):
        return
    for variant in entry.variants:
        if variant is first or not is_usable(variant.parts) or (target and not _is(variant, target)):
            continue
        unit = _unit(entry, first, variant, number, place)
        if unit is not None:
            yield unit
            place += 1


def _in(variants: Iterable[Variant], language: str) -> Variant | None:
    found = [variant for variant in variants if _is(variant, language)]
    same = (variant for variant in found if variant.language.lower() == language.lower())
    return next(same, found[0] if found else None)


def _is(variant: Variant, language: str) -> bool:
    return family(variant.language) == family(language)


def _unit(entry: Entry, first: Variant, other: Variant, number: int, place: int) -> FileUnit | None:
    numbers = numbers_of(first.parts, other.parts)
    source, text = marked(first.parts, numbers=numbers), marked(other.parts, numbers=numbers)
    words = normalised(source.text), normalised(text.text)
    if not (plain(words[0]) and plain(words[1])):
        return None
    said = {**entry.said, **other.said}
    document = _named(said, "x-document", "x-dateline-document", "x-file-name", "x-project")
    return FileUnit(
        source=words[0],
        text=words[1],
        source_language=first.language,
        language=other.language,
        codes=_codes({**text.codes, **source.codes}),
        origin=document or entry.id or f"#{number}",
        document=document,
        person=entry.person,
        licence=_named(said, "x-licence", "x-license"),
        machine=_named(said, "x-machine", "x-mt"),
        at=entry.at,
        place=place,
        before=_hash(said.get(BEFORE, "")),
        after=_hash(said.get(AFTER, "")),
    )


def entry_of(unit: FileUnit, *, id: str) -> Entry:  # noqa: A002 - an entry's own word
    """Return a unit as a file's entry, which `units_of` reads as the same unit."""
    said = {
        "x-document": unit.document,
        "x-licence": unit.licence,
        "x-machine": unit.machine,
        BEFORE: "" if unit.before is None else str(unit.before),
        AFTER: "" if unit.after is None else str(unit.after),
    }
    variants = (
        Variant(language=unit.source_language, parts=with_codes(unit.source, unit.codes)),
        Variant(language=unit.language, parts=with_codes(unit.text, unit.codes)),
    )
    return Entry(id=id, variants=variants, person=unit.person, at=unit.at, said=said)


def _hash(told: str) -> int | None:
    """Return a neighbour's hash, where we wrote it."""
    return int(told) if _NUMBER.fullmatch(told) and abs(int(told)) < 1 << (BITS - 1) else None


def _named(said: dict[str, str], *names: str) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _codes(codes: dict[str, Code]) -> Codes:
    return {
        token: {"data": code.data, "kind": code.kind}
        for token, code in codes.items()
        if code.data or code.kind
    }
