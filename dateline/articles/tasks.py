"""Background work of the room articles."""

from django.utils import timezone

from dateline.articles import actions
from dateline.work.schedule import every


@every(seconds=2, name="articles.publish_due", priority=50)
def publish_due() -> None:
    """Put out what is scheduled, take down what has expired."""
    actions.publish_due(now=timezone.now())
