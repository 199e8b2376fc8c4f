"""What keeps readers from seeing the newest, said for the newsroom: pages, disk, store elsewhere, cache."""

import shutil
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.publishing.models import Copy, Due, PieceDue, PurgeWish
from dateline.publishing.purgers.base import has_cache
from dateline.publishing.queries.baked import ARTICLE
from dateline.publishing.queries.copies import names_of
from dateline.publishing.stores.elsewhere import has_elsewhere
from dateline.work.models import Job

# Less than this and pages, or the database, will soon not be written any more.
LITTLE_ROOM: Final = 200_000_000
# What waits so long without trouble is only waiting its turn.
LATE: Final = timedelta(minutes=15)
_MEGABYTE: Final = 1_000_000
_JOBS: Final = 200
# The jobs that make a piece and what is around it.
_MAKING: Final = ("publishing.bake_around", "publishing.bake_under")


@dataclass(frozen=True)
class PressTrouble:
    """One thing in words: what readers see meanwhile. count: of how many files or pieces; why: as it was last told."""

    words: str
    count: int = 0
    why: str = ""


def press_troubles(*, now: datetime) -> list[PressTrouble]:
    """Return what is wrong with the press now, the gravest first."""
    found = [_room(), _pages(), _pieces()]
    found += [_elsewhere(now)] if has_elsewhere() else []
    found += [_cache(now)] if has_cache() else []
    return [one for one in found if one is not None]


def trouble_of(piece: uuid.UUID) -> list[PressTrouble]:
    """Return what keeps readers from seeing a piece as it is."""
    words = _("Readers see this piece as it was before: its page could not be made again.")
    pages = Due.objects.filter(kind=ARTICLE, key=str(piece)).exclude(trouble="")
    found = [PressTrouble(words, 1, row.trouble) for row in pages]
    failed = _failed_jobs().filter(kwargs__piece=str(piece)).order_by("-started_at").first()
    if failed and not found:
        found.append(PressTrouble(words, 1, failed.error))
    copies = Copy.objects.filter(name__in=names_of(piece), is_due=True).exclude(trouble="")
    words = _("The store elsewhere has this piece as it was before.")
    return [*found, *(PressTrouble(words, 1, copy.trouble) for copy in copies[:1])]


def _failed_jobs() -> QuerySet[Job]:
    waiting = Q(state=Job.State.READY, attempt__gt=0) & ~Q(error="")
    return Job.objects.filter(Q(state=Job.State.DEAD) | waiting, task__in=_MAKING)


def _room() -> PressTrouble | None:
    free = shutil.disk_usage(settings.HOME.site).free
    if free >= LITTLE_ROOM:
        return None
    return PressTrouble(
        _(
            "The disk is full, or nearly: %(megabytes)s MB are left. What is published now may not come out; readers"
            " keep the old pages. Make room: the rest is made by itself."
        )
        % {"megabytes": free // _MEGABYTE}
    )


def _pages() -> PressTrouble | None:
    rows = Due.objects.exclude(trouble="")
    count = rows.count()
    if not count:
        return None
    words = ngettext(
        "%(count)s page could not be made again; readers see it as it was.",
        "%(count)s pages could not be made again; readers see them as they were.",
        count,
    )
    first = rows.order_by("rank", "pk")[0]
    return PressTrouble(words % {"count": count}, count, f"{first.kind} {first.key}: {first.trouble}")


def _pieces() -> PressTrouble | None:
    failed = list(_failed_jobs().order_by("-started_at")[:_JOBS])
    waiting = set(map(str, PieceDue.objects.values_list("piece", flat=True))) if failed else set()
    stuck = [job for job in failed if str(job.kwargs.get("piece")) in waiting]
    if not stuck:
        return None
    words = ngettext(
        "What shows %(count)s piece could not be made; readers see it as it was.",
        "What shows %(count)s pieces could not be made; readers see them as they were.",
        len(stuck),
    )
    return PressTrouble(words % {"count": len(stuck)}, len(stuck), stuck[0].error)


def _elsewhere(now: datetime) -> PressTrouble | None:
    waiting = Copy.objects.filter(is_due=True)
    troubled = waiting.exclude(trouble="").order_by("rank", "pk").first()
    if troubled is None and not waiting.filter(asked_at__lt=now - LATE).exists():
        return None
    count = waiting.count()
    words = ngettext(
        "The store elsewhere has %(count)s file as it was before.",
        "The store elsewhere has %(count)s files as they were before.",
        count,
    )
    return PressTrouble(words % {"count": count}, count, troubled.trouble if troubled else "")


def _cache(now: datetime) -> PressTrouble | None:
    wishes = PurgeWish.objects.filter(Q(tries__gt=0) | Q(asked_at__lt=now - LATE))
    count = wishes.count()
    if not count:
        return None
    words = ngettext(
        "The cache in front of the site was not told that %(count)s address changed; readers may see the old page.",
        "The cache in front of the site was not told that %(count)s addresses changed; readers may see the old pages.",
        count,
    )
    told = wishes.exclude(trouble="").first()
    return PressTrouble(words % {"count": count}, count, told.trouble if told else "")
