"""Watching an outlet of a list, with what the list says of it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dateline.lib.text import cut, one_line
from dateline.lib.urls import is_web_address, read
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.sources.actions.watching import AlreadyWatched, enqueue_check, front_page
from dateline.sources.fields import LANGUAGE_TAG
from dateline.sources.lists import ListedChannel, ListedOutlet, why_not
from dateline.sources.models import Channel, Outlet
from dateline.sources.naming import name_for, slug_for
from dateline.sources.queries.known import Known, everything_known
from dateline.sources.spelling import site_of


class NothingToWatch(ValueError):
    """No channel was chosen, or none that can be read."""


@transaction.atomic
def watch_listed(
    *, listed: ListedOutlet, by: User | None, now: datetime, joins: Outlet | None = None
) -> Outlet:
    """Watch an outlet by the channels that `listed` names; their first checks are enqueued.

    joins: the outlet to which the channels go, where it is known. Else the outlet that the list's is already
    gets them, or a new one. Raises NothingToWatch; AlreadyWatched where we have one of the feeds.
    """
    if not listed.channels:
        raise NothingToWatch(_("Choose at least one of the feeds."))
    known = everything_known()
    outlet = joins or known.outlet_of(listed) or write_outlet(listed, known=known)
    for told in listed.channels:
        channel = write_channel(told, outlet=outlet, known=known, at=now)
        enqueue_check(channel)
    addresses = " ".join(told.address for told in listed.channels)
    write_down(verb="watch", subject=outlet, by=by, now=now, summary=cut(addresses, 500))
    return outlet


def write_outlet(listed: ListedOutlet, *, known: Known) -> Outlet:
    """Return a new outlet with what the list says of it. Raises ValidationError."""
    home = listed.home or front_page(listed.channels[0].address)
    home = home if is_web_address(home) and len(home) <= Outlet._meta.get_field("home_url").max_length else ""
    host = read(home or listed.channels[0].address).host
    name = name_for(given=listed.name, title=listed.name_here, host=host)
    tags = [tag for tag in listed.languages if LANGUAGE_TAG.fullmatch(tag) and len(tag) <= 20]  # noqa: PLR2004 - the column
    outlet = Outlet(
        name=name,
        name_here=listed.name_here if listed.name_here != name else "",
        slug=slug_for(name=name, host=host, is_taken=lambda slug: Outlet.objects.filter(slug=slug).exists()),
        kind=listed.kind or Outlet.Kind.NEWSPAPER,
        home_url=home or front_page(listed.channels[0].address),
        language=tags[0] if tags else "",
        languages=tags,
        country=one_line(listed.country)[:80],
        owner=listed.owner,
    )
    outlet.full_clean(exclude=["home_url"])  # read by our own reader, which takes more hosts than Django's
    outlet.save()
    known.add_outlet(outlet)
    return outlet


def write_channel(told: ListedChannel, *, outlet: Outlet | None, known: Known, at: datetime) -> Channel:
    """Return a new channel of the outlet, to be checked first at `at`.

    Raises AlreadyWatched where we have the feed in whatever spelling, NothingToWatch where its address is none.
    """
    if why := why_not(told.address):
        raise NothingToWatch(f"{told.address}: {_(why)}.")
    if like := known.channel_at(told.address):
        raise AlreadyWatched(like)
    channel = Channel(
        outlet=outlet,
        kind=told.kind,
        address=told.address,
        title=cut(one_line(told.title), 200),
        rules=dict(told.rules),
        categories=list(told.folders),
        next_check_at=at,
    )
    channel.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError as error:  # somebody added it while we were looking
        raise AlreadyWatched(Channel.objects.select_related("outlet").get(address=told.address)) from error
    known.add(channel)
    return channel


def as_listed(outlet: Outlet) -> ListedOutlet:
    """Return an outlet with those of its channels that others could watch too."""
    return ListedOutlet(
        name=outlet.name,
        name_here=outlet.name_here,
        kind=outlet.kind,
        home=outlet.home_url,
        country=outlet.country,
        languages=tuple(outlet.languages) or ((outlet.language,) if outlet.language else ()),
        owner=outlet.owner,
        channels=tuple(
            ListedChannel(
                address=channel.address,
                kind=channel.kind,
                title=channel.title,
                folders=tuple(channel.categories),
                rules=channel.rules,
            )
            for channel in outlet.channels.all()
            if channel.kind in Channel.ASKED and site_of(channel.address)
        ),
    )
