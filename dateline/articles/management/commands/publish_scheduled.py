"""Wagtail's scheduled publishing, with articles put out by our own verb first.

Wagtail's command stops at the first refusal; ours keeps a refused article from delaying the others.
"""

from typing import Any

from django.utils import timezone
from wagtail.management.commands import publish_scheduled

from dateline.articles.actions import publish_due


class Command(publish_scheduled.Command):
    """Publishes what is due."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Articles by their action, then Wagtail's own pages."""
        if not options["dryrun"]:
            publish_due(now=timezone.now())
        super().handle(*args, **options)
