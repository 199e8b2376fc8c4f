"""Looking words up in what we had, by the database's own index of words and never by reading every text.

SQLite has it as a full-text table over `Findable` (FTS5), PostgreSQL as an index of its text-search vectors; both
hold the folded words as they are (`desk.folding`), without stems and stop words, for we look in every language.
`actions.word_index` lays them. What is looked for is the beginning of a word, or of words in a row.
"""

from collections.abc import Sequence
from typing import Final

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

TABLE: Final = "desk_findable"
INDEX: Final = "desk_findable_words"
# What PostgreSQL indexes; the same expression is asked for, or the index does not help.
TEXT_VECTOR: Final = "to_tsvector('simple', text)"
HEADLINE_VECTOR: Final = "to_tsvector('simple', headline)"
ADDRESS_VECTOR: Final = "to_tsvector('simple', regexp_replace(address, '[^[:alnum:]]+', ' ', 'g'))"
# So many words of a headline say what it is about; the longest are the rarest.
TELLING: Final = 8
_SHORT: Final = 3


def having(words: Sequence[str], *, address: str = "", in_headline: bool = False) -> Q:
    """Return that a Findable has all the words, or that `address` stands in its address.

    words: as `folding.sought` returns them, at least one. address: folded. in_headline: there, and not in the text.
    """
    if connection.vendor == "postgresql":
        text = " & ".join(_postgres(word) for word in words)
        vector = HEADLINE_VECTOR if in_headline else TEXT_VECTOR
        sql = f"SELECT id FROM {TABLE} WHERE {vector} @@ to_tsquery('simple', %s)"  # noqa: S608  # no values
        asked = [text]
        if address:
            sql += f" OR {ADDRESS_VECTOR} @@ to_tsquery('simple', %s)"
            asked.append(_postgres(address))
    else:
        sql = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"  # noqa: S608  # no values
        column = "headline" if in_headline else "text"
        match = " AND ".join(f"{column} : {_sqlite(word)}" for word in words)
        asked = [f"({match}) OR (address : {_sqlite(address)})" if address else match]
    return Q(pk__in=RawSQL(sql, asked))  # noqa: S611  # every value is a parameter


def nearest(words: Sequence[str], *, most: int) -> list[int]:
    """Return the numbers of the Findables that have any of the telling words, those with the rarest and most first.

    words: of a headline, folded. Source of the order: bm25 in SQLite; PostgreSQL counts without weighing rarity.
    """
    telling = sorted({word for word in words if len(word) > _SHORT}, key=lambda word: (-len(word), word))
    telling = telling[:TELLING] or list(words)[:TELLING]
    if not telling:
        return []
    if connection.vendor == "postgresql":
        sql = f"""SELECT id FROM {TABLE}, to_tsquery('simple', %s) AS asked WHERE {TEXT_VECTOR} @@ asked
            ORDER BY ts_rank({TEXT_VECTOR}, asked) DESC, id DESC LIMIT %s"""  # noqa: S608  # no values
        match = " | ".join(_postgres(word) for word in telling)
    else:
        sql = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s ORDER BY rank LIMIT %s"  # noqa: S608  # no values
        match = "text : (" + " OR ".join(_sqlite(word) for word in telling) + ")"
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, most])
        return [number for (number,) in cursor.fetchall()]


def _sqlite(words: str) -> str:
    # Folded words are letters, digits and marks: nothing of them means anything to the index.
    return f'"{words.strip()}" *'


def _postgres(words: str) -> str:
    *row, last = words.split()
    return " <-> ".join([*(f"'{word}'" for word in row), f"'{last}':*"])
