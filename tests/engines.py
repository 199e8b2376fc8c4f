"""What a run on PostgreSQL leaves out, since it says nothing about the database that the run on SQLite did not.

Left out are tests that ask no database, and all cases of a test but its first and last: cases differ in what is
handed in, and each asks the same of the database. `EVERY_CASE=1` leaves out nothing.
"""

import os

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
EVERY_CASE = os.environ.get("EVERY_CASE") == "1"
DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(config, items):
    if not ON_POSTGRES or EVERY_CASE:
        return
    first = {item.nodeid.partition("[")[0]: item for item in reversed(items)}
    last = {item.nodeid.partition("[")[0]: item for item in items}
    kept = {item for item in [*first.values(), *last.values()] if asks_the_database(item)}
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def asks_the_database(item):
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(item.fixturenames)
