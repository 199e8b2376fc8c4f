"""Telling those who follow us elsewhere: what came out, what changed, what was taken back. Each is told once.

What is told is what is baked: the file beside the piece is read again, so that followers are told of nothing that a
reader would not find. A letter has a name that is unique in the database, and goes to each inbox once.

    file changed ──▶ job announce ──▶ Outgoing ─▶ Delivery, one for each inbox ──▶ job deliver, one for each host
"""

import json
import re
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction

from dateline.articles.models import Article, Section
from dateline.publishing.actions.announcing import FILE
from dateline.publishing.actions.due import mark_due, raise_tags
from dateline.publishing.actions.placing import store
from dateline.publishing.fediverse import shapes
from dateline.publishing.fediverse.reading import host_of
from dateline.publishing.models import (
    BakedFile,
    Correspondent,
    Delivery,
    FediverseAccount,
    Follower,
    Outgoing,
)
from dateline.publishing.queries.baked import Errand
from dateline.publishing.queries.due import SITE
from dateline.publishing.queries.fediverse import accounts_of, is_on, key_store, site_handle
from dateline.publishing.queries.press import open_press
from dateline.publishing.recipes.fediverse import KIND
from dateline.site.queries import identity, languages
from dateline.work.actions import enqueue_by_name

DELIVER: Final = "publishing.deliver"
_NAME: Final = FILE.removeprefix("/")
_PLAIN: Final = re.compile(r"[a-z0-9_-]{1,60}")
# What a follower reads of a piece.
_WORDS: Final = ("name", "summary", "content", "nameMap", "summaryMap", "contentMap")
_TOLD: Final = ("Create", "Announce", "Update")


# Accounts


def ensure_accounts(*, now: datetime) -> list[FediverseAccount]:
    """Make the accounts that are missing: one for each language, and for each section of it. Returns the new ones."""
    if not is_on():
        return []
    codes = [one.code for one in languages(identity())]
    made = [_account(site_handle(code), code, None, now=now) for code in codes]
    known = set(FediverseAccount.objects.filter(section__isnull=False).values_list("section", flat=True))
    sections = Section.objects.filter(locale__language_code__in=codes).exclude(pk__in=known)
    made += [
        _account(_handle_of(one), str(one.locale.language_code), one, now=now)
        for one in sections.select_related("locale")
    ]
    new = [one for one in made if one is not None]
    if new:
        with transaction.atomic():
            errands = [Errand(KIND, ""), *(Errand(KIND, one.handle) for one in new)]
            errands += [Errand(KIND, f"{one.handle}:out") for one in new]
            mark_due(errands, why="an account was made that can be followed")
            raise_tags(SITE)
    return new


def _handle_of(section: Section) -> str:
    site = site_handle(str(section.locale.language_code))
    slug = section.slug.lower()
    return f"{site}.{slug}" if _PLAIN.fullmatch(slug) else f"{site}.s{section.pk}"


def _account(
    handle: str, language: str, section: Section | None, *, now: datetime
) -> FediverseAccount | None:
    if FediverseAccount.objects.filter(handle=handle).exists():
        if section is None:
            return None
        handle = f"{site_handle(language)}.s{section.pk}"
    key_store().private(handle)
    try:
        with transaction.atomic():
            return FediverseAccount.objects.create(
                handle=handle, language=language, section=section, made_at=now
            )
    except IntegrityError:
        return None  # somebody made it at the same moment


# Telling


def announce(*, path: str, now: datetime) -> int:
    """Tell followers what stands at the address of a piece's file now. Returns how many letters were written.

    What came out before the account was made is not told anew. Safe to repeat.
    """
    account = FediverseAccount.objects.filter(handle=site_handle(path.split("/")[1])).first()
    if not is_on() or account is None:
        return 0
    uri = f"{settings.DATELINE_URL}{path}"
    told = Outgoing.objects.filter(uri=f"{uri}#create").first()
    found = _standing(path)
    if found is None or found.get("type") == "Tombstone":
        return _take_back(uri, account, told, found, now=now)
    if told is not None:
        return _update(found, account, told, now=now)
    # A file tells whole seconds: what came out in the second of the account came out after it.
    if datetime.fromisoformat(found["published"]) < account.made_at.replace(microsecond=0):
        return 0
    return _come_out(path, found, account, now=now)


def _standing(path: str) -> dict[str, Any] | None:
    row = BakedFile.objects.filter(path=path).first()
    if row is None:
        return None
    try:
        told: dict[str, Any] = json.loads((store().root / row.file).read_bytes())
    except (FileNotFoundError, ValueError):
        return None  # it was just taken away; whoever did that has this asked again
    return told


def _piece_at(path: str) -> uuid.UUID | None:
    page = BakedFile.objects.filter(path=path.removesuffix(_NAME)).first()
    return page.piece if page else None


def _come_out(path: str, found: dict[str, Any], account: FediverseAccount, *, now: datetime) -> int:
    """The site publishes it, the accounts of its sections pass it on."""
    piece = _piece_at(path)
    article = Article.objects.filter(uid=piece).first() if piece else None
    letters = [_write(shapes.create(found), account, piece, to=_inboxes([account]), now=now)]
    for other in accounts_of(open_press(now=now), article) if article else ():
        if other.pk != account.pk:
            by = shapes.actor_uri(settings.DATELINE_URL, other.handle)
            passed = shapes.announce(found, by=by, followers=_followers(other))
            letters.append(_write(passed, other, piece, to=_inboxes([other]), now=now))
    return sum(letters)


def _update(found: dict[str, Any], account: FediverseAccount, told: Outgoing, *, now: datetime) -> int:
    """Tell all who were told of it, where it says a later time of change than the last telling.

    Within one second, which is as exact as files tell, it has to have other words.
    """
    last = _last_told(told)
    since, until = _changed_at(last), _changed_at(found)
    if until < since or (until == since and all(found.get(name) == last.get(name) for name in _WORDS)):
        return 0
    return _write(shapes.update(found), account, told.piece, to=_who_was_told(told, account), now=now)


def _changed_at(told: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(told.get("updated") or told["published"])


def _last_told(told: Outgoing) -> dict[str, Any]:
    """Return the piece as followers know it."""
    since = Outgoing.objects.filter(uri__startswith=told.uri.removesuffix("#create") + "#", kind="Update")
    last = since.order_by("pk").last() or told
    piece: dict[str, Any] = json.loads(last.body)["object"]
    return piece


def _take_back(
    uri: str,
    account: FediverseAccount,
    told: Outgoing | None,
    found: dict[str, Any] | None,
    *,
    now: datetime,
) -> int:
    """Have all who were told of it forget it; what is still on its way there is not sent."""
    if told is None:
        return 0
    letters = Outgoing.objects.filter(uri__startswith=f"{uri}#", kind__in=_TOLD)
    Delivery.objects.filter(letter__in=letters, state=Delivery.State.WAITING).update(
        state=Delivery.State.DROPPED, touched_at=now, trouble="The piece was taken back before it was told."
    )
    gone = found or shapes.tombstone(uri=uri, at=now)
    letter = shapes.delete(
        gone, by=shapes.actor_uri(settings.DATELINE_URL, account.handle), followers=_followers(account)
    )
    to = _who_was_told(told, account) | _everybody_we_know()
    return _write(letter, account, told.piece, to=to, now=now)


def _everybody_we_know() -> set[str]:
    """Return the inboxes of all servers that ever wrote to us: deliveries of old letters are not kept for ever."""
    rows = Correspondent.objects.values_list("shared_inbox", "inbox")
    return {shared or own for shared, own in rows}


def _who_was_told(told: Outgoing, account: FediverseAccount) -> set[str]:
    """Return every inbox to which anything of a piece went, or may have gone, and those of today's followers."""
    about = Outgoing.objects.filter(uri__startswith=told.uri.removesuffix("#create") + "#")
    went = Delivery.objects.filter(letter__in=about).exclude(
        state__in=[Delivery.State.DROPPED, Delivery.State.REFUSED]
    )
    return {*went.values_list("inbox", flat=True), *_inboxes([account])}


def _inboxes(accounts: Iterable[FediverseAccount]) -> set[str]:
    """Return where letters to all followers of some accounts go: one for each server that has one for all."""
    rows = Follower.objects.filter(account__in=list(accounts))
    pairs = rows.values_list("correspondent__shared_inbox", "correspondent__inbox")
    return {shared or own for shared, own in pairs}


def _followers(account: FediverseAccount) -> str:
    return f"{settings.DATELINE_URL}{shapes.followers_path(account.handle)}"


def write_letter(
    node: dict[str, Any],
    account: FediverseAccount,
    piece: uuid.UUID | None,
    *,
    to: Iterable[str],
    now: datetime,
) -> int:
    """Write a letter down, with a delivery for each inbox, and have it sent. Returns 0 where that was done before."""
    return _write(node, account, piece, to=to, now=now)


@transaction.atomic
def _write(
    node: dict[str, Any],
    account: FediverseAccount,
    piece: uuid.UUID | None,
    *,
    to: Iterable[str],
    now: datetime,
) -> int:
    letter, is_new = Outgoing.objects.get_or_create(
        uri=node["id"],
        defaults={
            "account": account,
            "kind": node["type"],
            "piece": piece,
            "body": shapes.as_bytes(node).decode(),
            "at": now,
        },
    )
    if not is_new:
        return 0
    inboxes = sorted(set(to))
    Delivery.objects.bulk_create(
        [Delivery(letter=letter, inbox=inbox, host=host_of(inbox), touched_at=now) for inbox in inboxes],
        batch_size=500,
    )
    for host in sorted({host_of(inbox) for inbox in inboxes}):
        enqueue_by_name(DELIVER, host=host)
    return 1
