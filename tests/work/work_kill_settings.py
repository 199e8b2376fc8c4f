"""The queue alone, on a database file: what the killed worker processes of the kill tests load."""

import os

from dj_database_url import parse

from dateline.config.sqlite import use_packaged_sqlite

use_packaged_sqlite()

SECRET_KEY = "kill"
USE_TZ = True
INSTALLED_APPS = ["dateline.work", "django_tasks", "django.contrib.contenttypes", "work_kill_app"]
TASKS = {"default": {"BACKEND": "dateline.work.backend.LeasedJobBackend", "QUEUES": []}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": parse(os.environ["DATABASE_URL"])}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
