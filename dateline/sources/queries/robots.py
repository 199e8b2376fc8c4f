"""What a host's robots.txt says of an address, as far as we have read it. Asks nobody."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from dateline.lib.robots import Robots, read_robots
from dateline.lib.urls import NotAWebAddress, WebAddress, read
from dateline.net.turns import turn_name
from dateline.sources.models import Host

# The name by which a robots.txt means us: the product's in our user agent.
ROBOTS_AGENT: Final = "dateline"


@dataclass(frozen=True, kw_only=True)
class RobotsWord:
    """What is written about an address. rule: the line that closes it, empty where it is open.

    shut_out: the programs, in lower case, that may not read the site's front page; `*` stands for all that are not
    named. Those of search engines for machines that learn among them are a word about reuse too.
    """

    is_open: bool
    rule: str
    read_at: datetime
    shut_out: tuple[str, ...]


def robots_word(address: str) -> RobotsWord | None:
    """Return what the host's robots.txt says of `address`, None where we never read one, or it is no address."""
    try:
        target = read(address)
    except NotAWebAddress:
        return None
    host = Host.objects.filter(name=turn_name(target), robots_read_at__isnull=False).first()
    if host is None or host.robots_read_at is None:
        return None
    robots = robots_in(host.robots_text)
    rule = robots.closing_rule(path_of(target), agent=ROBOTS_AGENT)
    return RobotsWord(
        is_open=rule is None,
        rule=rule.text if rule else "",
        read_at=host.robots_read_at,
        shut_out=robots.agents_shut_out(),
    )


@lru_cache(maxsize=64)
def robots_in(text: str) -> Robots:
    """Return a robots.txt as read; asked for each page of a host, so the last ones are remembered."""
    return read_robots(text)


def path_of(target: WebAddress) -> str:
    """Return what rules of robots.txt are held against."""
    return target.path + (f"?{target.query}" if target.query else "")
