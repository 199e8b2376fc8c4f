"""Which engine this installation searches with: `DATELINE_SEARCH`, else what goes with its database.

Empty: PostgreSQL's own index where the database is PostgreSQL, else the embedded one. `embedded`, `postgresql`, or the
address of an OpenSearch index (https://search.example:9200/dateline). `off`: no search at all.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from dateline.reader.search.engine import Engine, SearchUnavailable


def is_on() -> bool:
    """Is there a search?"""
    return bool(settings.DATELINE_SEARCH != "off")


def engine() -> Engine:
    """Return the engine. Raises SearchUnavailable where the setting names none."""
    told = settings.DATELINE_SEARCH or ("postgresql" if connection.vendor == "postgresql" else "embedded")
    if told == "embedded":
        return _embedded(settings.HOME.db / "search")
    if told == "postgresql":
        from dateline.reader.machines.postgresql import PostgreSQL

        return PostgreSQL()
    if told.startswith(("http://", "https://")):
        from dateline.reader.machines.opensearch import OpenSearch

        return OpenSearch(
            told, user=settings.DATELINE_SEARCH_USER, password=settings.DATELINE_SEARCH_PASSWORD
        )
    raise SearchUnavailable(f"DATELINE_SEARCH is {told!r}; say embedded, postgresql, off or an address.")


@cache
def _embedded(folder: Path) -> Engine:
    from dateline.reader.machines.embedded import Embedded

    return Embedded(folder)
