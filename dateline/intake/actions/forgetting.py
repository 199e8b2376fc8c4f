"""Forgetting by which runs of words old texts are known: the table of runs would grow by tens of millions a year.

A text keeps its fingerprint, so that an exact copy of it is known for ever; what is forgotten is how to find it
from a part. In batches, so that nobody waits long; broken off anywhere, the next run goes on.
"""

from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from django.db.models import Count

from dateline.intake.models import Fingerprint, Run
from dateline.lib.crash import crash_point
from dateline.work.progress import should_stop

# A reprint that comes later than this is rare, and found by its story and its credit.
KEPT: Final = timedelta(days=200)
# Texts of one site whose runs are kept: an agency with 100 pieces a day fills them in the time above.
MOST_OF_A_SITE: Final = 20_000
BATCH: Final = 5_000


def forget_runs(*, now: datetime, most_of_a_site: int = MOST_OF_A_SITE, batch: int = BATCH) -> int:
    """Drop the runs of texts that are over their time, and of those a site has too many of; return how many runs."""
    return _forget_old(now - KEPT, batch=batch) + sum(
        _forget_before(host, _first_kept(host, most_of_a_site), batch=batch)
        for host in _sites_with_more_than(most_of_a_site)
    )


def _forget_old(before: datetime, *, batch: int) -> int:
    """Drop from the start of the table: rows stand in the order in which their texts came."""
    dropped = 0
    rows = Run.objects.order_by("pk").values_list("pk", "fingerprint__original__taken_at")
    while not should_stop():
        old = [pk for pk, _at in takewhile(lambda row: row[1] < before, rows[:batch].iterator())]
        if not old:
            break
        dropped += Run.objects.filter(pk__lte=old[-1]).delete()[0]
        crash_point("intake.runs-forgotten")
    return dropped


def _sites_with_more_than(most: int) -> list[str]:
    counted = Fingerprint.objects.exclude(host="").order_by().values("host").annotate(texts=Count("pk"))
    return list(counted.filter(texts__gt=most).values_list("host", flat=True))


def _first_kept(host: str, most: int) -> int:
    newest = Fingerprint.objects.filter(host=host).order_by("-pk").values_list("pk", flat=True)
    return int(newest[most - 1])


def _forget_before(host: str, first_kept: int, *, batch: int) -> int:
    dropped = 0
    rows = Run.objects.filter(fingerprint__host=host, fingerprint__lt=first_kept).values_list("pk", flat=True)
    while not should_stop() and (some := list(rows[:batch])):
        dropped += Run.objects.filter(pk__in=some).delete()[0]
        crash_point("intake.runs-forgotten")
    return dropped
