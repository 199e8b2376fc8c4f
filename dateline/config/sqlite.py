"""Put a SQLite without the WAL-reset bug in the place of the interpreter's own."""

import logging
import sys

from dateline.lib.sqlite_age import warning_about

logger = logging.getLogger(__name__)


def use_packaged_sqlite() -> None:
    """Let `import sqlite3` mean the packaged build where it is newer than the interpreter's.

    Must run before anything imports `sqlite3`'s database backend. Without the package the
    interpreter's own stays, and `dateline doctor` says what that risks.
    Source: https://sqlite.org/wal.html#walresetbug (3.7.0 to 3.51.2).
    """
    import sqlite3

    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        warning = warning_about(sqlite3.sqlite_version_info)
        if warning:
            logger.warning("%s Install a wheel of pysqlite3, or use PostgreSQL.", warning)
        return
    if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
