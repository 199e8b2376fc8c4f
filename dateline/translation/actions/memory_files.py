"""Memories brought in files and given out: in steps, each whole, and gone on with from any of them."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import IO, Any, Final

from django.core.files.base import File
from django.db import connection, transaction
from django.utils.translation import gettext as _

from dateline.lib.crash import crash_point
from dateline.lib.formats import po, tmx, xliff
from dateline.lib.formats.bitext import Entry
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation.actions.memory_lists import insert_rows, pair_of, sort_in
from dateline.translation.actions.purging import Where, take_out
from dateline.translation.memory.files import FileUnit, entry_of, units_of
from dateline.translation.memory.hashing import class_key, source_key
from dateline.translation.models import MemoryImport, MemoryPair, MemoryUnit
from dateline.work.actions import enqueue_by_name
from dateline.work.progress import progress, should_stop

ENTRIES_A_STEP: Final = 5_000
_COLUMNS: Final = (
    "pair_id", "source_language", "language", "source_key", "class_key", "before_key", "after_key", "source", "text",
    "codes", "document", "brought_by_id", "machine", "is_machine_text", "quality", "scope", "desk", "penalty",
    "licence", "by_id", "person", "approved_at",
)  # fmt: skip


class NotAMemory(ValueError):
    """The file holds no translations that we can read; the message says what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """On which terms a memory comes in: which languages of the file (empty: all), who is offered it, and its licence.

    penalty: taken off every score. desk: the name of a group, where only that is offered it.
    """

    source_language: str = ""
    language: str = ""
    scope: str = MemoryUnit.Scope.IMPORTED
    desk: str = ""
    penalty: int = 0
    licence: str = ""


def _tmx(file: IO[bytes], _: MemoryImport) -> Iterator[Entry]:
    return tmx.read(file)


def _xliff(file: IO[bytes], _: MemoryImport) -> Iterator[Entry]:
    return xliff.entries(file)


def _po(file: IO[bytes], brought: MemoryImport) -> Iterator[Entry]:
    return po.entries(file, source_language=brought.source_language, language=brought.language)


# What can be brought, by the ending of a file's name.
READERS: Final[dict[str, Callable[[IO[bytes], MemoryImport], Iterator[Entry]]]] = {
    "tmx": _tmx,
    "xlf": _xliff,
    "xliff": _xliff,
    "po": _po,
}


def bring_memory(*, file: IO[bytes], name: str, terms: Terms, by: User | None, now: datetime) -> MemoryImport:
    """Take a file in, to be read by a job. Raises NotAMemory where its beginning shows that it cannot be read."""
    form = name.rpartition(".")[2].lower()
    if form not in READERS:
        raise NotAMemory(
            _("“%s” is none of the formats that we read: %s.") % (name, ", ".join(sorted(READERS)))
        )
    brought = MemoryImport(
        name=cut(one_line(name), 200),
        form=form,
        at=now,
        by=by,
        **{name: getattr(terms, name) for name in _TERMS},
    )
    _refuse_unreadable(file, brought)
    with transaction.atomic():
        file.seek(0)
        brought.file.save(f"{form}-{now:%Y%m%d%H%M%S}.{form}", File(file), save=False)
        brought.full_clean()
        brought.save()
        write_down(verb="bring-memory", subject=brought, by=by, now=now, summary=brought.name)
        enqueue_by_name("translation.bring_memory", key=str(brought.pk), import_id=brought.pk)
    return brought


_TERMS: Final = ("source_language", "language", "scope", "desk", "penalty", "licence")


def _refuse_unreadable(file: IO[bytes], brought: MemoryImport) -> None:
    try:
        for _entry in islice(READERS[brought.form](file, brought), 1):
            return
    except Unreadable as error:
        raise NotAMemory(str(error)) from error
    raise NotAMemory(_("“%s” holds no words in two languages.") % brought.name)


def go_on_bringing(*, brought: MemoryImport, now: datetime) -> MemoryImport:
    """Read what is left of a file, then sort it in. Broken off anywhere, it goes on where it was.

    Of a file that turns out to be broken nothing stays, and `trouble` says why.
    """
    if brought.state == MemoryImport.State.READING:
        try:
            _read(brought, now)
        except Unreadable as error:
            return _failed(brought, str(error))
    if brought.state == MemoryImport.State.SORTING:
        _sort(brought)
    return brought


def _read(brought: MemoryImport, now: datetime) -> None:
    step = _Step(brought, now)
    with _opened(brought) as file:
        numbered = enumerate(READERS[brought.form](file, brought), start=1)
        waiting = islice(numbered, brought.done, None)
        while entries := list(islice(waiting, ENTRIES_A_STEP)):
            step.take(entries)
            crash_point("translation.memory-step")
            progress(brought.done, 0, brought.name)
            if should_stop():
                return
    brought.state = MemoryImport.State.SORTING
    brought.save(update_fields=["state"])


@contextmanager
def _opened(brought: MemoryImport) -> Iterator[IO[bytes]]:
    with brought.file.open("rb") as file:
        yield file.file if hasattr(file, "file") else file


@dataclass
class _Step:
    """Writes the entries of one step, with the place in the file up to which they reach, in one transaction."""

    brought: MemoryImport
    now: datetime
    pairs: dict[tuple[str, str], MemoryPair] = field(default_factory=dict)

    @transaction.atomic
    def take(self, entries: list[tuple[int, Entry]]) -> None:
        brought = self.brought
        found = [
            unit
            for number, entry in entries
            for unit in units_of(
                entry, number=number, source=brought.source_language, target=brought.language
            )
        ]
        rows = self.rows(found)
        insert_rows(MemoryUnit, _COLUMNS, rows)
        brought.done = entries[-1][0]
        brought.added += len(rows)
        brought.passed_over += max(len(entries) - len(rows), 0)
        brought.save(update_fields=["done", "added", "passed_over"])

    def rows(self, found: Iterable[FileUnit]) -> list[tuple[Any, ...]]:
        """Return the rows of units that the memory has not, word for word."""
        keyed = {(self.pair(unit).pk, source_key(unit.source), unit.text): unit for unit in found}
        known = _known(keyed.keys())
        return [self.row(key[1], unit) for key, unit in keyed.items() if key not in known]

    def pair(self, unit: FileUnit) -> MemoryPair:
        names = (unit.source_language, unit.language)
        if names not in self.pairs:
            self.pairs[names] = pair_of(*names)
        return self.pairs[names]

    def row(self, key: int, unit: FileUnit) -> tuple[Any, ...]:
        brought, pair = self.brought, self.pair(unit)
        return (
            pair.pk, unit.source_language[:20], unit.language[:20], key,
            class_key(unit.source, language=pair.source_language), unit.before, unit.after, unit.source, unit.text,
            json.dumps(unit.codes, ensure_ascii=False), cut(unit.document, 300), brought.pk, unit.machine[:40],
            bool(unit.machine), MemoryUnit.Quality.UNKNOWN, brought.scope, brought.desk, brought.penalty,
            cut(brought.licence or unit.licence, 200), brought.by_id, cut(unit.person, 200),
            connection.ops.adapt_datetimefield_value(unit.at or self.now),
        )  # fmt: skip


Keyed = tuple[int, int | None, str]


def _known(keys: Iterable[Keyed]) -> set[Keyed]:
    """Return those that everybody is offered already."""
    wanted = list(keys)
    found = MemoryUnit.objects.filter(
        pair__in={pair for pair, _, _ in wanted}, source_key__in={key for _, key, _ in wanted}
    ).exclude(scope__in=[MemoryUnit.Scope.PERSON, MemoryUnit.Scope.DESK])
    return set(found.values_list("pair", "source_key", "text"))


def _sort(brought: MemoryImport) -> None:
    units = MemoryUnit.objects.filter(brought_by=brought)
    for pair in MemoryPair.objects.filter(pk__in=units.values("pair").distinct()):
        own = units.filter(pair=pair).order_by("pk")
        sources = own.values_list("pk", "source").iterator(chunk_size=ENTRIES_A_STEP)
        sort_in(pair, sources, total=brought.added)
        enqueue_by_name("translation.tend_memory", key=str(pair.pk), pair_id=pair.pk)
    _ended(brought, MemoryImport.State.READY)


def _failed(brought: MemoryImport, why: str) -> MemoryImport:
    take_out(Where(brought_by=brought))
    brought.trouble, brought.added = cut(why, 500), 0
    return _ended(brought, MemoryImport.State.FAILED)


def _ended(brought: MemoryImport, state: MemoryImport.State) -> MemoryImport:
    """The file has served: what it held is in the memory, or nowhere."""
    name = brought.file.name
    brought.state, brought.file = state, ""
    brought.save(update_fields=["state", "file", "trouble", "added"])
    if name:
        MemoryImport.file.field.storage.delete(name)
    return brought


def given_out(
    *, source_language: str, language: str, now: datetime, licence: str | None = None
) -> Iterator[str]:
    """Yield the units of a pair as TMX, part by part. licence: only those under it; empty: under none."""
    pair = pair_of(source_language, language)
    units = MemoryUnit.objects.filter(pair=pair).exclude(
        scope__in=[MemoryUnit.Scope.PERSON, MemoryUnit.Scope.DESK]
    )
    if licence is not None:
        units = units.filter(licence=licence)
    rows = units.select_related("by", "original__outlet").order_by("pk").iterator(chunk_size=ENTRIES_A_STEP)
    entries = (entry_of(_as_file_unit(unit), id=str(unit.pk)) for unit in rows)
    return tmx.write(entries, source_language=source_language, at=now)


def _as_file_unit(unit: MemoryUnit) -> FileUnit:
    original = unit.original
    return FileUnit(
        source=unit.source,
        text=unit.text,
        source_language=unit.source_language,
        language=unit.language,
        codes=unit.codes,
        origin="",
        document=unit.document or (original.url if original is not None else ""),
        person=unit.person or (str(unit.by) if unit.by else ""),
        licence=unit.licence,
        machine=unit.machine if unit.is_machine_text else "",
        at=unit.approved_at,
        before=unit.before_key,
        after=unit.after_key,
    )
