"""Many rows written in one statement and one transaction, where each has values of its own.

Django's `bulk_update` builds one CASE a field and `bulk_create` asks every field of every row; for the few columns
that a check touches both cost many times what the check does.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connections, models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


def update_each(
    model: type[models.Model], *, changed: Sequence[str], where: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Set the fields `changed` of those rows whose fields `where` have these values.

    rows: for each the values of `changed`, then those of `where`.
    """
    connection = connections[router.db_for_write(model)]
    columns = [f"{column} = %s" for column in _columns(model, (*changed, *where), connection)]
    _run_many(
        f"UPDATE {_table(model, connection)} SET {', '.join(columns[: len(changed)])}"  # noqa: S608 — our own names
        f" WHERE {' AND '.join(columns[len(changed) :])}",
        _ready(model, (*changed, *where), rows, connection),
        connection,
    )


def insert_each(
    model: type[models.Model],
    *,
    same: Mapping[str, Any],
    fields: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Write rows which have the values of `same` in common. rows: for each the values of `fields`."""
    connection = connections[router.db_for_write(model)]
    columns = _columns(model, (*fields, *same), connection)
    [common] = _ready(model, tuple(same), [tuple(same.values())], connection)
    _run_many(
        f"INSERT INTO {_table(model, connection)} ({', '.join(columns)})"  # noqa: S608 — our own names
        f" VALUES ({', '.join(['%s'] * len(columns))})",
        [[*own, *common] for own in _ready(model, fields, rows, connection)],
        connection,
    )


def _run_many(statement: str, rows: list[list[Any]], connection: BaseDatabaseWrapper) -> None:
    if not rows:
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _ready(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    connection: BaseDatabaseWrapper,
) -> list[list[Any]]:
    fields = [_field(model, name) for name in names]
    return [
        [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]
        for row in rows
    ]


def _columns(model: type[models.Model], names: Sequence[str], connection: BaseDatabaseWrapper) -> list[str]:
    return [connection.ops.quote_name(_field(model, name).column or name) for name in names]


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if name in (field.name, field.attname))


def _table(model: type[models.Model], connection: BaseDatabaseWrapper) -> str:
    return connection.ops.quote_name(model._meta.db_table)
