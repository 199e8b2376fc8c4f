"""A page without a feed at the desk: laid out to be pointed at, looked at under rules, and watched by them."""

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dateline.intake import pointing_apart
from dateline.intake.actions.asking import (
    NotRead,
    ask_page,
    refuse_failure,
    refused,
    waiting_for_turns,
    world_in_words,
)
from dateline.intake.answers import NO_PAGE, may_be_page, media_type
from dateline.intake.channels.page_rules import BadRule, RulesFindNothing, written
from dateline.intake.feeds import NotAFeed
from dateline.intake.models import PointedPage
from dateline.intake.pointing_look import Look
from dateline.lib.floods import HostileMarkup
from dateline.lib.text import cut, one_line
from dateline.lib.urls import read
from dateline.net.letters import PAGE_BYTES, Response
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.sources.actions import AlreadyWatched, enqueue_check, typed_address
from dateline.sources.actions.watching import front_page
from dateline.sources.models import Channel, Outlet
from dateline.sources.naming import name_for, slug_for
from dateline.sources.queries.known import everything_known

KEPT: Final = timedelta(days=1)
PATIENCE_SECONDS: Final = 10.0  # somebody waits for the page
_TYPES: Final = "text/html, application/xhtml+xml, */*;q=0.5"


def lay_out(
    *,
    address: str,
    by: User | None,
    now: datetime,
    channel: Channel | None = None,
    outlet: Outlet | None = None,
) -> PointedPage:
    """Fetch a page and lay it on the desk to be pointed at; what lay there for more than a day goes.

    Raises NotRead, with the sentence for the editor.
    """
    with world_in_words(), waiting_for_turns(PATIENCE_SECONDS):
        response = ask_page(
            typed_address(address), headers={"Accept": _TYPES}, limit_bytes=PAGE_BYTES, now=now
        )
    _refuse_what_is_no_page(response)
    PointedPage.objects.filter(fetched_at__lt=now - KEPT).delete()
    page = PointedPage(
        address=typed_address(address),
        final_url=response.final_url,
        content_type=cut(response.header("Content-Type") or "", 200),
        packed=gzip.compress(response.body),
        fetched_at=now,
        by=by,
        channel=channel,
        outlet=outlet or (channel.outlet if channel else None),
    )
    page.full_clean(exclude=["packed"])
    page.save()
    return page


def look_at_page(page: PointedPage, **words: Any) -> Look:
    """Return what the picker shows of a page; words: those of `pointing_look.look`. Raises NotRead."""
    with _in_words():
        return pointing_apart.look(page.content, url=page.final_url, content_type=page.content_type, **words)


def frame_of_page(page: PointedPage, **words: Any) -> dict[str, str]:
    """Return the page fit to be pointed at; words: those of `pointing_look.frame`. Raises NotRead."""
    with _in_words():
        return pointing_apart.frame(page.content, url=page.final_url, content_type=page.content_type, **words)


def watch_page(
    *,
    page: PointedPage,
    texts: Mapping[str, str],
    others: Mapping[str, str] | None = None,
    outlet: Outlet | None,
    name: str = "",
    title: str = "",
    by: User | None,
    now: datetime,
) -> Channel:
    """Watch a page by rules, as a channel of `outlet` or of a new one called `name`; its first check is enqueued.

    texts, others: as `page_rules.written` takes them. Raises BadRule, RulesFindNothing, AlreadyWatched, NotRead.
    """
    look = _sound(page, texts, others)
    _refuse_second(page.address)
    try:
        with transaction.atomic():
            outlet = outlet or _new_outlet(page, look, name=name)
            channel = _write_channel(page, look, outlet=outlet, title=title, now=now)
            write_down(
                verb="watch", subject=outlet, by=by, now=now, summary=channel.address, after=look.rules
            )
            enqueue_check(channel)
    except IntegrityError:  # somebody added it meanwhile
        _refuse_second(page.address)
        raise
    return channel


def change_rules(
    *,
    channel: Channel,
    page: PointedPage,
    texts: Mapping[str, str],
    others: Mapping[str, str] | None = None,
    by: User | None,
    now: datetime,
) -> Channel:
    """Read a channel by other rules from now on; it is checked at once. Raises BadRule, RulesFindNothing, NotRead."""
    look = _sound(page, texts, others)
    with transaction.atomic():
        before = dict(channel.rules)
        channel.rules = look.rules
        # What we remember of the last answer was read by the old rules: the same answer says something new now.
        channel.etag = channel.last_modified = channel.body_hash = ""
        channel.next_check_at = now
        channel.full_clean(validate_unique=False)
        channel.save(update_fields=["rules", "etag", "last_modified", "body_hash", "next_check_at"])
        write_down(
            verb="change-rules",
            subject=channel,
            by=by,
            now=now,
            summary=channel.address,
            before=before,
            after=look.rules,
        )
        enqueue_check(channel)
    return channel


def _sound(page: PointedPage, texts: Mapping[str, str], others: Mapping[str, str] | None) -> Look:
    """Return what the rules find. Raises BadRule or RulesFindNothing where that is nothing."""
    written(texts, others)
    look = look_at_page(page, texts=dict(texts), others=dict(others or {}))
    if look.trouble or not look.entries:
        raise RulesFindNothing(look.trouble or _("The rules find no piece on this page."))
    return look


def _refuse_what_is_no_page(response: Response) -> None:
    refuse_failure(response)
    kind = response.header("Content-Type") or ""
    if not may_be_page(kind):
        raise NotRead(
            _(NO_PAGE) % {"url": response.final_url, "kind": cut(media_type(kind), 80)}, answer=response
        )


def _refuse_second(address: str) -> None:
    channel = everything_known().channel_at(address)
    if channel is not None:
        raise AlreadyWatched(channel)


def _new_outlet(page: PointedPage, look: Look, *, name: str) -> Outlet:
    home = front_page(page.final_url)
    host = read(home).host
    called = name_for(given=name, title=look.title, host=host)
    slug = slug_for(name=called, host=host, is_taken=lambda one: Outlet.objects.filter(slug=one).exists())
    outlet = Outlet(name=called, slug=slug, home_url=home, language=look.language[:20])
    outlet.full_clean(exclude=["home_url"])
    outlet.save()
    return outlet


def _write_channel(page: PointedPage, look: Look, *, outlet: Outlet, title: str, now: datetime) -> Channel:
    channel = Channel(
        outlet=outlet,
        kind=Channel.Kind.PAGE,
        address=page.address,
        title=cut(one_line(title) or one_line(look.title), 200),
        rules=look.rules,
        next_check_at=now,
    )
    channel.full_clean(validate_unique=False)
    channel.save()
    return channel


@contextmanager
def _in_words() -> Iterator[None]:
    """Turn what a page does to its reader into NotRead, and leave a bad rule as it is."""
    with world_in_words():
        try:
            yield
        except (BadRule, RulesFindNothing):
            raise
        except (NotAFeed, HostileMarkup) as error:
            raise NotRead(refused(error), is_final=True) from error
