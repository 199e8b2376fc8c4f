"""Drops: what partners lay into a folder or send to an address is kept, read apart, and made into entries."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dateline.intake import brought_apart, drops
from dateline.intake.actions.asking import NotRead, world_in_words
from dateline.intake.actions.keeping import keep_raw
from dateline.intake.actions.receiving import (
    enqueue_reading,
    note_read,
    note_refused,
    note_waiting,
    write_pieces,
)
from dateline.intake.brought import content_type_of, entry_of
from dateline.intake.models import Delivery, Drop
from dateline.intake.snapshots_evidence import brought
from dateline.lib.confined import TookTooLong
from dateline.lib.crash import crash_point
from dateline.lib.files import sync_folder, write_atomically
from dateline.lib.formats.pieces import Delivered, Unreadable
from dateline.lib.formats.sniffing import opened
from dateline.lib.text import cut
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.sources.models import Channel, Outlet

PAGE: Final = 200
TOKEN_BYTES: Final = 32
_CHUNK: Final = 2**20
# Larger files lie in the folder only; the part of each piece is kept as its proof.
KEPT_WHOLE: Final = 32 * 2**20
HOUR: Final = timedelta(hours=1)
PATIENCE: Final = timedelta(minutes=10)


class Readable(Protocol):
    """Where the bytes of a file come from."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes."""
        ...


class NotTaken(ValueError):
    """A file that was sent is not taken. status: of HTTP. retry_after: seconds, 0 where it is in vain."""

    def __init__(self, message: str, *, status: int, retry_after: int = 0) -> None:
        self.status = status
        self.retry_after = retry_after
        super().__init__(message)


# What the desk does


@transaction.atomic
def open_drop(*, outlet: Outlet, by: User | None, now: datetime) -> tuple[Drop, str]:
    """Return a new drop of an outlet, its folder made, and the secret of its address, which is told this once."""
    folder = _free_folder(outlet.slug)
    channel = Channel.objects.create(
        outlet=outlet, kind=Channel.Kind.DROP, address=f"drop:{folder}", title=folder, next_check_at=now
    )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    drop = Drop.objects.create(channel=channel, folder=folder, token_sha256=drops.hash_of(token))
    write_down(verb="open-drop", subject=channel, by=by, now=now, summary=channel.address)
    lay_folders(drop)
    return drop, token


@transaction.atomic
def renew_token(*, drop: Drop, by: User | None, now: datetime) -> str:
    """Return a new secret for the drop's address; the old one is worth nothing from now on."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    drop.token_sha256 = drops.hash_of(token)
    drop.save(update_fields=["token_sha256"])
    write_down(verb="renew-token", subject=drop.channel, by=by, now=now, summary=drop.channel.address)
    return token


def drop_of(token: str) -> Drop | None:
    """Return the drop whose secret this is, None where it is nobody's."""
    wanted = drops.hash_of(token)
    drop = Drop.objects.select_related("channel__outlet").filter(token_sha256=wanted).first()
    is_it = drop is not None and hmac.compare_digest(drop.token_sha256, wanted)
    return drop if is_it and drop is not None and drop.channel.is_watched else None


def folder_of(drop: Drop) -> Path:
    """Return where partners lay files."""
    return Path(settings.HOME.path) / "drops" / drop.folder


def lay_folders(drop: Drop) -> None:
    """Make the folders of a drop that are missing."""
    for name in drops.FOLDERS:
        (folder_of(drop) / name).mkdir(parents=True, exist_ok=True)


def _free_folder(slug: str) -> str:
    base = slugify(slug)[:60] or "drop"
    names = [base, *(f"{base}-{number}" for number in range(2, 1000))]
    taken = set(Drop.objects.filter(folder__in=names).values_list("folder", flat=True))
    return next(name for name in names if name not in taken)


# What comes


def receive_post(
    *, drop: Drop, body: Readable, content_type: str, length: int | None, now: datetime
) -> Delivery:
    """Take a file that was sent: on the disk and written down when this returns. Raises NotTaken."""
    if not drops.is_taken_type(content_type):
        raise NotTaken(_(drops.BAD_TYPE) % {"kind": cut(content_type, 80)}, status=415)
    _refuse_flood(drop, length or 0, now=now)
    content = body.read(drops.POSTED_BYTES + 1)
    if not content.strip():
        raise NotTaken(_(drops.NO_CONTENT), status=400)
    _refuse_flood(drop, len(content), now=now)
    receipt = secrets.token_hex(12)
    lay_folders(drop)
    path = folder_of(drop) / drops.INCOMING / receipt
    write_atomically(path, content)
    return _written(drop, path, name=receipt, receipt=receipt, kind=Delivery.Kind.POST, now=now)


def _refuse_flood(drop: Drop, size: int, *, now: datetime) -> None:
    if size > drops.POSTED_BYTES:
        raise NotTaken(_(drops.TOO_LARGE) % {"limit": drops.POSTED_BYTES // 2**20}, status=413)
    if Delivery.bytes_since(drop.channel, now - HOUR) + size > drops.HOURLY_BYTES:
        words = _(drops.TOO_MUCH) % {"limit": drops.HOURLY_BYTES // 2**20}
        raise NotTaken(words, status=429, retry_after=int(HOUR.total_seconds()))


def look_into_drops(*, now: datetime) -> int:
    """Take what is ready in the folders of all drops, finish what was begun; return how many files came."""
    watched = Drop.objects.filter(channel__is_watched=True).select_related("channel__outlet")
    came = sum(look_into(drop=drop, now=now) for drop in watched)
    for delivery in Delivery.objects.waiting().filter(received_at__lt=now - PATIENCE):
        enqueue_reading(delivery)
    return came


def look_into(*, drop: Drop, now: datetime) -> int:
    """Take what is ready in one folder; return how many files came."""
    lay_folders(drop)
    folder = folder_of(drop)
    incoming = folder / drops.INCOMING
    names = drops.ready(_seen(folder), now=now.timestamp())
    for name in names:
        key = secrets.token_hex(4)
        (folder / name).rename(incoming / drops.kept_name(name, key=key))
    sync_folder(incoming)
    moved = drops.ready(_seen(incoming), now=now.timestamp())
    known = set(Delivery.objects.filter(channel=drop.channel).exclude(path="").values_list("path", flat=True))
    for name in moved:
        if str(incoming / name) not in known:
            _written(drop, incoming / name, name=name, receipt="", kind=Delivery.Kind.FILE, now=now)
    _put_away_what_was_read(drop)
    return len(names)


def _seen(folder: Path) -> Iterator[drops.Seen]:
    with os.scandir(folder) as files:
        for file in files:
            told = file.stat(follow_symlinks=False)
            is_plain = file.is_file(follow_symlinks=False)
            yield drops.Seen(name=file.name, changed_at=told.st_mtime, is_plain=is_plain)


def _written(drop: Drop, path: Path, *, name: str, receipt: str, kind: str, now: datetime) -> Delivery:
    """Keep a file and write it down; have it read."""
    sha256, size = _hash(path)
    if size <= KEPT_WHOLE:
        with opened(path) as file:
            body = file.read()
        keep_raw(
            brought(
                body, name=f"urn:sha256:{sha256}", came_at=now, content_type=content_type_of(body, guid="")
            )
        )
    delivery = Delivery(
        kind=kind,
        channel=drop.channel,
        name=cut(name, 500),
        received_at=now,
        sha256=sha256,
        size=size,
        path=str(path),
        receipt=receipt,
    )
    with transaction.atomic():
        delivery.save()
        enqueue_reading(delivery)
        crash_point("intake.file-before-commit")
    return delivery


def _hash(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with opened(path) as file:
        while part := file.read(_CHUNK):
            digest.update(part)
            size += len(part)
    return digest.hexdigest(), size


# What is made of it


def read_file(*, delivery: Delivery, now: datetime) -> Delivery:
    """Read a delivered file apart and write its pieces as entries, or note why not; then put the file away."""
    try:
        with world_in_words():
            _read(delivery, now=now)
    except Unreadable as error:
        note_refused(delivery, why=str(error), now=now)
    except FileNotFoundError:
        note_refused(delivery, why=_("The file is not there any more; somebody took it away."), now=now)
    except NotRead as trouble:
        if not (trouble.is_final or isinstance(trouble.__cause__, TookTooLong)):
            note_waiting(delivery, trouble=trouble)
            raise
        note_refused(delivery, why=str(trouble), now=now)
    crash_point("intake.file-read")
    put_away(delivery)
    return delivery


def _read(delivery: Delivery, *, now: datetime) -> None:
    channel = delivery.channel
    if channel is None:
        raise Unreadable(_("The outlet that this came from was removed."))
    pieces = new = 0
    form, remarks = "", list[str]()
    for page in _pages(Path(delivery.path)):
        found = [entry_of(piece) for piece in page.pieces]
        told, fresh = write_pieces(delivery, found, channel=channel, now=now)
        pieces, new, form = pieces + told, new + fresh, page.form
        remarks += page.passed_over
    if not pieces:
        raise Unreadable(" ".join([_("No piece was found in it."), *remarks[:10]]))
    note_read(
        delivery, channel=channel, pieces=pieces, new=new, form=form, remarks=" ".join(remarks[:50]), now=now
    )


def _pages(path: Path) -> Iterator[Delivered]:
    start = 0
    while True:
        page = brought_apart.read_file(path, start=start, count=PAGE)
        yield page
        if page.is_whole:
            return
        start += PAGE


def put_away(delivery: Delivery) -> None:
    """Move a file that was read to `done/` or `refused/`, beside it a text that says why it was refused."""
    path = Path(delivery.path)
    if not delivery.path or delivery.state not in (Delivery.State.READ, Delivery.State.REFUSED):
        return
    is_refused = delivery.state == Delivery.State.REFUSED
    target = path.parent.parent / (drops.REFUSED if is_refused else drops.DONE) / path.name
    if path.exists():
        if is_refused:
            write_atomically(target.with_name(target.name + ".txt"), f"{delivery.trouble}\n".encode())
        path.rename(target)
        sync_folder(target.parent)
    delivery.path = ""
    delivery.save(update_fields=["path"])


def _put_away_what_was_read(drop: Drop) -> None:
    """Finish what a process that died had begun."""
    states = [Delivery.State.READ, Delivery.State.REFUSED]
    for delivery in Delivery.objects.filter(channel=drop.channel, state__in=states).exclude(path=""):
        put_away(delivery)
