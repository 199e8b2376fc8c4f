"""Keeping to a site's robots.txt: read once a day, asked for in the host's turn like everything else.

Source: RFC 9309: where there is none everything is open; where the server fails everything is closed, or as it was
before.
"""

from datetime import datetime, timedelta
from typing import Final

from dateline.lib.text import cut
from dateline.lib.urls import WebAddress, read
from dateline.net.doors import explain
from dateline.net.errors import AddressRefused, FetchError, HostBusy, RobotsRefuse, RobotsUnknown, TooLarge
from dateline.net.guarded import Door, fetch
from dateline.net.letters import Answer, Request
from dateline.net.turns import turn_name
from dateline.sources.cadence import LONGEST_CRAWL_DELAY, TOO_MANY, fresh_seconds
from dateline.sources.models import Host
from dateline.sources.queries.robots import ROBOTS_AGENT, path_of, robots_in

GOOD_FOR: Final = timedelta(days=1)
GOOD_FOR_AT_LEAST: Final = timedelta(minutes=30)
ASKED_AGAIN: Final = timedelta(minutes=15)
# For so long the rules that we read last stand for a server that cannot tell them now.
OLD_RULES_STAND: Final = timedelta(days=30)
REFUSED_FOR: Final = timedelta(days=3)
LONGEST_TROUBLE: Final = 500
ROBOTS_BYTES: Final = 2 * 2**20
ROBOTS_SECONDS: Final = 10.0
_FAULT_OF_OURS, _FAULT_OF_THEIRS = 4, 5


def permit_by_robots(url: str, *, door: Door, now: datetime) -> None:
    """Return where the site lets programs read `url`; its robots.txt is fetched where we have no good one.

    Raises RobotsRefuse, RobotsUnknown, and HostBusy where the host has no turn for its robots.txt.
    """
    target = read(url)
    host, _new = Host.objects.get_or_create(name=turn_name(target))
    if host.robots_good_until <= now:
        _renew(host, target, door=door, now=now)
    if host.robots_read_at is None or now - host.robots_read_at > OLD_RULES_STAND:
        raise RobotsUnknown(url, until=host.robots_good_until, detail=host.robots_trouble)
    rule = robots_in(host.robots_text).closing_rule(path_of(target), agent=ROBOTS_AGENT)
    if rule is not None:
        raise RobotsRefuse(url, rule=rule.text, until=now + REFUSED_FOR)


def _renew(host: Host, target: WebAddress, *, door: Door, now: datetime) -> None:
    url = f"{target.scheme}://{target.authority}/robots.txt"
    request = Request(url, limit_bytes=ROBOTS_BYTES, deadline_seconds=ROBOTS_SECONDS)
    try:
        answer = fetch(request, door=door, now=now)
    except (HostBusy, AddressRefused):
        raise  # not asked now, or never
    except TooLarge:
        _keep(host, "", status=200, good_for=GOOD_FOR, now=now)  # longer than anybody has to read
    except FetchError as error:
        _go_on_without(host, status=0, trouble=explain(error), now=now)
    else:
        _hear(host, answer, now=now)


def _hear(host: Host, answer: Answer, *, now: datetime) -> None:
    if answer.is_success:
        seconds = fresh_seconds(answer, now=now)
        good_for = min(max(timedelta(seconds=seconds), GOOD_FOR_AT_LEAST), GOOD_FOR) if seconds else GOOD_FOR
        text = answer.body.decode("utf-8", "replace").replace("\x00", "")
        _keep(host, text, status=answer.status, good_for=good_for, now=now)
    elif answer.status // 100 == _FAULT_OF_OURS and answer.status != TOO_MANY:
        _keep(host, "", status=answer.status, good_for=GOOD_FOR, now=now)
    else:
        _go_on_without(host, status=answer.status, trouble=str(answer.status), now=now)


def _keep(host: Host, text: str, *, status: int, good_for: timedelta, now: datetime) -> None:
    host.robots_text, host.robots_status, host.robots_trouble = text, status, ""
    host.robots_read_at = now
    host.robots_good_until = now + good_for
    delay = robots_in(text).crawl_delay(agent=ROBOTS_AGENT)
    host.crawl_delay_seconds = min(delay, LONGEST_CRAWL_DELAY)
    _save(host)
    # The pause after this very question is already the one that the host asks for.
    free_at = now + timedelta(seconds=host.crawl_delay_seconds)
    Host.objects.filter(pk=host.pk, free_at__lt=free_at).update(free_at=free_at)


def _go_on_without(host: Host, *, status: int, trouble: str, now: datetime) -> None:
    host.robots_status, host.robots_trouble = status, cut(trouble, LONGEST_TROUBLE)
    host.robots_good_until = now + ASKED_AGAIN
    _save(host)


def _save(host: Host) -> None:
    # The turn's columns are another's: it may be taken this very moment.
    host.save(
        update_fields=[
            "robots_text", "robots_status", "robots_trouble", "robots_read_at", "robots_good_until",
            "crawl_delay_seconds",
        ]
    )  # fmt: skip
