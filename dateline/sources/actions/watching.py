"""What one does with channels as an editor: watch, ask now, stop, watch again."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dateline.lib.text import cut, one_line
from dateline.lib.urls import is_web_address, read
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.sources.finding import FoundFeed, find
from dateline.sources.models import Channel, Outlet
from dateline.sources.naming import name_for, slug_for
from dateline.sources.queries.known import everything_known
from dateline.work.actions import enqueue_by_name


class AlreadyWatched(ValueError):
    """We have this feed."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        super().__init__(
            _("%(address)s is already a feed of %(outlet)s.%(hint)s")
            % {
                "address": channel.address,
                "outlet": channel.outlet,
                "hint": "" if channel.is_watched else " " + _("It was stopped: watch it again."),
            }
        )


def add_outlet(
    *,
    url: str,
    by: User | None,
    now: datetime,
    name: str | None = None,
    language: str | None = None,
    country: str | None = None,
) -> Outlet:
    """Watch the outlet whose feed, or any page of whose site, is at `url`; its first check is enqueued.

    What is not given is taken from the feed. Raises AlreadyWatched; NoFeedFound, which lists what was
    looked at; FetchError.
    """
    address = typed_address(url)
    _refuse_second(address)
    found = find(address)
    try:
        with transaction.atomic():
            _refuse_second(found.address)
            _refuse_same_body(found)
            outlet = _write_outlet(found, name=name or "", language=language, country=country or "")
            channel = _write_channel(found, outlet=outlet, now=now)
            write_down(verb="watch", subject=outlet, by=by, now=now, summary=channel.address)
            enqueue_check(channel)
    except IntegrityError:  # somebody added it while we were reading it
        _refuse_second(found.address)
        raise
    return outlet


def typed_address(text: str) -> str:
    """Return what somebody typed as an address: without the space around it, with a scheme."""
    text = text.strip()
    return text if "://" in text else f"https://{text}"


def _refuse_second(address: str) -> None:
    channel = everything_known().channel_at(address)
    if channel is not None:
        raise AlreadyWatched(channel)


def _refuse_same_body(found: FoundFeed) -> None:
    """Refuse a feed that is byte for byte what another channel brought when it was last read.

    Sitemaps that list nothing are alike by chance.
    """
    if found.kind == Channel.Kind.SITEMAP and not found.pieces:
        return
    twins = Channel.objects.exclude(body_hash="").filter(body_hash=found.body_hash)
    channel = twins.select_related("outlet").first()
    if channel is not None:
        raise AlreadyWatched(channel)


def _write_outlet(found: FoundFeed, *, name: str, language: str | None, country: str) -> Outlet:
    home = found.home_url if is_web_address(found.home_url) else front_page(found.address)
    host = read(home).host
    called = name_for(given=name, title=found.title, host=host)
    outlet = Outlet(
        name=called,
        slug=slug_for(
            name=called, host=host, is_taken=lambda slug: Outlet.objects.filter(slug=slug).exists()
        ),
        home_url=home,
        language=language or found.language[:20],
        country=one_line(country)[:80],
    )
    outlet.full_clean(exclude=["home_url"])  # read by our own reader, which takes more hosts than Django's
    outlet.save()
    return outlet


def front_page(address: str) -> str:
    """Return the root of the site that an address belongs to."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/"


def _write_channel(found: FoundFeed, *, outlet: Outlet, now: datetime) -> Channel:
    channel = Channel(
        outlet=outlet, kind=found.kind, address=found.address, title=cut(found.title, 200), next_check_at=now
    )
    channel.full_clean(validate_unique=False)
    channel.save()
    return channel


def enqueue_check(channel: Channel, *, at: datetime | None = None) -> None:
    """Have a worker check this channel, not before `at`; however often this is called, one check waits."""
    enqueue_by_name("intake.check_channel", run_after=at, channel_id=channel.pk)


@transaction.atomic
def check_now(*, channel: Channel, now: datetime) -> Channel:
    """Have it checked at once, whatever its cadence says."""
    return _ask_at_once(channel, now=now)


@transaction.atomic
def stop_watching(*, channel: Channel, by: User | None, now: datetime) -> Channel:
    """Check it no more. Nothing that came from it is lost."""
    channel.is_watched = False
    channel.save(update_fields=["is_watched"])
    write_down(verb="stop-watching", subject=channel, by=by, now=now, summary=channel.address)
    return channel


@transaction.atomic
def watch_again(*, channel: Channel, by: User | None, now: datetime) -> Channel:
    """Check it again from now on, without the patience that earlier trouble had taught."""
    channel.is_watched, channel.failures = True, 0
    channel.save(update_fields=["is_watched", "failures"])
    write_down(verb="watch-again", subject=channel, by=by, now=now, summary=channel.address)
    return _ask_at_once(channel, now=now)


def _ask_at_once(channel: Channel, *, now: datetime) -> Channel:
    channel.next_check_at = now
    channel.save(update_fields=["next_check_at"])
    enqueue_check(channel)
    return channel
