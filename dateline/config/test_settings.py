"""Settings of the tests: a home of their own, cheap passwords, nothing else changed."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault(
    "DATELINE_HOME", str(Path(tempfile.gettempdir()) / f"dateline-test-{os.getuid()}-{os.getpid()}")
)

from dateline.config.settings import *  # noqa: F403
from dateline.config.settings import HOME, STORAGES

HOME.lay()
# Characters are compared in no time; the tests of the other engine name it.
DATELINE_STORIES_ENGINE = "char-tfidf"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# All outlets of a test are one machine: it need not rest between two questions.
DATELINE_HOST_PAUSE_SECONDS = 0.0
# Tests of the desk log in with a password alone; those of the second factor turn it on.
DATELINE_SECOND_FACTOR = False
# Nothing is indexed; the tests of search turn it on.
DATELINE_SEARCH = "off"
# One test makes them; in all others they would only take time.
DATELINE_AVIF = False
