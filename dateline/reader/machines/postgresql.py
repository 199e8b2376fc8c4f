"""The index in PostgreSQL: a vector of words beside each page, and pg_trgm for words with a slip.

PostgreSQL has no configuration for Azerbaijani, Georgian or Persian, and one for each language would rank them unlike;
so our own words and stems, made for the language of each page, go into its vector under the configuration `simple`.
Of common words the newest pages alone are ranked: ts_rank reads every vector that matches.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from dateline.reader.models import SearchedPage, SearchedWord
from dateline.reader.search.engine import MAKE, Answer, Hit, Page, Question, SearchUnavailable
from dateline.reader.search.spelling import is_near
from dateline.reader.search.words import Sought, indexed, sought

TABLE: Final = "reader_searchedpage"
WORDS: Final = "reader_searchedword"
_RANKED: Final = 2_000
_NEAR: Final = 60
_LIKE: Final = 0.2
_LONGEST: Final = 64
_LONGEST_VECTOR: Final = 120_000
_FIELDS: Final = ("language", "kind", "section", "outlet")
# Stems and roots are words of another beginning: PostgreSQL's parser would drop a mark before them.
_STEM: Final = "xqs"
_VECTOR: Final = (
    "setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')"
    " || setweight(to_tsvector('simple', %s), 'D')"
)


class PostgreSQL:
    """An index in the site's own database, and so in its transactions and its backups."""

    name = "postgresql"

    def identity(self) -> str:
        """Return a name for the table as it is: it lives and dies with the database."""
        _lay()
        return f"{MAKE}-postgresql"

    @transaction.atomic
    def add(self, pages: Sequence[Page]) -> None:
        """Put pages in, in place of what is there of them."""
        _lay()
        words: set[str] = set()
        for page in pages:
            words |= self._put(page)
        known = SearchedWord.objects.filter(word__in=words).values_list("word", flat=True)
        missing = sorted(words - set(known))
        SearchedWord.objects.bulk_create([SearchedWord(word=word) for word in missing], ignore_conflicts=True)

    def remove(self, pieces: Collection[UUID]) -> None:
        """Take pages out. Words that stood in them alone stay, and find nothing."""
        SearchedPage.objects.filter(uid__in=pieces).delete()

    def ask(self, question: Question) -> Answer:
        """Answer with pages that have every word; where they are few, with those that have most of them."""
        asked = sought(question.query, question.languages)
        if not asked:
            return Answer()
        _lay()
        strict = self._found(" & ".join(_any_of(one, ()) for one in asked), question)
        if strict.count >= question.most:
            return strict
        near = [_any_of(one, self._near(one)) for one in asked]
        forgiven = self._found(" & ".join(near), question)
        if forgiven.count >= question.most or len(asked) == 1:
            return forgiven
        return _loosened(forgiven, self._found(" | ".join(near), question), question)

    def suggest(self, beginning: str, *, language: str, languages: tuple[str, ...], most: int) -> list[UUID]:
        """Return pieces by their headlines, the newest first."""
        asked = sought(beginning, languages)
        if not asked:
            return []
        _lay()
        *before, last = asked
        whole = [_any_of(one, (), where="A") for one in before]
        begun = "(" + " | ".join(f"{_lexeme(word)}:*A" for word in last.written) + ")"
        sql = f"SELECT uid FROM {TABLE} WHERE vector @@ to_tsquery('simple', %s)"  # noqa: S608 - no values
        sql += " AND language = %s" if language else ""
        values = [" & ".join([*whole, begun]), *([language] if language else []), most]
        return [row[0] for row in _rows(f"{sql} ORDER BY at DESC LIMIT %s", values)]

    def count(self) -> int:
        """Return how many pages are in it."""
        return SearchedPage.objects.count()

    def clear(self) -> None:
        """Take everything out."""
        SearchedPage.objects.all().delete()
        SearchedWord.objects.all().delete()

    def _put(self, page: Page) -> set[str]:
        row, _made = SearchedPage.objects.update_or_create(
            uid=page.uid,
            defaults={
                **{name: getattr(page, name) for name in _FIELDS},
                "day": page.day,
                "at": page.at,
                "headline": page.headline,
                "text": " ".join(part for part in (page.standfirst, page.text) if part),
            },
        )
        title, body = (indexed(text, page.language) for text in (page.headline, row.text))
        values = [_vector_text(one) for one in (title[0] + _stems(title[1]), body[0], _stems(body[1]))]
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {TABLE} SET vector = {_VECTOR} WHERE id = %s", [*values, row.pk])  # noqa: S608
        return {word for word in (*title[0], *body[0]) if len(word) <= _LONGEST}

    def _near(self, one: Sought) -> tuple[str, ...]:
        """Return the words that a mistyped one may have meant."""
        found: dict[str, None] = {}
        for word in one.forgiving:
            if not _has_trigrams():
                break
            sql = f"SELECT word FROM {WORDS} WHERE word %% %s ORDER BY similarity(word, %s) DESC LIMIT %s"  # noqa: S608
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(_LIKE)])
                cursor.execute(sql, [word, word, _NEAR])
                found.update(dict.fromkeys(row[0] for row in cursor.fetchall() if is_near(word, row[0])))
        return tuple(found)

    def _found(self, query: str, question: Question) -> Answer:
        where, values = _where(query, question)
        counted = _rows(f"SELECT count(*) FROM {TABLE} WHERE {where}", values)[0][0]  # noqa: S608
        columns = "uid, language, headline, text"
        newest = f"SELECT {columns}, vector, at FROM {TABLE} WHERE {where} ORDER BY at DESC LIMIT %s"  # noqa: S608
        rank = "at" if question.newest_first else "ts_rank(vector, to_tsquery('simple', %s), 1)"
        sql = f"SELECT {columns} FROM ({newest}) AS near ORDER BY {rank} DESC, at DESC LIMIT %s OFFSET %s"  # noqa: S608
        ranked = max(_RANKED, question.start + question.most)
        asked = [*values, ranked, *([] if question.newest_first else [query]), question.most, question.start]
        return Answer(tuple(Hit(*row) for row in _rows(sql, asked)), int(counted))


def _loosened(first: Answer, loose: Answer, question: Question) -> Answer:
    if loose.count <= first.count:
        return first
    known = {hit.uid for hit in first.hits}
    hits = (*first.hits, *(hit for hit in loose.hits if hit.uid not in known))[: question.most]
    return Answer(hits if question.start == 0 else loose.hits, loose.count, is_loose=True)


def _where(query: str, question: Question) -> tuple[str, list[Any]]:
    parts, values = ["vector @@ to_tsquery('simple', %s)"], [query]
    told = [(f"{name} = %s", getattr(question, name)) for name in _FIELDS]
    told += [("day >= %s", question.since), ("day <= %s", question.until)]
    for part, value in told:
        if value:
            parts.append(part)
            values.append(value)
    return " AND ".join(parts), values


def _any_of(one: Sought, near: Sequence[str], *, where: str = "") -> str:
    mark = f":{where}" if where else ""
    if one.together:
        return "(" + " & ".join(f"{_lexeme(pair)}{mark}" for pair in one.written) + ")"
    every = dict.fromkeys([*one.written, *near, *_stems(one.stems)])
    return "(" + " | ".join(f"{_lexeme(word)}{mark}" for word in every) + ")"


def _stems(stems: Sequence[str]) -> list[str]:
    return [_STEM + stem.translate({ord("~"): "r", ord("^"): "p"}) for stem in stems]


def _lexeme(word: str) -> str:
    return "'" + word.replace("\\", "").replace("'", "''") + "'"


def _vector_text(words: Sequence[str]) -> str:
    return " ".join(words)[:_LONGEST_VECTOR]


def _rows(sql: str, values: Sequence[Any]) -> list[Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
    except DatabaseError as error:
        raise SearchUnavailable(f"PostgreSQL does not answer a search ({error}).") from error


@cache
def _lay() -> None:
    """Lay the vector and the indexes where they are missing, once in a process."""
    lay_search_index()


def lay_search_index() -> None:
    """Lay the column, its index, and the index of trigrams; without the right to pg_trgm nothing is forgiven."""
    if connection.vendor != "postgresql":
        raise SearchUnavailable("DATELINE_SEARCH is postgresql, and the database is another one.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS vector tsvector")
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {TABLE}_vector ON {TABLE} USING gin (vector)")
    for sql in _trigrams():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
        except DatabaseError:
            return


def _trigrams() -> Iterator[str]:
    yield "CREATE EXTENSION IF NOT EXISTS pg_trgm"
    yield f"CREATE INDEX IF NOT EXISTS {WORDS}_trigrams ON {WORDS} USING gin (word gin_trgm_ops)"


@cache
def _has_trigrams() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None
