"""A home for a benchmark that makes a newsroom of its own."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def open_home(home: Path) -> None:
    """Lay a home with an empty SQLite database, and have Django use it in this process, with the builders of the tests.

    What is in the home already stays. Call it once, before anything of Dateline is imported.
    """
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    os.environ["DATELINE_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings"
    import logging

    import django
    from django.conf import settings

    settings.HOME.lay()
    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
