"""Letters on their way to other servers, and letters from them.

A server that does not answer is left alone for longer and longer, and given up after a fortnight; an inbox that says
that it is gone is believed at once. Who is given up follows no more, until it asks again.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from dateline.lib.crash import crash_point
from dateline.lib.text import cut
from dateline.lib.urls import NotAWebAddress, read
from dateline.net.doors import explain, guarded_door
from dateline.net.errors import AddressRefused, FetchError
from dateline.net.letters import Answer
from dateline.net.signed import Letter, exchange
from dateline.publishing.actions.fediverse import DELIVER, write_letter
from dateline.publishing.fediverse import shapes, signing
from dateline.publishing.fediverse.reading import (
    FOLLOW,
    GONE,
    UNFOLLOW,
    Heard,
    NoActivity,
    host_of,
    is_same_host,
    read_activity,
    read_actor,
)
from dateline.publishing.fediverse.signing import BadSignature
from dateline.publishing.models import (
    Correspondent,
    Delivery,
    FediverseAccount,
    Follower,
    InboxHost,
    IncomingLetter,
)
from dateline.publishing.queries.fediverse import is_on, key_store
from dateline.work.actions import enqueue_by_name
from dateline.work.backoff import backoff_seconds

logger = logging.getLogger(__name__)

HEAR: Final = "publishing.hear_letters"
GIVEN_UP_AFTER: Final = timedelta(days=14)
# One that has been on its way for longer: who sent it has died.
LOST_AFTER: Final = timedelta(minutes=10)
# What is told again at no harm: whoever has heard it does nothing on hearing it again.
_REPEATABLE: Final = ("Delete", "Update", "Accept")
# So long it is known where a letter went; that a piece was taken back is told to everybody who ever wrote to us.
KEPT: Final = timedelta(days=30)
_PRUNED_AT_ONCE: Final = 5_000
_AT_ONCE: Final = 50
_MOST_WAITING: Final = 1_000
_KEY_FRESH: Final = timedelta(minutes=5)
_LONGEST_TROUBLE: Final = 500
_GONE: Final = (404, 410)
_LATER: Final = (408, 425, 429)
_FAILED: Final = 500
_ACCEPTED: Final = f'{shapes.MIME}, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
State = Delivery.State


class TooManyLetters(Exception):
    """More letters wait to be checked than we take in: whoever writes is to come again later."""


# Out


def deliver(*, host: str, now: datetime) -> int:
    """Send what waits for one server, if it may be asked now. Returns how many letters it took."""
    recover_lost(host=host, now=now)
    server, _made = InboxHost.objects.get_or_create(host=host)
    if server.retry_at and server.retry_at > now:
        enqueue_by_name(DELIVER, host=host, run_after=server.retry_at)
        return 0
    waiting = Delivery.objects.filter(host=host, state=State.WAITING).select_related("letter__account")
    taken = 0
    for row in waiting.order_by("pk")[:_AT_ONCE]:
        if not Delivery.objects.filter(pk=row.pk, state=State.WAITING).update(
            state=State.SENDING, touched_at=now, tries=F("tries") + 1
        ):
            continue
        crash_point("publishing.before-letter")
        if not _delivered(row, server, now=now):
            break
        taken += 1
    left = Delivery.objects.filter(host=host, state=State.WAITING).exists()
    if left:
        enqueue_by_name(DELIVER, host=host, run_after=server.retry_at or now)
    return taken


def _delivered(row: Delivery, server: InboxHost, *, now: datetime) -> bool:
    """Send one letter, and write down what came of it. Returns whether the server may be asked more."""
    try:
        answer = _send(row, now=now)
    except AddressRefused as error:
        _settle(row, State.REFUSED, explain(error), now=now)  # no address of the public internet
        return True
    except FetchError as error:
        return _silent(row, server, explain(error), now=now)
    crash_point("publishing.letter-sent")
    if answer.status in _LATER or answer.status >= _FAILED:
        return _silent(row, server, f"It answered with status {answer.status}.", now=now)
    _hears(server)
    if answer.is_success:
        _settle(row, State.SENT, "", now=now)
    else:
        _settle(row, State.REFUSED, f"It answered with status {answer.status}.", now=now)
        if answer.status in _GONE:
            _forget_inbox(row.inbox, now=now)
    return True


def _send(row: Delivery, *, now: datetime) -> Answer:
    account = row.letter.account
    body = row.letter.body.encode()
    return _asked(row.inbox, account=account, now=now, body=body)


def _asked(url: str, *, account: FediverseAccount, now: datetime, body: bytes | None = None) -> Answer:
    """Return what another server answers to a letter that one of our accounts has signed. Raises FetchError."""
    try:
        target = str(read(url))
    except NotAWebAddress:
        target = url  # the door says what is wrong with it
    headers = signing.signed(
        target,
        method="GET" if body is None else "POST",
        key_id=shapes.key_id(shapes.actor_uri(settings.DATELINE_URL, account.handle)),
        private=key_store().private(account.handle),
        now=now,
        body=body,
    )
    kind = {"content-type": shapes.MIME} if body is not None else {"accept": _ACCEPTED}
    return exchange(Letter(target, {**headers, **kind}, body), door=guarded_door())


def _settle(row: Delivery, state: State, trouble: str, *, now: datetime) -> None:
    Delivery.objects.filter(pk=row.pk).update(
        state=state, touched_at=now, trouble=cut(trouble, _LONGEST_TROUBLE)
    )


def _hears(server: InboxHost) -> None:
    if server.failures or server.silent_since or server.retry_at:
        server.failures, server.silent_since, server.retry_at = 0, None, None
        server.save()


def _silent(row: Delivery, server: InboxHost, trouble: str, *, now: datetime) -> bool:
    """The letter waits on, and its server is left alone for a while; after a fortnight it is given up."""
    _settle(row, State.WAITING, trouble, now=now)
    server.failures += 1
    server.silent_since = server.silent_since or now
    server.retry_at = now + timedelta(seconds=backoff_seconds(server.failures + 3, jitter=0.5))
    server.save()
    if now - server.silent_since >= GIVEN_UP_AFTER:
        _give_up(server.host, now=now)
    return False


@transaction.atomic
def _give_up(host: str, *, now: datetime) -> None:
    waiting = Delivery.objects.filter(host=host, state=State.WAITING)
    waiting.update(
        state=State.DROPPED, touched_at=now, trouble="Its server has not answered for a fortnight."
    )
    Follower.objects.filter(correspondent__host=host).delete()
    InboxHost.objects.filter(host=host).delete()
    logger.warning("%s has not answered for a fortnight: nobody there follows us any more.", host)


@transaction.atomic
def _forget_inbox(inbox: str, *, now: datetime) -> None:
    """Who has this inbox follows no more; one that is shared by a server is left out, as its owners may stay."""
    Follower.objects.filter(correspondent__inbox=inbox).delete()
    Correspondent.objects.filter(shared_inbox=inbox).update(shared_inbox="")
    waiting = Delivery.objects.filter(inbox=inbox, state=State.WAITING)
    waiting.update(state=State.DROPPED, touched_at=now, trouble="The inbox is gone.")


def recover_lost(*, host: str, now: datetime) -> int:
    """Find letters that were being sent when their worker died. Returns how many.

    Nobody knows whether they arrived. What can be told twice is sent again; what must not be is left: its next change,
    or that it was taken back, is told all the same.
    """
    lost = Delivery.objects.filter(host=host, state=State.SENDING, touched_at__lt=now - LOST_AFTER)
    again = lost.filter(letter__kind__in=_REPEATABLE).update(state=State.WAITING, touched_at=now)
    return again + lost.update(
        state=State.UNKNOWN,
        touched_at=now,
        trouble="Its worker died while it was sent: it is not sent twice.",
    )


def prune_deliveries(*, now: datetime) -> int:
    """Forget deliveries that ended a month ago. Their letters stay, so that nothing is told a second time."""
    ended = [State.SENT, State.REFUSED, State.DROPPED, State.UNKNOWN]
    old = Delivery.objects.filter(state__in=ended, touched_at__lt=now - KEPT)
    keys = list(old.values_list("pk", flat=True)[:_PRUNED_AT_ONCE])
    return Delivery.objects.filter(pk__in=keys).delete()[0]


def deliver_all_due(*, now: datetime) -> int:
    """Have everything sent that waits, whoever died over it. Returns for how many servers."""
    live = Q(state=State.WAITING) | Q(state=State.SENDING, touched_at__lt=now - LOST_AFTER)
    hosts = set(Delivery.objects.filter(live).values_list("host", flat=True))
    silent = set(InboxHost.objects.filter(retry_at__gt=now).values_list("host", flat=True))
    for host in sorted(hosts - silent):
        enqueue_by_name(DELIVER, host=host)
    return len(hosts - silent)


# In


def take_letter(*, path: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Take a letter from outside: at once where its sender is known, else when its key was looked up.

    headers: by their names in small letters. Returns whether it was believed already. Raises NoActivity,
    BadSignature, TooManyLetters.
    """
    heard = read_activity(body)
    found = signing.read_signature(headers.get("signature", ""))
    signing.check_letter(found, headers, body=body, host=urlsplit(settings.DATELINE_URL).netloc, now=now)
    if not is_same_host(found.owner_hint, heard.actor):
        raise BadSignature("The letter was signed by somebody of another server.")
    known = Correspondent.objects.filter(uri=heard.actor).first()
    if known is None and heard.what != FOLLOW:
        return False  # whoever does not follow us has nothing to take back
    if known is not None:
        try:
            signing.verify(found, headers, method="POST", path=path, public=known.key_pem)
        except BadSignature:
            if now - known.seen_at < _KEY_FRESH:
                raise
        else:
            _obey(heard, known, now=now)
            return True
    if IncomingLetter.objects.count() >= _MOST_WAITING:
        raise TooManyLetters
    kept = {name: headers[name] for name in headers if name in {*found.headers, "signature"}}
    IncomingLetter.objects.create(path=path, headers=kept, body=body, received_at=now)
    enqueue_by_name(HEAR)
    return False


def hear_letters(*, now: datetime) -> int:
    """Look up the keys of those whose letters wait, and do what they ask. Returns how many were believed."""
    believed = 0
    for row in IncomingLetter.objects.all()[:_AT_ONCE]:
        try:
            believed += _heard(row, now=now)
        except (NoActivity, BadSignature, FetchError) as error:
            logger.info("A letter to %s is not believed: %s", row.path, error)
        row.delete()
    if IncomingLetter.objects.exists():
        enqueue_by_name(HEAR)
    return believed


def _heard(row: IncomingLetter, *, now: datetime) -> bool:
    body = bytes(row.body)
    heard = read_activity(body)
    found = signing.read_signature(row.headers.get("signature", ""))
    known = _looked_up(heard.actor, now=now)
    if known is None:
        return False
    signing.verify(found, row.headers, method="POST", path=row.path, public=known.key_pem)
    _obey(heard, known, now=now)
    return True


def _looked_up(uri: str, *, now: datetime) -> Correspondent | None:
    """Return an account elsewhere as its own server tells it now. Raises FetchError, NoActivity."""
    account = FediverseAccount.objects.order_by("pk").first()
    if account is None:
        return None
    answer = _asked(uri, account=account, now=now)
    if not answer.is_success:
        raise NoActivity(f"{uri} answered with status {answer.status}.")
    told = read_actor(answer.body, uri=uri)
    return Correspondent.objects.update_or_create(
        uri=told.uri,
        defaults={
            "host": host_of(told.uri),
            "inbox": told.inbox,
            "shared_inbox": told.shared_inbox,
            "key_id": told.key_id,
            "key_pem": told.key_pem,
            "seen_at": now,
        },
    )[0]


@transaction.atomic
def _obey(heard: Heard, who: Correspondent, *, now: datetime) -> None:
    """Do what somebody asks whom we have recognised."""
    if heard.what == GONE:
        who.delete()
        return
    base = f"{settings.DATELINE_URL}/fediverse/"
    handle = heard.whom.removeprefix(base).removesuffix(".activity")
    account = FediverseAccount.objects.filter(handle=handle).first() if heard.whom.startswith(base) else None
    if account is None or not is_on():
        return
    if heard.what == FOLLOW:
        Follower.objects.get_or_create(account=account, correspondent=who, defaults={"since": now})
        name = sha256(f"{heard.actor} {heard.uri}".encode()).hexdigest()[:32]
        by = shapes.actor_uri(settings.DATELINE_URL, account.handle)
        letter = shapes.accept(heard.told, by=by, uri=f"{by}#accept-{name}")
        write_letter(letter, account, None, to=[who.inbox], now=now)
    elif heard.what == UNFOLLOW:
        Follower.objects.filter(account=account, correspondent=who).delete()
