"""What we have already of a list that somebody brought: feeds in any spelling, outlets by their site."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from dateline.lib.urls import NotAWebAddress, read
from dateline.sources.lists import ListedChannel, ListedOutlet, are_called_alike
from dateline.sources.models import Channel, Outlet
from dateline.sources.spelling import feed_key, kin_key, place_on_site, site_of

# Hosts that hold the feeds of many: an outlet whose home we only guessed from there is not known by it.
_HOST_OF_FEEDS: Final = re.compile(r"^(?:feeds?|rss)[0-9]*\.")


class Verdict(StrEnum):
    """What becomes of a line of a list."""

    NEW = "new"
    PERHAPS = "perhaps"
    WATCHED = "watched"
    STOPPED = "stopped"
    TWICE = "twice"


@dataclass(frozen=True)
class PlannedChannel:
    """A channel of a list. like: the channel that it is, or may be, in another spelling."""

    place: tuple[int, int]
    listed: ListedChannel
    verdict: Verdict
    like: Channel | None = None

    @property
    def code(self) -> str:
        """Its place, as a form names it."""
        return f"{self.place[0]}-{self.place[1]}"

    @property
    def is_open(self) -> bool:
        """Whether one may choose it."""
        return self.verdict in {Verdict.NEW, Verdict.PERHAPS}


@dataclass(frozen=True)
class PlannedOutlet:
    """An outlet of a list. joins: the outlet of ours to which its channels go, None where it is new."""

    listed: ListedOutlet
    channels: tuple[PlannedChannel, ...]
    joins: Outlet | None = None


@dataclass
class Known:
    """The channels and outlets there are, read once; what is added is told to it."""

    by_key: dict[str, Channel] = field(default_factory=dict)
    by_kin: dict[str, Channel] = field(default_factory=dict)
    by_site: dict[str, list[Outlet]] = field(default_factory=lambda: defaultdict(list))

    def add(self, channel: Channel) -> None:
        """Know a channel under its address and those that it had before."""
        for address in (channel.address, *channel.former_addresses):
            if key := feed_key(address):
                self.by_key.setdefault(key, channel)
                self.by_kin.setdefault(kin_key(address), channel)

    def add_outlet(self, outlet: Outlet) -> None:
        """Know an outlet by its site."""
        outlets = self.by_site[site_of(outlet.home_url)]
        if outlet not in outlets:
            outlets.append(outlet)

    def forget_outlet(self, outlet: Outlet) -> None:
        """Unknow an outlet that was not kept after all."""
        self.by_site[site_of(outlet.home_url)].remove(outlet)

    def channel_at(self, address: str) -> Channel | None:
        """Return the channel with this address in whatever spelling, watched or not."""
        return self.by_key.get(feed_key(address))

    def channel_like(self, address: str) -> Channel | None:
        """Return a channel that may be the same feed in another format; only reading both can tell."""
        return self.by_kin.get(kin_key(address))

    def outlet_of(self, listed: ListedOutlet) -> Outlet | None:
        """Return the outlet of ours that this one is, known by the host of its home page."""
        outlets = self.by_site.get(listed.site, ()) if listed.site else ()
        return next((outlet for outlet in outlets if _is_same(outlet, listed)), None)


def everything_known() -> Known:
    """Return what there is."""
    known = Known()
    for outlet in Outlet.objects.order_by("pk"):
        known.add_outlet(outlet)
    for channel in Channel.objects.select_related("outlet").order_by("pk"):
        known.add(channel)
    return known


def _is_same(outlet: Outlet, listed: ListedOutlet) -> bool:
    if _is_host_of_feeds(outlet.home_url):
        return are_called_alike(outlet.name, listed.name)
    if not listed.home:
        return True
    ours, theirs = place_on_site(outlet.home_url), place_on_site(listed.home)
    return ours == theirs or not ours or not theirs


def _is_host_of_feeds(address: str) -> bool:
    try:
        return bool(_HOST_OF_FEEDS.match(read(address).host))
    except NotAWebAddress:
        return False


def planned(listed: list[ListedOutlet], *, known: Known) -> list[PlannedOutlet]:
    """Return what would become of each line of a list, in its order."""
    seen: set[str] = set()
    return [
        PlannedOutlet(
            listed=outlet,
            channels=tuple(
                _planned_channel((number, place), channel, known=known, seen=seen)
                for place, channel in enumerate(outlet.channels)
            ),
            joins=known.outlet_of(outlet),
        )
        for number, outlet in enumerate(listed)
    ]


def _planned_channel(
    place: tuple[int, int], listed: ListedChannel, *, known: Known, seen: set[str]
) -> PlannedChannel:
    key = feed_key(listed.address)
    if channel := known.channel_at(listed.address):
        return PlannedChannel(
            place, listed, Verdict.WATCHED if channel.is_watched else Verdict.STOPPED, channel
        )
    if key in seen:
        return PlannedChannel(place, listed, Verdict.TWICE)
    seen.add(key)
    like = known.channel_like(listed.address)
    return PlannedChannel(place, listed, Verdict.PERHAPS if like else Verdict.NEW, like)
