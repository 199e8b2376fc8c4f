"""The edge between the command line and the rooms: Django is started here, and named trouble becomes a message."""

import functools
import os
import sys
from argparse import Namespace
from collections.abc import Callable

Verb = Callable[[Namespace], int]


def start_django() -> None:
    """Load Django and every room."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings")
    import django

    django.setup()


def with_django(verb: Verb) -> Verb:
    """Run `verb` with Django loaded. Trouble that a room has named is told on standard error and ends with 1."""

    @functools.wraps(verb)
    def run(options: Namespace) -> int:
        start_django()
        try:
            return verb(options)
        except Exception as error:
            message = told(error)
            if message is None:
                raise
            print(f"dateline: {message}", file=sys.stderr)
            return 1

    return run


def told(error: Exception) -> str | None:
    """Return what to tell a person, or None for an error that nobody foresaw and that must crash loudly."""
    from django.core.exceptions import ValidationError
    from django.db import OperationalError

    if isinstance(error, ValidationError):
        if hasattr(error, "error_dict"):
            return " ".join(f"{field}: {' '.join(words)}" for field, words in error.message_dict.items())
        return " ".join(error.messages)
    if isinstance(error, OperationalError):
        return f"The database does not answer as it should ({error}). `dateline doctor` says what to do."
    if type(error).__module__.startswith("dateline."):
        return str(error)
    return None
