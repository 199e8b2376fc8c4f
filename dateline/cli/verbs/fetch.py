"""Look now for what is new: check the channels, take the pieces. The schedule does the same by itself."""

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from dateline.cli.edge import with_django

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.sources.models import Channel

HELP = "look now for what is new"
# Hosts are asked one question at a time with pauses: the pieces of one outlet take their time.
LONGEST_WAIT_SECONDS = 90.0


def add_arguments(parser: ArgumentParser) -> None:
    """`fetch [--outlet NAME …]`."""
    parser.add_argument(
        "--outlet", action="append", default=[], metavar="NAME", help="only this outlet (slug or name)"
    )


@with_django
def run(options: Namespace) -> int:
    """Fetch, one line for each channel and piece. Ends with 1 where something could not be read."""
    from dateline.intake.actions import waiting_for_turns

    with waiting_for_turns(LONGEST_WAIT_SECONDS):
        troubles = sum(_fetch(channel) for channel in _channels(options.outlet))
    return 1 if troubles else 0


def _channels(names: list[str]) -> "Iterable[Channel]":
    from dateline.sources.models import Channel
    from dateline.sources.queries import outlet_called

    channels = Channel.objects.filter(is_watched=True).select_related("outlet")
    return channels.filter(outlet__in=[outlet_called(name) for name in names]) if names else channels


def _fetch(channel: "Channel") -> int:
    from django.utils import timezone

    from dateline.intake.actions.checking import check_channel
    from dateline.intake.actions.taking import take_entry
    from dateline.intake.models import Entry

    checked = check_channel(channel=channel, now=timezone.now())
    print(
        f"{channel.outlet}: {checked.trouble or f'{checked.new} new'}",
        file=sys.stderr if checked.trouble else sys.stdout,
    )
    troubles = int(bool(checked.trouble))
    for entry in channel.entries.filter(state=Entry.State.NEW).order_by("pk"):
        taken = take_entry(entry=entry, now=timezone.now())
        if taken.state == Entry.State.TAKEN:
            print(f"  {taken.original_id}\t{taken.original}")
        else:
            troubles += 1
            print(f"  {taken.url}: {taken.trouble}", file=sys.stderr)
    return troubles
