"""Put a SQLite without the WAL-reset bug in the place of the interpreter's own."""

import sys

FIRST_SOUND = (3, 51, 3)


def use_packaged_sqlite() -> None:
    """Let `import sqlite3` mean the packaged build where it is newer than the interpreter's.

    Must run before anything imports `sqlite3`'s database backend. Without the package the
    interpreter's own stays, and `dateline doctor` says what that risks.
    Source: https://sqlite.org/wal.html#walresetbug (3.7.0 to 3.51.2).
    """
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        return
    import sqlite3

    if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
