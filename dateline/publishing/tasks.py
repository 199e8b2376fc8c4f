"""The press's work for the workers."""

import uuid

from django.utils import timezone

from dateline.publishing import actions
from dateline.publishing.actions.purging import purge_those_due
from dateline.publishing.models import BakedFile
from dateline.publishing.queries.press import open_press
from dateline.work.actions import enqueue_by_name
from dateline.work.progress import progress
from dateline.work.register import named_task
from dateline.work.schedule import every

MENDING_SECONDS = 3600
DAY_SECONDS = 300
PURGE_SECONDS = 600


@named_task("publishing.bake_around", unique=("piece",), priority=10)
def bake_around(piece: str) -> int:
    """Make the page of an article and what is around it, with all others that wait."""
    return actions.bake_those_due(piece=uuid.UUID(piece), now=timezone.now())


@named_task("publishing.bake_edition", unique=("edition",), max_attempts=20, priority=100)
def bake_edition(edition: str) -> int:
    """Make an edition's page and what speaks of it."""
    return actions.bake_edition(edition=uuid.UUID(edition), now=timezone.now())


@named_task("publishing.bake_everything", unique=())
def bake_everything() -> int:
    """Make the whole site."""
    return actions.bake_everything(now=timezone.now(), progress=progress)


@named_task("publishing.purge", unique=(), priority=20)
def purge() -> int:
    """Tell the cache in front of us what has changed."""
    return purge_those_due()


@every(seconds=PURGE_SECONDS, name="publishing.purge_again")
def purge_again() -> int:
    """Tell it what it did not hear: a cache may be away for longer than a job is tried."""
    return purge_those_due()


@every(seconds=MENDING_SECONDS, name="publishing.mend")
def mend() -> int:
    """Make good what crashes and strangers did to the files."""
    return actions.mend(now=timezone.now())


@every(seconds=DAY_SECONDS, name="publishing.turn_the_day")
def turn_the_day() -> bool:
    """Make everything again on a new day of the site's zone: mastheads carry the date, and events end."""
    press = open_press(now=timezone.now())
    home = BakedFile.objects.filter(kind="home").order_by("baked_at").first()
    if home is None or press.local(home.baked_at).date() == press.local(press.now).date():
        return False
    enqueue_by_name("publishing.bake_everything")
    return True
