"""Telling hubs which feeds changed (WebSub): wishes as rows, carried out by a worker, tried until heard.

Source: W3C WebSub, 6 (what passes between publisher and hub is left open); PubSubHubbub 0.4, 7.1, whose form hubs
understand. Both names of the feed's address are sent, as hubs differ in which they read.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction

from dateline.lib.text import cut
from dateline.net.configured import ServiceCall, send
from dateline.net.doors import explain, service_door
from dateline.net.errors import FetchError
from dateline.publishing.models import HubPing
from dateline.work.actions import enqueue_by_name
from dateline.work.backoff import backoff_seconds

TASK: Final = "publishing.tell_hubs"
# A burst of publishings is told once: the first of them waits so long for the others.
BURST_SECONDS: Final = 5
DEADLINE_SECONDS: Final = 20.0
# The tries of about a day and a half; then a change of the feed begins anew.
MOST_TRIES: Final = 40
_LONGEST_TROUBLE: Final = 500
_FEEDS: Final = ("/feed.xml", "/atom.xml", "/feed.json")


@transaction.atomic
def tell_hubs_soon(paths: Iterable[str], *, now: datetime) -> int:
    """Write down which of these files are feeds, and have a worker tell the hubs. Returns how many wishes there are."""
    feeds = sorted({path for path in paths if path.endswith(_FEEDS)})
    if not feeds or not settings.DATELINE_HUBS:
        return 0
    rows = [
        HubPing(hub=hub, path=path, asked_at=now, next_at=now)
        for hub in settings.DATELINE_HUBS
        for path in feeds
    ]
    HubPing.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["hub", "path"],
        update_fields=["asked_at", "next_at"],
    )
    enqueue_by_name(TASK, run_after=now + timedelta(seconds=BURST_SECONDS))
    return len(rows)


def tell_hubs_due(*, now: datetime) -> int:
    """Tell hubs of all that wait and are due. Returns how many were heard; the others are tried later, each more so."""
    HubPing.objects.exclude(hub__in=settings.DATELINE_HUBS).delete()
    silent: dict[str, str] = {}
    heard = 0
    for ping in HubPing.objects.filter(next_at__lte=now).order_by("hub", "asked_at"):
        trouble = silent.get(ping.hub) or _tell(ping)
        if not trouble:
            heard += HubPing.objects.filter(pk=ping.pk, asked_at=ping.asked_at).delete()[0]
            continue
        silent[ping.hub] = trouble  # one that does not answer now is not asked for each feed
        _later(ping, trouble, now=now)
    following = HubPing.objects.filter(next_at__isnull=False).order_by("next_at").first()
    if following and following.next_at:
        enqueue_by_name(TASK, run_after=max(following.next_at, now + timedelta(seconds=BURST_SECONDS)))
    return heard


def _tell(ping: HubPing) -> str:
    """Tell one hub of one feed. Returns what went wrong, empty where it was heard."""
    address = f"{settings.DATELINE_URL}{ping.path}"
    form = (("hub.mode", "publish"), ("hub.topic", address), ("hub.url", address))
    call = ServiceCall(
        ping.hub,
        method="POST",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        body=urlencode(form).encode(),
        deadline_seconds=DEADLINE_SECONDS,
    )
    try:
        answer = send(call, door=service_door())
    except FetchError as error:
        return explain(error)
    return "" if answer.is_success else f"It answered with status {answer.status}."


def _later(ping: HubPing, trouble: str, *, now: datetime) -> None:
    tries = ping.tries + 1
    pause = timedelta(seconds=backoff_seconds(tries, jitter=0.5))
    HubPing.objects.filter(pk=ping.pk, asked_at=ping.asked_at).update(
        tries=tries,
        next_at=now + pause if tries < MOST_TRIES else None,
        trouble=cut(trouble, _LONGEST_TROUBLE),
    )
