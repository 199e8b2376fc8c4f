"""Channels that bring the same pieces: one of them is enough."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, groupby
from typing import Final

from dateline.intake.models import Entry
from dateline.sources.models import Channel

WINDOW: Final = timedelta(days=14)
# Fewer pieces in common may be chance; a smaller share is a feed that takes over some of another's.
FEWEST_SHARED: Final = 5
LEAST_RATIO: Final = 0.8
# A piece that stands in more channels than this says nothing about two of them.
MOST_CHANNELS: Final = 6


@dataclass(frozen=True)
class Twins:
    """Two watched channels with the same pieces. shared: how many; ratio: of the pieces of the smaller one.

    spare is the one that brings less, and could be stopped.
    """

    kept: Channel
    spare: Channel
    shared: int
    ratio: float


def twin_channels(*, now: datetime) -> list[Twins]:
    """Return the pairs of watched channels that brought the same pieces lately, the surest first."""
    lately = Entry.objects.filter(seen_at__gte=now - WINDOW, channel__is_watched=True).exclude(url="")
    lines = lately.order_by("url").values_list("url", "channel_id").distinct()
    pieces: Counter[int] = Counter()
    shared: Counter[tuple[int, int]] = Counter()
    for channels in _channels_of_each(lines.iterator()):
        pieces.update(channels)
        if len(channels) <= MOST_CHANNELS:
            shared.update(combinations(channels, 2))
    pairs = [(pair, count) for pair, count in shared.items() if _are_twins(count, pair, pieces)]
    rows = Channel.objects.select_related("outlet").in_bulk({one for pair, _count in pairs for one in pair})
    twins = [_twins(rows[first], rows[second], count, pieces) for (first, second), count in pairs]
    return sorted(twins, key=lambda one: (-one.ratio, -one.shared, one.spare.pk))


def _channels_of_each(lines: Iterable[tuple[str, int]]) -> Iterator[list[int]]:
    for _url, group in groupby(lines, key=lambda line: line[0]):
        yield sorted({channel for _same, channel in group})


def _are_twins(count: int, pair: tuple[int, int], pieces: Counter[int]) -> bool:
    return count >= FEWEST_SHARED and count >= LEAST_RATIO * min(pieces[one] for one in pair)


def _twins(first: Channel, second: Channel, count: int, pieces: Counter[int]) -> Twins:
    kept, spare = sorted((first, second), key=lambda one: (-pieces[one.pk], one.pk))
    return Twins(kept=kept, spare=spare, shared=count, ratio=count / pieces[spare.pk])
