"""Background work of the room articles."""

from django.core.management import call_command
from django.utils import timezone

from dateline.articles import actions
from dateline.work.schedule import every


@every(seconds=2, name="articles.publish_due", priority=50)
def publish_due() -> None:
    """Put out what is scheduled, take down what has expired."""
    actions.publish_due(now=timezone.now())


@every(seconds=60, name="articles.publish_due_pages")
def publish_due_pages() -> None:
    """Put out and take down Wagtail's own pages."""
    call_command("publish_scheduled")
