"""Background work of the room articles."""

from django.core.management import call_command
from django.utils import timezone

from dateline.articles import actions
from dateline.work.register import named_task
from dateline.work.schedule import every


@every(seconds=2, name="articles.publish_due", priority=50)
def publish_due() -> None:
    """Put out what is scheduled, take down what has expired."""
    actions.publish_due(now=timezone.now())


@every(seconds=60, name="articles.publish_due_pages")
def publish_due_pages() -> None:
    """Put out and take down Wagtail's own pages."""
    call_command("publish_scheduled")


@named_task("articles.renew_under", unique=("model", "number"), max_attempts=20, priority=100)
def renew_under(model: str, number: int) -> int:
    """Follow a change of what pieces stand on."""
    return actions.renew_under(model=model, number=number, now=timezone.now())


@named_task("articles.put_away_renditions", unique=("picture",), max_attempts=20)
def put_away_renditions(picture: int) -> int:
    """Delete the public files of a picture that no article may show."""
    return actions.put_away_renditions(picture=picture)
