"""The index in files beside the database: tantivy, one folder, one writer at a time, readers in every process.

A commit is durable before it returns; a process killed before it leaves the index as it was, and the system gives its
lock back. A reader looks at the folder's list of segments before each question and takes up what others wrote.
Measured against SQLite's FTS5 in benchmarks/reader/search.py; docs/decisions has the choice.
"""

import fcntl
import json
import shutil
import threading
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import tantivy

from dateline.reader.search.engine import MAKE, Answer, Hit, Page, Question, SearchUnavailable
from dateline.reader.search.words import Sought, indexed, sought

# What a headline and a standfirst weigh: as if they were said so often.
_HEADLINE: Final = 4
_STANDFIRST: Final = 2
_FIELDS: Final = ("language", "kind", "section", "outlet")
_HEAP_BYTES: Final = 32_000_000
_ORDER: Final = tantivy.Order.Desc
_MUST: Final = tantivy.Occur.Must
_SHOULD: Final = tantivy.Occur.Should
_FIRST_DAY: Final = 0
_LAST_DAY: Final = 99_999_999
# A spelling that is as it was asked for, a stem, a root that verbs may share, a word with a slip.
_WEIGHTS: Final = {"written": 1.4, "stem": 1.0, "root": 0.6, "slip": 2.0}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("uid", tokenizer_name="raw", index_option="basic", stored=True)
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("at", fast=True)
    for name in ("words", "stems"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("title", "title_stems"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field("page", stored=True, indexed=False)
    return builder.build()


class Embedded:
    """An index in a folder."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._index: Any = None
        self._stamp: object = None
        self._schema = _schema()

    def identity(self) -> str:
        """Return the number that the folder was given when it was laid, and how its words are made."""
        with self._writing():
            self._open()
            return (self._folder / "identity").read_text(encoding="ascii")

    def add(self, pages: Sequence[Page]) -> None:
        """Put pages in, in place of what is there of them."""
        with self._writer() as writer:
            for page in pages:
                writer.delete_documents_by_term("uid", str(page.uid))
                writer.add_document(self._document(page))

    def remove(self, pieces: Collection[uuid.UUID]) -> None:
        """Take pages out."""
        with self._writer() as writer:
            for piece in pieces:
                writer.delete_documents_by_term("uid", str(piece))

    def ask(self, question: Question) -> Answer:
        """Answer with pages that have every word; where they are few, with those that have most of them."""
        asked = sought(question.query, question.languages)
        if not asked:
            return Answer()
        searcher = self._searcher()
        strict = [(_MUST, self._word(one, searcher, is_forgiving=False)) for one in asked]
        answer = self._found(searcher, strict, question)
        if answer.count >= question.most:
            return answer
        every = [(_MUST, self._word(one, searcher, is_forgiving=True)) for one in asked]
        forgiven = self._found(searcher, every, question)
        if forgiven.count >= question.most or len(asked) == 1:
            return forgiven
        # What stands in some text as it is asked for is no slip here: looking for slips is what costs time.
        some = [
            (_SHOULD, strict[at][1] if self._stands(one, searcher) else every[at][1])
            for at, one in enumerate(asked)
        ]
        return self._loose(searcher, some, question, forgiven)

    def suggest(
        self, beginning: str, *, language: str, languages: tuple[str, ...], most: int
    ) -> list[uuid.UUID]:
        """Return pieces by their headlines, the newest first."""
        asked = sought(beginning, languages)
        if not asked:
            return []
        searcher = self._searcher()
        for is_forgiving in (False, True):
            clauses = [(_MUST, self._in_title(one, is_forgiving=is_forgiving)) for one in asked[:-1]]
            clauses.append((_MUST, self._begun(asked[-1], is_forgiving=is_forgiving)))
            if language:
                clauses.append((_MUST, self._term("language", language)))
            query = tantivy.Query.boolean_query(clauses)
            found = searcher.search(query, most, count=False, order_by_field="at", order=_ORDER).hits
            if found:
                return [uuid.UUID(searcher.doc(at).get_first("uid")) for _score, at in found]
        return []

    def count(self) -> int:
        """Return how many pages are in it."""
        return int(self._searcher().num_docs)

    def clear(self) -> None:
        """Begin a new folder in the place of the old one."""
        with self._writing():
            self._index = None
            shutil.rmtree(self._folder, ignore_errors=True)
            self._open()

    def _loose(self, searcher: Any, some: list[Any], question: Question, first: Answer) -> Answer:
        loose = self._found(searcher, some, question, at_least=max(1, (len(some) + 1) // 2))
        if loose.count <= first.count:
            return first
        known = {hit.uid for hit in first.hits}
        hits = (*first.hits, *(hit for hit in loose.hits if hit.uid not in known))[: question.most]
        # On later pages of answers the strict ones are over: the loose ones stand in their own order.
        return Answer(hits if question.start == 0 else loose.hits, loose.count, is_loose=True)

    def _found(
        self, searcher: Any, clauses: list[Any], question: Question, *, at_least: int | None = None
    ) -> Answer:
        words = tantivy.Query.boolean_query(clauses, minimum_number_should_match=at_least)
        filters = [(_MUST, query) for query in self._filters(question)]
        query = tantivy.Query.boolean_query([(_MUST, words), *filters])
        how = {"order_by_field": "at", "order": _ORDER} if question.newest_first else {}
        found = searcher.search(query, question.most, offset=question.start, **how)
        hits = tuple(_hit(searcher.doc(address)) for _score, address in found.hits)
        return Answer(hits, int(found.count or 0))

    def _filters(self, question: Question) -> Iterator[Any]:
        for name in _FIELDS:
            value = getattr(question, name)
            if value:
                yield tantivy.Query.const_score_query(self._term(name, value), 0.0)
        if question.since or question.until:
            first = _number(question.since.isoformat()) if question.since else _FIRST_DAY
            last = _number(question.until.isoformat()) if question.until else _LAST_DAY
            days = tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Integer, first, last)
            yield tantivy.Query.const_score_query(days, 0.0)

    def _word(self, one: Sought, searcher: Any, *, is_forgiving: bool) -> Any:
        """Return the query for one word: any of its spellings, stems and, where it is forgiven, slips."""
        if one.together:
            return tantivy.Query.boolean_query([(_MUST, self._term("words", pair)) for pair in one.written])
        any_of = [(_SHOULD, self._weighed("words", word, "written")) for word in one.written]
        any_of += [
            (_SHOULD, self._weighed("stems", stem, "root" if stem[0] in "~^" else "stem"))
            for stem in one.stems
            if searcher.doc_freq("stems", stem)
        ]
        if is_forgiving:
            any_of += [(_SHOULD, self._slipped("words", word)) for word in one.forgiving]
        return tantivy.Query.boolean_query(any_of)

    def _stands(self, one: Sought, searcher: Any) -> bool:
        """Is a word in any page, as it is written?"""
        return any(searcher.doc_freq("words", word) for word in one.written)

    def _in_title(self, one: Sought, *, is_forgiving: bool) -> Any:
        any_of = [(_SHOULD, self._term("title", word)) for word in one.written]
        any_of += [(_SHOULD, self._term("title_stems", stem)) for stem in one.stems]
        if is_forgiving:
            any_of += [(_SHOULD, self._slipped("title", word)) for word in one.forgiving]
        return tantivy.Query.boolean_query(any_of)

    def _begun(self, one: Sought, *, is_forgiving: bool) -> Any:
        slips = 1 if is_forgiving and one.forgiving else 0
        any_of = [
            (
                _SHOULD,
                tantivy.Query.fuzzy_term_query(self._schema, "title", word, distance=slips, prefix=True),
            )
            for word in one.written
        ]
        return tantivy.Query.boolean_query(
            [*any_of, (_SHOULD, self._in_title(one, is_forgiving=is_forgiving))]
        )

    def _term(self, field: str, value: str) -> Any:
        return tantivy.Query.term_query(self._schema, field, value, index_option="basic")

    def _weighed(self, field: str, value: str, weight: str) -> Any:
        term = tantivy.Query.term_query(self._schema, field, value, index_option="freq")
        return tantivy.Query.boost_query(term, _WEIGHTS[weight])

    def _slipped(self, field: str, value: str) -> Any:
        near = tantivy.Query.fuzzy_term_query(self._schema, field, value, distance=1)
        return tantivy.Query.boost_query(near, _WEIGHTS["slip"])

    def _document(self, page: Page) -> Any:
        title, title_stems = indexed(page.headline, page.language)
        words, stems = indexed(page.text, page.language)
        stand, stand_stems = indexed(page.standfirst, page.language)
        document = tantivy.Document()
        document.add_text("uid", str(page.uid))
        for name in _FIELDS:
            document.add_text(name, getattr(page, name))
        document.add_integer("day", _number(page.day.isoformat()))
        document.add_integer("at", page.at)
        document.add_text("words", " ".join(title * _HEADLINE + stand * _STANDFIRST + words))
        document.add_text("stems", " ".join(title_stems * _HEADLINE + stand_stems * _STANDFIRST + stems))
        document.add_text("title", " ".join(title))
        document.add_text("title_stems", " ".join(title_stems))
        kept = [page.headline, page.language, " ".join(part for part in (page.standfirst, page.text) if part)]
        document.add_bytes("page", json.dumps(kept, ensure_ascii=False).encode())
        return document

    def _searcher(self) -> Any:
        """Return a reader of what is committed, by whichever process."""
        with self._lock:
            stamp = self._committed()
            if self._index is None or stamp is None:
                with self._held():
                    self._open()
                stamp = self._committed()
            if stamp != self._stamp:
                try:
                    self._index.reload()
                except (OSError, ValueError) as error:
                    raise SearchUnavailable(_unreadable(self._folder, error)) from error
                self._stamp = stamp
            return self._index.searcher()

    def _committed(self) -> object:
        try:
            told = (self._folder / "meta.json").stat()
        except FileNotFoundError:
            return None
        return told.st_ino, told.st_mtime_ns, told.st_size

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        with self._writing():
            self._open()
            writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
            yield writer
            writer.commit()
            writer.wait_merging_threads()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock, self._held():
            yield

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Wait for this process's turn to write; the system ends it where the process dies."""
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        with self._folder.with_suffix(".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _open(self) -> None:
        """Open the folder, or lay it where there is none, or one whose words were made otherwise."""
        sign = self._folder / "identity"
        is_ours = sign.is_file() and sign.read_text(encoding="ascii").startswith(f"{MAKE}-")
        if self._index is not None and is_ours and self._committed() is not None:
            return
        try:
            if not is_ours or self._committed() is None:
                self._lay(sign)
            self._index, self._stamp = tantivy.Index.open(str(self._folder)), None
        except (OSError, ValueError) as error:
            raise SearchUnavailable(_unreadable(self._folder, error)) from error

    def _lay(self, sign: Path) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        tantivy.Index(self._schema, path=str(self._folder))
        sign.write_text(f"{MAKE}-{uuid.uuid4().hex}", encoding="ascii")


def _hit(document: Any) -> Hit:
    headline, language, text = json.loads(bytes(document.get_first("page")))
    return Hit(uuid.UUID(document.get_first("uid")), language, headline, text)


def _number(day: str) -> int:
    return int(day.replace("-", ""))


def _unreadable(folder: Path, error: Exception) -> str:
    return f"The search index in {folder} cannot be read ({error}). `dateline search rebuild --anew` makes it again."
