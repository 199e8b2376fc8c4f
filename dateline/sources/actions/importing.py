"""Lists of outlets brought from elsewhere: looked at, added by a job, and given out again."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.lib.crash import crash_point
from dateline.lib.formats import opml
from dateline.lib.formats.opml import NotAnOpml, Opml, Subscription
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.sources import directory, lists
from dateline.sources.actions.listed import NothingToWatch, as_listed, write_channel, write_outlet
from dateline.sources.actions.watching import AlreadyWatched
from dateline.sources.directory import NotADirectory
from dateline.sources.lists import BroughtList, ListedOutlet
from dateline.sources.models import ImportedList, Outlet
from dateline.sources.queries.known import Known, PlannedOutlet, Verdict, everything_known, planned
from dateline.work.actions import enqueue_by_name
from dateline.work.progress import progress, should_stop

# First checks are spread: the whole of a long list within some hours, of a short one within minutes.
SPACING: Final = timedelta(seconds=3)
LONGEST_SPREAD: Final = timedelta(hours=6)
# A list that was looked at and then left is kept for so long.
LEFT_LYING: Final = timedelta(days=7)

OPML_TYPES: Final = {"feed": "rss", "page": "HTML+XPath", "sitemap": "sitemap", "dateline": "dateline"}


class NotAList(ValueError):
    """The file is no list of outlets that we can read; the message says what it is and what to do."""


class AlreadyBegun(ValueError):
    """The list is being added, or was."""


def read_list(content: bytes, *, name: str) -> BroughtList:
    """Return the list in a file: OPML, or a directory in JSON or CSV. Raises NotAList."""
    try:
        if content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] == b"<":
            return lists.from_opml(opml.read(content), name=name)
        return directory.read(content, name=name)
    except (NotAnOpml, NotADirectory) as error:
        raise NotAList(str(error)) from error


@transaction.atomic
def bring_list(*, content: bytes, name: str, by: User | None, now: datetime) -> ImportedList:
    """Read a list and keep it to be looked at; nothing is watched yet. Raises NotAList."""
    brought = read_list(content, name=name)
    ImportedList.objects.filter(state=ImportedList.State.LOOKED_AT, brought_at__lt=now - LEFT_LYING).delete()
    return ImportedList.objects.create(
        name=cut(one_line(brought.title or name), 200) or _("a list"),
        by=by,
        brought_at=now,
        lines=[outlet.as_json() for outlet in brought.outlets],
        unusable=[[one.line, one.words, one.why] for one in brought.unusable],
    )


def plan_of(brought: ImportedList, *, known: Known | None = None) -> list[PlannedOutlet]:
    """Return what would become of each outlet of the list."""
    listed = [lists.from_json(line) for line in brought.lines]
    return planned(listed, known=known or everything_known())


@transaction.atomic
def add_list(
    *, brought: ImportedList, by: User | None, now: datetime, chosen: Collection[str] | None = None
) -> ImportedList:
    """Have the chosen channels of a list watched by a job.

    chosen: the codes of channels (`PlannedChannel.code`); None means all that are new. Raises AlreadyBegun;
    NothingToWatch where nothing that could be added is chosen.
    """
    brought = ImportedList.objects.select_for_update().get(pk=brought.pk)
    if brought.state != ImportedList.State.LOOKED_AT:
        raise AlreadyBegun(_("“%s” is being added already.") % brought)
    channels = [channel for outlet in plan_of(brought) for channel in outlet.channels if channel.is_open]
    brought.chosen = [
        list(channel.place)
        for channel in channels
        if (channel.verdict == Verdict.NEW if chosen is None else channel.code in chosen)
    ]
    if not brought.chosen:
        raise NothingToWatch(_("Nothing is chosen that could be added."))
    brought.total, brought.state = len(brought.chosen), ImportedList.State.ADDING
    brought.save(update_fields=["chosen", "total", "state"])
    write_down(verb="import", subject=brought, by=by, now=now, summary=f"{brought.name}: {brought.total}")
    enqueue_by_name("sources.add_list", list_id=brought.pk)
    return brought


def go_on_adding(*, brought: ImportedList, now: datetime) -> ImportedList:
    """Add what is left of a list, a channel at a time; broken off anywhere, it goes on where it was."""
    known = everything_known()
    listed = [lists.from_json(line) for line in brought.lines]
    chosen = [(listed[line], place) for line, place in brought.chosen]
    while brought.state == ImportedList.State.ADDING and not should_stop():
        brought = _step(brought.pk, chosen=chosen, known=known, now=now)
        crash_point("sources.list-step")
        progress(brought.done, brought.total, brought.name)
    return brought


@transaction.atomic
def _step(
    list_id: int, *, chosen: list[tuple[ListedOutlet, int]], known: Known, now: datetime
) -> ImportedList:
    rows = ImportedList.objects.select_for_update().defer("lines", "unusable", "chosen")  # long, and the same
    brought = rows.get(pk=list_id)
    if brought.done < brought.total:
        outlet, place = chosen[brought.done]
        refused = _add(outlet, place, known=known, at=now + _wait(brought.done, brought.total))
        brought.done += 1
        brought.added += not refused
        if refused:
            brought.refused = [*brought.refused, [outlet.channels[place].address, refused]]
    if brought.done == brought.total:
        brought.state = ImportedList.State.ADDED
    brought.save(update_fields=["done", "added", "refused", "state"])
    crash_point("sources.list-before-commit")
    return brought


def _wait(number: int, total: int) -> timedelta:
    return number * min(SPACING, LONGEST_SPREAD / total)


def _add(listed: ListedOutlet, place: int, *, known: Known, at: datetime) -> str:
    """Add one channel, with its outlet where that is new; return why not, empty where it was added."""
    outlet = known.outlet_of(listed)
    new: Outlet | None = None
    try:
        with transaction.atomic():
            if outlet is None and known.channel_at(listed.channels[place].address) is None:
                outlet = new = write_outlet(listed, known=known)
            write_channel(listed.channels[place], outlet=outlet, known=known, at=at)
    except (AlreadyWatched, NothingToWatch, ValidationError) as error:
        if new is not None:
            known.forget_outlet(new)
        told = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        return cut(one_line(told), 500)
    return ""


def export_opml(*, title: str) -> bytes:
    """Return all watched channels that are on the web as a list in OPML, in the folders that they came in.

    A channel without a folder lies in that of its outlet's country.
    """
    outlets = Outlet.objects.prefetch_related("channels").order_by("country", "name")
    subscriptions = [one for outlet in outlets for one in _subscriptions(outlet)]
    return opml.write(Opml(title=title, subscriptions=tuple(subscriptions)))


def _subscriptions(outlet: Outlet) -> list[Subscription]:
    watched = {channel.address for channel in outlet.channels.all() if channel.is_watched}
    listed = as_listed(outlet)
    return [
        Subscription(
            address=channel.address,
            title=channel.title or outlet.name,
            home=outlet.home_url,
            language=outlet.language,
            type=OPML_TYPES[channel.kind],
            folders=channel.folders or ((outlet.country,) if outlet.country else ()),
            rules={name: text for name, text in channel.rules.items() if _is_rule(name, text)},
        )
        for channel in listed.channels
        if channel.address in watched
    ]


def _is_rule(name: object, text: object) -> bool:
    """Whether a rule can stand as an attribute."""
    return (
        isinstance(name, str) and isinstance(text, str) and bool(re.fullmatch(r"[A-Za-z][\w.-]{0,60}", name))
    )


def export_directory(*, title: str) -> bytes:
    """Return all outlets with what we know of them as a directory in our own shape, as JSON."""
    outlets = Outlet.objects.prefetch_related("channels").order_by("country", "name")
    return directory.write((as_listed(outlet) for outlet in outlets), title=title)
