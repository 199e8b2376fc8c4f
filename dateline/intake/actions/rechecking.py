"""Looking again at pieces that we have: whether their source changed them, moved them, or took them away.

The looks of a piece grow rare with its age; what readers see something of is looked at for a year.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from dateline.intake import keepers
from dateline.intake.actions.again import rules_until, told_of
from dateline.intake.actions.asking import NotRead, NotYet, ask_page, world_in_words
from dateline.intake.actions.changed import enter_miss, sheet
from dateline.intake.actions.keeping import disk, is_as_kept, keep_snapshot
from dateline.intake.actions.pages import PAGE_TYPES, Page, page_in
from dateline.intake.changes_plan import (
    BUSY,
    PUBLIC_FOR,
    SOON,
    STEPS,
    Missed,
    is_for_good,
    is_sure,
    missed,
    next_look,
)
from dateline.intake.changes_told import Kind, fact
from dateline.intake.identity import identity_of
from dateline.intake.models import Change, Original, Snapshot, Watch
from dateline.intake.queries import latest_snapshot
from dateline.intake.snapshots import SnapshotStore
from dateline.intake.snapshots_apart import notice_apart
from dateline.lib.crash import crash_point
from dateline.lib.text import cut, one_line
from dateline.lib.urls import NotAWebAddress
from dateline.net.letters import PAGE_BYTES, Response
from dateline.work.actions import enqueue_by_name

NOT_MODIFIED: Final = 304
MOST_A_ROUND: Final = 200
MOST_OF_AN_OUTLET: Final = 5
LONGEST_VALIDATOR: Final = 1000


@dataclass(frozen=True)
class Looked:
    """What a look found. change: entered, if there was one to enter. words: for the log."""

    words: str
    change: Change | None = None


@dataclass(frozen=True)
class _Found:
    """What an answer shows. page: where it is still a piece; missed: where it is not."""

    page: Page | None = None
    missed: Missed | None = None
    answer: Response | None = None
    words: str = ""


def enqueue_due(*, now: datetime) -> int:
    """Enqueue a look at each piece whose time has come, few of an outlet at a time; return how many."""
    due = Watch.objects.filter(next_look_at__lte=now).select_related("original").order_by("next_look_at")
    taken: dict[int, int] = {}
    for watch in due[: MOST_A_ROUND * 5].iterator():
        outlet = watch.original.outlet_id
        if taken.get(outlet, 0) < MOST_OF_AN_OUTLET and sum(taken.values()) < MOST_A_ROUND:
            taken[outlet] = taken.get(outlet, 0) + 1
            enqueue_by_name("intake.recheck", original_id=watch.original_id)
    return sum(taken.values())


def lay_watches(*, now: datetime) -> int:
    """Give a watch to pieces that should have one: older versions made none. Return how many."""
    since = now - STEPS[-1]
    bare = Original.objects.filter(watch__isnull=True, taken_at__gte=since, snapshots__isnull=False)
    made = [
        Watch(original=original, next_look_at=_next(original, now=now))
        for original in bare.distinct()[:MOST_A_ROUND]
    ]
    Watch.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def watch_longer(*, now: datetime) -> int:
    """Take up again the pieces that stopped being looked at, of which readers see something; return how many."""
    stopped = Watch.objects.filter(next_look_at__isnull=True, original__taken_at__gte=now - PUBLIC_FOR)
    pieces = {watch.original_id: watch for watch in stopped.select_related("original")}
    public = keepers.public_among(list(pieces))
    for original in public:
        watch = pieces[original]
        watch.next_look_at = _next(watch.original, now=now)
        watch.save(update_fields=["next_look_at"])
    return len(public)


def recheck(*, original: Original, now: datetime, store: SnapshotStore | None = None) -> Looked:
    """Look whether the piece is still there and says what it said; enter a change where it does not.

    What the world does to us is noted on the watch. A host whose turn has not come is asked later.
    """
    watch, _made = Watch.objects.get_or_create(original=original)
    latest = latest_snapshot(original)
    if latest is None or latest.was_brought or not _is_on_the_web(original):
        return _stopped(watch, now=now)  # of what was brought, new versions are brought too
    try:
        with world_in_words():
            found = _look(original, watch, latest, now=now, store=store)
            crash_point("intake.looked-again")
            return _entered(original, watch, found, now=now, store=store)
    except NotYet as busy:
        _put_off(watch, until=busy.until, now=now)
        return Looked("the host is busy")
    except NotRead as trouble:
        return _troubled(original, watch, trouble, now=now)


def _look(
    original: Original, watch: Watch, latest: Snapshot, *, now: datetime, store: SnapshotStore | None
) -> _Found:
    response = ask_page(
        original.url, headers={"Accept": PAGE_TYPES, **_conditions(watch)}, limit_bytes=PAGE_BYTES, now=now
    )
    if response.status == NOT_MODIFIED:
        return _Found(answer=response, words="not modified")
    if told := missed(response.status, asked=original.url, final_url=response.final_url):
        return _Found(missed=told, answer=response)
    if is_as_kept(response, latest, store=store):
        return _Found(answer=response, words="the same")
    try:
        page = page_in(
            response,
            before=told_of(original),
            rules_until=rules_until(original),
            now=now if latest.further.exists() else None,  # of one that was one page no second is asked for
        )
    except NotRead as trouble:
        if not response.is_success:
            raise
        return _Found(missed=_no_article(response, trouble), answer=response)
    if page.missing:  # half a piece says nothing of the whole
        raise NotRead(page.missing)
    return _Found(page=page, answer=response)


def _conditions(watch: Watch) -> dict[str, str]:
    told = {"If-None-Match": watch.etag, "If-Modified-Since": watch.last_modified}
    return {name: value for name, value in told.items() if value}


def _no_article(response: Response, trouble: NotRead) -> Missed:
    """Return what it means that no article is there any more, by what the page says instead."""
    notice = notice_apart(sheet(response.body, url=response.final_url, headers=response.headers))
    if notice.takes_back:
        return Missed(Kind.RETRACTION, [fact("retracted", words=notice.words)])
    if notice.says_gone:
        return Missed(Kind.REMOVED, [fact("says-gone", words=notice.words)])
    if notice.asks_for_money:
        return Missed(Kind.PAYWALLED, [fact("closed", status=response.status)])
    return Missed(Kind.UNREADABLE, [fact("no-article", words=str(trouble))])


def _entered(
    original: Original, watch: Watch, found: _Found, *, now: datetime, store: SnapshotStore | None
) -> Looked:
    if found.missed is not None:
        return _missed(original, watch, found.missed, answer=found.answer, now=now)
    if found.page is None:
        _note(watch, original, answer=found.answer, now=now)
        return Looked(found.words)
    latest = latest_snapshot(original)
    kept = keep_snapshot(found.page, original=original, store=store or disk(), now=now)
    change = Change.objects.filter(after=kept).first() if kept else None
    if change is None:
        change = _moved(original, found.page, latest, now=now)
    _note(watch, original, answer=found.answer, now=now, changed=change is not None)
    return Looked(change.kind if change else "the same", change)


def _moved(original: Original, page: Page, latest: Snapshot | None, *, now: datetime) -> Change | None:
    """Enter that the piece has another address, where its text is the same and every redirect is for good."""
    url = page.response.final_url
    if not is_for_good([hop.status for hop in page.response.hops]) or _is_same_address(original, url):
        return None
    told = fact("moved", url=url)
    if Change.objects.filter(original=original, kind=Kind.MOVED, facts=[told]).exists():
        return None
    with transaction.atomic():
        return enter_miss(Missed(Kind.MOVED, [told]), original=original, before=latest, now=now)


def _is_same_address(original: Original, url: str) -> bool:
    try:
        return identity_of(final_url=url, canonical="") == identity_of(final_url=original.url, canonical="")
    except NotAWebAddress:
        return True


def _missed(
    original: Original, watch: Watch, told: Missed, *, answer: Response | None, now: datetime
) -> Looked:
    """Count a miss; enter the change once it is sure, and once only while the piece stays missing."""
    watch.misses = watch.misses + 1 if watch.missed_as == told.kind else 1
    watch.missed_as = told.kind
    status = answer.status if answer else 0
    was_sure = watch.misses > 1 and is_sure(told.kind, looks=watch.misses - 1, status=status)
    change = None
    with transaction.atomic():
        if is_sure(told.kind, looks=watch.misses, status=status) and not was_sure:
            change = enter_miss(told, original=original, before=latest_snapshot(original), now=now)
        is_open = change is None and not was_sure
        watch.next_look_at = now + SOON if is_open else _next(original, now=now)
        _write(watch, now=now)
    return Looked(f"missed: {told.kind}", change)


def _troubled(original: Original, watch: Watch, trouble: NotRead, *, now: datetime) -> Looked:
    """Note what the world did to us. It says nothing of the piece, so its next look is the usual one."""
    watch.trouble = cut(one_line(str(trouble)), 500)
    usual = _next(original, now=now)
    earliest = now + trouble.asked_wait(now=now)
    watch.next_look_at = max(usual, earliest) if usual else None
    _write(watch, now=now)
    return Looked(watch.trouble)


def _note(
    watch: Watch, original: Original, *, answer: Response | None, now: datetime, changed: bool = False
) -> None:
    """Note that the piece was found, with the validators for the next time."""
    if answer is not None:
        watch.etag = _validator(answer, "ETag") or (watch.etag if answer.status == NOT_MODIFIED else "")
        watch.last_modified = _validator(answer, "Last-Modified") or (
            watch.last_modified if answer.status == NOT_MODIFIED else ""
        )
    watch.misses, watch.missed_as, watch.trouble = 0, "", ""
    watch.next_look_at = _next(original, now=now, changed=changed)
    _write(watch, now=now)


def _validator(answer: Response, name: str) -> str:
    told = answer.header(name) or ""
    return told if len(told) <= LONGEST_VALIDATOR else ""


def _write(watch: Watch, *, now: datetime) -> None:
    watch.looks, watch.looked_at = watch.looks + 1, now
    watch.save(
        update_fields=[
            "next_look_at",
            "looks",
            "looked_at",
            "etag",
            "last_modified",
            "misses",
            "missed_as",
            "trouble",
        ]
    )


def _put_off(watch: Watch, *, until: datetime, now: datetime) -> None:
    watch.next_look_at = max(until, now + min(BUSY, timedelta(minutes=1)))
    watch.save(update_fields=["next_look_at"])


def _stopped(watch: Watch, *, now: datetime) -> Looked:
    watch.next_look_at = None
    _write(watch, now=now)
    return Looked("nothing to look at on the web")


def _is_on_the_web(original: Original) -> bool:
    return original.url.startswith(("http://", "https://"))


def _next(original: Original, *, now: datetime, changed: bool = False) -> datetime | None:
    # While it is young it is looked at more often than what readers see of it asks for.
    is_public = now >= original.taken_at + STEPS[-1] and original.pk in keepers.public_among([original.pk])
    return next_look(
        taken_at=original.taken_at, now=now, identity=original.identity, is_public=is_public, changed=changed
    )
