"""The rooms from the queue to intake, on a database file: what the killed workers of the kill tests load."""

import os
from pathlib import Path

from dateline.config.sqlite import use_packaged_sqlite
from dateline.lib.home import Home
from dateline.net.mailbox_address import in_environment

use_packaged_sqlite()

HOME = Home(Path(os.environ["DATELINE_HOME"]))
HOME.lay()
SECRET_KEY = "kill"
USE_TZ = True
AUTH_USER_MODEL = "people.User"
DATELINE_URL = "http://127.0.0.1:8000"
DATELINE_NET_ALLOW = os.environ["DATELINE_NET_ALLOW"]
DATELINE_HOST_PAUSE_SECONDS = 0.0
DATELINE_MAILBOXES = in_environment(os.environ)
DATELINE_SNAPSHOT_BUDGET, DATELINE_SNAPSHOT_DISK_SHARE = "40GB", "1"
ROOMS = ["work", "net", "people", "sources", "intake"]
INSTALLED_APPS = [
    *[f"dateline.{room}" for room in ROOMS],
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
TASKS = {"default": {"BACKEND": "dateline.work.backend.LeasedJobBackend", "QUEUES": []}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME.db / "kill.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
}
# Characters are compared in no time.
DATELINE_STORIES_ENGINE = "char-tfidf"
# The tables as the models have them: migrating costs seconds and is proved elsewhere.
MIGRATION_MODULES = dict.fromkeys([*ROOMS, "auth", "contenttypes"])
