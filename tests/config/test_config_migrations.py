"""The tables are laid by their migrations from nothing: on PostgreSQL here, on SQLite by a newcomer's first run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SUPPORT = Path(__file__).resolve().parent.parent / "support"


@pytest.mark.postgres
def test_a_database_of_postgresql_is_laid_from_nothing_to_the_last_migration():
    # Beside the tests that come first, and not after them all: it keeps one core busy for most of a minute.
    if not (any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb")):
        pytest.skip("no PostgreSQL server is installed")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "DJANGO_"))
    }
    laid = subprocess.run(
        [sys.executable, SUPPORT / "on_postgres.py", sys.executable, SUPPORT / "migrated.py"],
        cwd=SUPPORT.parent.parent, env=kept, capture_output=True, text=True, check=False, timeout=530,
    )  # fmt: skip
    assert laid.returncode == 0, laid.stderr
    assert "Migrated from nothing." in laid.stdout
