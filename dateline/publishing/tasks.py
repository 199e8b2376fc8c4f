"""The press's work for the workers."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from dateline.publishing import actions
from dateline.publishing.actions import squeezing
from dateline.publishing.actions.bringing import bring_those_due, compare_elsewhere
from dateline.publishing.actions.fediverse import announce as announce_piece
from dateline.publishing.actions.fediverse import ensure_accounts
from dateline.publishing.actions.followers import deliver as deliver_to
from dateline.publishing.actions.followers import deliver_all_due, prune_deliveries
from dateline.publishing.actions.followers import hear_letters as hear
from dateline.publishing.actions.hubs import tell_hubs_due
from dateline.publishing.actions.purging import purge_those_due
from dateline.publishing.models import BakedFile
from dateline.publishing.queries.due import DAY
from dateline.publishing.queries.press import open_press
from dateline.work.actions import enqueue_by_name
from dateline.work.clock import queue_now
from dateline.work.models import Job
from dateline.work.progress import progress
from dateline.work.register import named_task
from dateline.work.schedule import every

MENDING_SECONDS = 3600
DAY_SECONDS = 300
PURGE_SECONDS = 600
BRING_SECONDS = 300
SQUEEZE_SECONDS = 600
# Until it is written down what is due; what is made sooner needs no help.
CALLED_AFTER = timedelta(seconds=3)
# Behind all that has a priority, and all that has none.
LAST = -50
RENEWAL_SECONDS = 86_400
HUB_SECONDS = 600
FEDIVERSE_SECONDS = 300


@named_task("publishing.bake_around", unique=("piece",), priority=100)
def bake_around(piece: str) -> int:
    """Make the page of an article and what is around it, with all others that wait."""
    return actions.bake_those_due(piece=uuid.UUID(piece), now=timezone.now())


@named_task("publishing.bake_under", unique=("piece",), priority=10)
def bake_under(piece: str) -> int:
    """As `bake_around`, where what a piece rests on has changed: behind the job that follows a right to its end."""
    return actions.bake_those_due(piece=uuid.UUID(piece), now=timezone.now())


@named_task("publishing.bake_edition", unique=("edition",), max_attempts=20, priority=100)
def bake_edition(edition: str) -> int:
    """Make an edition's page and what speaks of it."""
    return actions.bake_edition(edition=uuid.UUID(edition), now=timezone.now())


@named_task("publishing.bake_everything", unique=())
def bake_everything() -> int:
    """Make the whole site."""
    _call_the_others()
    enqueue_by_name("work.gather_statistics")  # so much may be new that the database must look again
    return actions.bake_everything(now=timezone.now(), progress=progress, between=_urgent_first)


@named_task("publishing.bake_due", unique=())
def bake_due() -> int:
    """Make what carries the tags that were raised, and what earlier runs have left."""
    _call_the_others()
    return actions.bake_due(now=timezone.now(), progress=progress, between=_urgent_first)


@named_task("publishing.help", unique=("worker",))
def help_out(worker: int) -> int:  # noqa: ARG001 — tells the jobs of several workers apart
    """Make what is due beside another worker: what it has claimed is its own."""
    return actions.drain(now=timezone.now(), between=_urgent_first)


def _call_the_others() -> None:
    """Where there are several processes of work, all share what is due; they come when there is something for them."""
    others, soon = settings.DATELINE_WORKER_PROCESSES - 1, timezone.now() + CALLED_AFTER
    for number in range(others):
        enqueue_by_name("publishing.help", worker=number + 1, run_after=soon)


def _urgent_first() -> None:
    """Let nobody who publishes wait for the long tail: what is around their piece is made now, by this very job."""
    actions.bake_all_around_those_due(now=timezone.now())


@named_task("publishing.purge", unique=(), priority=20)
def purge() -> int:
    """Tell the cache in front of us what has changed."""
    return purge_those_due()


@every(seconds=PURGE_SECONDS, name="publishing.purge_again")
def purge_again() -> int:
    """Tell it what it did not hear: a cache may be away for longer than a job is tried."""
    return purge_those_due()


@named_task("publishing.bring", unique=(), priority=20)
def bring() -> int:
    """Bring what has changed to the store elsewhere."""
    return bring_those_due(now=timezone.now())


@every(seconds=BRING_SECONDS, name="publishing.bring_again")
def bring_again() -> int:
    """Bring what it did not take: a store may be away for longer than a job is tried."""
    return bring_those_due(now=timezone.now())


@every(seconds=MENDING_SECONDS, name="publishing.compare_elsewhere")
def compare() -> int:
    """Ask for what a crash kept from being brought."""
    return compare_elsewhere(now=timezone.now())


@every(seconds=SQUEEZE_SECONDS, name="publishing.squeeze", priority=LAST)
def squeeze() -> None:
    """Begin to make the smallest forms of what has none; the rest follows, a few seconds at a time."""
    enqueue_by_name("publishing.squeeze_some")


@named_task("publishing.squeeze_some", unique=(), priority=LAST)
def squeeze_some(before: int | None = None) -> int:
    """Make some, and give way to whatever else waits."""
    made, at = squeezing.squeeze(now=timezone.now(), before=before, is_wanted_elsewhere=_others_wait)
    if at is not None:
        enqueue_by_name("publishing.squeeze_some", before=at)
    return made


def _others_wait() -> bool:
    return Job.objects.due(now=queue_now()).filter(priority__gt=LAST).exists()


@every(seconds=MENDING_SECONDS, name="publishing.mend")
def mend() -> int:
    """Make good what crashes and strangers did to the files."""
    return actions.mend(now=timezone.now())


@every(seconds=DAY_SECONDS, name="publishing.turn_the_day")
def turn_the_day() -> bool:
    """Have made again what tells days otherwise on a new day of the site's zone: hours of today, events that end."""
    now = timezone.now()
    press = open_press(now=now)
    if not BakedFile.objects.filter(stale_on__lte=press.today).exists():
        return False
    actions.raise_tags(DAY)
    return True


@every(seconds=RENEWAL_SECONDS, name="publishing.renew_looked_at")
def renew_looked_at() -> int:
    """Once a day, make again what readers look at, so that those without script see a present of a day at most."""
    return actions.renew_looked_at(now=timezone.now())


@named_task("publishing.tell_hubs", unique=(), priority=5)
def tell_hubs() -> int:
    """Tell hubs which feeds have changed."""
    return tell_hubs_due(now=timezone.now())


@every(seconds=HUB_SECONDS, name="publishing.tell_hubs_again")
def tell_hubs_again() -> int:
    """Tell them what they did not hear, whatever became of the job."""
    return tell_hubs_due(now=timezone.now())


@named_task("publishing.announce", unique=("path",), priority=5)
def announce(path: str) -> int:
    """Tell followers elsewhere what stands at the address of a piece."""
    return announce_piece(path=path, now=timezone.now())


@named_task("publishing.deliver", unique=("host",))
def deliver(host: str) -> int:
    """Send one server elsewhere what waits for it."""
    return deliver_to(host=host, now=timezone.now())


@named_task("publishing.hear_letters", unique=())
def hear_letters() -> int:
    """Look up who has written to us, and do what they ask."""
    return hear(now=timezone.now())


@every(seconds=FEDIVERSE_SECONDS, name="publishing.fediverse")
def fediverse() -> int:
    """Make accounts for new sections, and have sent what waits, whoever died over it."""
    now = timezone.now()
    ensure_accounts(now=now)
    prune_deliveries(now=now)
    return deliver_all_due(now=now)
