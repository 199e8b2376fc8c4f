"""Having followers elsewhere told of the pieces whose files changed. By name: what is told is read when it is told."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from dateline.publishing.models import BakedFile, FediverseAccount, Outgoing
from dateline.publishing.queries.fediverse import is_on
from dateline.work.actions import enqueue_by_name

TASK: Final = "publishing.announce"
# A piece is put right within its first seconds more often than later: all that is one telling.
QUIET: Final = timedelta(seconds=5)
FILE: Final = "/article.activity"


def announce_soon(paths: Iterable[str], *, now: datetime) -> int:
    """Have a worker tell followers of the pieces whose files these are. Returns how many pieces.

    Where the whole archive is made again nobody is asked about each piece: only those matter that followers were told
    of, and that changed since there was an account.
    """
    pieces = sorted({path for path in paths if path.endswith(FILE)}) if is_on() else []
    concerned = _told_or_new(pieces) if pieces else []
    for path in concerned:
        enqueue_by_name(TASK, path=path, run_after=now + QUIET)
    return len(concerned)


def _told_or_new(pieces: list[str]) -> list[str]:
    first = FediverseAccount.objects.order_by("made_at").first()
    if first is None:
        return []
    base, ending = settings.DATELINE_URL, FILE.removeprefix("/")
    names = {f"{base}{path}#create": path for path in pieces}
    told = {names[uri] for uri in Outgoing.objects.filter(uri__in=names).values_list("uri", flat=True)}
    pages = {path.removesuffix(ending): path for path in pieces}
    new = BakedFile.objects.filter(path__in=pages, changed_at__gte=first.made_at).values_list(
        "path", flat=True
    )
    return sorted(told | {pages[path] for path in new})
