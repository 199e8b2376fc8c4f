"""Laying the index of words under “Have we had this?”, which no model can describe for both databases."""

from typing import Final

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from dateline.desk.queries.words import ADDRESS_VECTOR, HEADLINE_VECTOR, INDEX, TABLE, TEXT_VECTOR

# Letters, marks and digits are words, as they are for `desk.folding`; the words are folded already.
_TOKENS: Final = "unicode61 remove_diacritics 0 categories 'L* N* M*'"
_INTO: Final = f"INSERT INTO {INDEX}"
_COLUMNS: Final = ("headline", "text", "address")
_OLD: Final = (
    f"{_INTO}({INDEX}, rowid, {', '.join(_COLUMNS)})"
    f" VALUES ('delete', old.id, {', '.join(f'old.{name}' for name in _COLUMNS)})"
)
_NEW: Final = (
    f"{_INTO}(rowid, {', '.join(_COLUMNS)}) VALUES (new.id, {', '.join(f'new.{name}' for name in _COLUMNS)})"
)
_TRIGGERS: Final = {
    f"{INDEX}_in": f"AFTER INSERT ON {TABLE} BEGIN {_NEW}; END",
    f"{INDEX}_out": f"AFTER DELETE ON {TABLE} BEGIN {_OLD}; END",
    f"{INDEX}_new": f"AFTER UPDATE OF {', '.join(_COLUMNS)} ON {TABLE} BEGIN {_OLD}; {_NEW}; END",
}


def lay_word_index(*, database: BaseDatabaseWrapper = connection) -> None:
    """Lay what is missing of the index, and fill it; what is there stays. Called after every migration.

    A migration that makes the table anew takes the triggers along: then the whole index is filled again.
    """
    lay = _lay_postgres if database.vendor == "postgresql" else _lay_sqlite
    with transaction.atomic(using=database.alias):
        lay(database)


def _lay_sqlite(database: BaseDatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")
        there = {name for (name,) in cursor.fetchall()}
        if TABLE not in there or {INDEX, *_TRIGGERS} <= there:
            return
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5("
            f'{", ".join(_COLUMNS)}, content="{TABLE}", content_rowid="id", tokenize="{_TOKENS}")'
        )
        for name, does in _TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {does}")
        cursor.execute(f"{_INTO}({INDEX}) VALUES ('rebuild')")


def _lay_postgres(database: BaseDatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [TABLE])
        if cursor.fetchone()[0] is None:
            return
        for name, vector in (
            ("headline", HEADLINE_VECTOR),
            ("text", TEXT_VECTOR),
            ("address", ADDRESS_VECTOR),
        ):
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {INDEX}_{name} ON {TABLE} USING gin ({vector})")
