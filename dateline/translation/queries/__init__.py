"""Reading across tables for the translation desk."""

from dateline.translation.queries.jobs import (
    Progress,
    composed,
    machine_help,
    machines_of,
    progress,
    sieve_untranslated,
    untranslated,
)
from dateline.translation.queries.memory import exact_matches

__all__ = [
    "Progress",
    "composed",
    "exact_matches",
    "machine_help",
    "machines_of",
    "progress",
    "sieve_untranslated",
    "untranslated",
]
