"""Verbs of the press: bake one piece, what is around it, or everything; take down; mend.

The file first, then its row: a crash between them leaves a row that does not fit its file, which `mend` finds.
Each page is read from the database and written while nobody else makes the same one, so that an older state is
never put over a newer one.
"""

import json
import logging
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from dateline.articles.gate import lacks
from dateline.articles.models import Article
from dateline.articles.queries import redirects
from dateline.lib.crash import crash_point
from dateline.lib.files import write_atomically
from dateline.people.actions import write_down
from dateline.people.models import AuditEntry
from dateline.publishing.actions.recording import record_ended, record_published
from dateline.publishing.leaf import JSON, Leaf, record_path
from dateline.publishing.models import BakedFile, Clearance, Shown
from dateline.publishing.queries.article_page import article_page
from dateline.publishing.queries.baked import ARTICLE, OK, Errand, made_by, page_of, standing, that_show
from dateline.publishing.queries.listed import for_the_gate, listed, never_cleared, piece
from dateline.publishing.queries.press import Press, open_press
from dateline.publishing.queries.render import render
from dateline.publishing.recipes import RECIPES
from dateline.publishing.stores.disk import BACKSTAGE, DiskStore
from dateline.rights.models import Withdrawal
from dateline.work.progress import should_stop

logger = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
# What each surface of a withdrawal covers.
SURFACES: dict[str, tuple[str, ...]] = {
    "pages": (ARTICLE, "plain", "gone", "chooser"),
    "lists": ("home", "section", "topic", "contributor"),
    "feeds": ("feed",),
    "sitemap": ("sitemap",),
}
# A file without a row that is younger may be one that another process is just about to write down.
UNKNOWN_FOR = timedelta(minutes=5)


class NotAllBaked(RuntimeError):
    """Some pages could not be made. `troubles` says which, and why; all others stand."""

    def __init__(self, troubles: list[tuple[Errand, Exception]]) -> None:
        self.troubles = troubles
        first, why = troubles[0]
        super().__init__(
            f"{len(troubles)} of the pages could not be made; their old ones stand. "
            f"The first is {first.kind} {first.key}: {type(why).__name__}: {why}"
        )


class StillShown(RuntimeError):
    """A surface still shows a piece that was taken back."""


def store() -> DiskStore:
    """Return where baked files stand."""
    return DiskStore(settings.HOME.site)


# Baking


def bake_article(*, piece: uuid.UUID, now: datetime) -> BakedFile | None:
    """Make an article's own page. None where nothing of it may stand. Raises whatever rendering raises."""
    bake(open_press(now=now), Errand(ARTICLE, str(piece)))
    return page_of(piece)


def bake_around(*, piece: uuid.UUID, now: datetime) -> int:
    """Make an article's page, and everything that shows it or should: as it is live now, or is not any more.

    Returns how many files changed. Raises NotAllBaked.
    """
    press = open_press(now=now)
    own = Errand(ARTICLE, str(piece))
    shown_before = that_show(piece)
    changed = _bake_all(press, [own])
    write_redirects()
    errands = {*shown_before, *_entered(press, piece)} - {own}
    return changed + _bake_all(press, _in_order(errands))


def bake_everything(*, now: datetime, progress: Progress | None = None) -> int:
    """Make the whole site, and take away what should not stand. Returns how many files changed.

    progress: told after each errand (done, of how many, which). Ends early where a person asked for it; what is
    missing then is made by the next run. Raises NotAllBaked, after all the others were made.
    """
    press = open_press(now=now)
    # Lists hold what has a clearance: all have theirs before the first page is made, and each is asked again then.
    for uid in never_cleared():
        ask_gate(piece=uid, now=now)
    wanted = [Errand(kind, key) for kind, recipe in RECIPES.items() for key in recipe.keys(press)]
    errands = _in_order(dict.fromkeys([*wanted, *standing()]))
    changed = _bake_all(press, errands, progress=progress)
    write_redirects()
    return changed


def bake(press: Press, errand: Errand) -> int:
    """Make the files of one errand, and take away those that it does not make any more.

    Returns how many changed.
    """
    recipe = RECIPES.get(errand.kind)
    disk = store()
    with disk.holding(f"{errand.kind}:{errand.key}"):
        if errand.kind == ARTICLE:
            ask_gate(piece=uuid.UUID(errand.key), now=press.now)
        leaves = list(recipe.bake(press, errand.key)) if recipe else []
        if errand.kind == ARTICLE:
            leaves += _records_beside(press, uuid.UUID(errand.key), leaves)
        changed = sum(_put(disk, leaf, errand, now=press.now) for leaf in leaves)
        paths = {leaf.path for leaf in leaves}
        old = [row for row in made_by(errand) if row.path not in paths]
        for row in old:
            _take_away(disk, row)
    return changed + len(old)


def _records_beside(press: Press, uid: uuid.UUID, leaves: list[Leaf]) -> list[Leaf]:
    """Seal what the page of an article says, or that it stands no more; return the files of its record."""
    article = piece(uid)
    if article is None:
        record_ended(press, uid)
        return []
    return [
        Leaf(
            path=record_path(leaf.path),
            content=record_published(press, article, page=leaf.content).line.encode() + b"\n",
            content_type=JSON,
            language=leaf.language,
            shows=frozenset({uid}),
        )
        for leaf in leaves
    ]


def _bake_all(press: Press, errands: list[Errand], *, progress: Progress | None = None) -> int:
    changed, troubles = 0, []
    for number, errand in enumerate(errands, start=1):
        if should_stop():
            break
        try:
            changed += bake(press, errand)
        except Exception as error:  # noqa: BLE001  # one broken page keeps no other from being made
            troubles.append((errand, error))
        if progress:
            progress(number, len(errands), f"{errand.kind} {errand.key}")
    if troubles:
        raise NotAllBaked(troubles) from troubles[0][1]
    return changed


def _entered(press: Press, piece: uuid.UUID) -> Iterator[Errand]:
    article = Article.objects.filter(uid=piece).first()
    if article is None:
        return
    for kind, recipe in RECIPES.items():
        yield from (Errand(kind, key) for key in recipe.around(press, article))


def _in_order(errands: Iterable[Errand]) -> list[Errand]:
    order = {kind: number for number, kind in enumerate(RECIPES)}
    return sorted(errands, key=lambda errand: order.get(errand.kind, -1))


# The gate, asked again


def ask_gate(*, piece: uuid.UUID, now: datetime) -> bool:
    """Ask the gate whether an article may be printed, and keep its answer for all lists.

    One that is live and not cleared was made live past the gate, or has lost its right since: it is logged,
    and the audit has it once.
    """
    article = for_the_gate(piece)
    if article is None:
        Clearance.objects.filter(piece=piece).delete()
        return False
    missing = lacks(article, now=now)
    if not missing:
        Clearance.objects.get_or_create(piece=piece, defaults={"cleared_at": now})
        return True
    _refuse(article, " ".join(lack.message for lack in missing), now=now)
    return False


@transaction.atomic
def _refuse(article: Article, why: str, *, now: datetime) -> None:
    had_one = Clearance.objects.filter(piece=article.uid).delete()[0]
    logger.warning("Article %s is live and not cleared, so nothing of it is baked: %s", article.pk, why)
    entries = AuditEntry.objects.filter(
        verb="refuse-to-print", subject_type=article._meta.label_lower, subject_id=str(article.pk)
    )
    if had_one or not entries.exists():
        write_down(verb="refuse-to-print", subject=article, by=None, now=now, summary=why)


# Files and their rows


def _put(disk: DiskStore, leaf: Leaf, errand: Errand, *, now: datetime) -> int:
    digest = sha256(leaf.content).hexdigest()
    is_there = disk.digest(leaf.file) == digest and disk.status_of(leaf.file) == leaf.status
    if not is_there:
        disk.put(leaf.file, leaf.content, status=leaf.status)
        crash_point("publishing.file-written")
    if not is_there or not _is_written_down(leaf, errand, digest):
        crash_point("publishing.before-row")
        _write_row(leaf, errand, digest, now=now)
    return 0 if is_there else 1


def _is_written_down(leaf: Leaf, errand: Errand, digest: str) -> bool:
    row = BakedFile.objects.filter(path=leaf.path, sha256=digest, kind=errand.kind, key=errand.key)
    found = row.filter(status=leaf.status, is_indexed=leaf.is_indexed, changed_at=leaf.changed_at).first()
    return found is not None and set(found.shown.values_list("piece", flat=True)) == leaf.shows


@transaction.atomic
def _write_row(leaf: Leaf, errand: Errand, digest: str, *, now: datetime) -> None:
    row, _made = BakedFile.objects.update_or_create(
        path=leaf.path,
        defaults={
            "kind": errand.kind,
            "key": errand.key,
            "language": leaf.language,
            "piece": leaf.piece,
            "status": leaf.status,
            "is_indexed": leaf.is_indexed,
            "changed_at": leaf.changed_at,
            "file": leaf.file,
            "sha256": digest,
            "baked_at": now,
        },
    )
    known = set(row.shown.values_list("piece", flat=True))
    row.shown.filter(piece__in=known - leaf.shows).delete()
    Shown.objects.bulk_create([Shown(baked=row, piece=piece) for piece in leaf.shows - known])


def _take_away(disk: DiskStore, row: BakedFile) -> None:
    disk.remove(row.file)
    crash_point("publishing.file-removed")
    row.delete()


def write_redirects() -> int:
    """Write the old addresses of listed articles where the server reads them. Returns how many there are."""
    shown = set(listed().filter(redirects__isnull=False).values_list("pk", flat=True))
    places = {old: article.get_absolute_url() for old, article in redirects().items() if article.pk in shown}
    places = {old: new for old, new in places.items() if old != new}
    file = settings.HOME.site / BACKSTAGE / "redirects.json"
    content = json.dumps(places, ensure_ascii=False, sort_keys=True).encode()
    if not file.exists() or file.read_bytes() != content:
        write_atomically(file, content)
    return len(places)


def collect_static() -> int:
    """Lay out the files that pages and desk load (styles, fonts, scripts), with compressed forms.

    Returns how many texts were new. Once for each version of the program is enough.
    """
    call_command("collectstatic", interactive=False, verbosity=0)
    return store().compress_static()


# Withdrawal


def take_down(*, surface: str, withdrawal: Withdrawal, now: datetime) -> None:
    """Let one surface forget a piece. Safe to repeat. Raises StillShown where some file still shows it."""
    press = open_press(now=now)
    piece = withdrawal.piece
    kinds = SURFACES[surface]
    errands = {errand for errand in that_show(piece) if errand.kind in kinds}
    if surface == "pages":
        errands.add(Errand(ARTICLE, str(piece)))
    if surface == "sitemap":
        errands.add(Errand("sitemap", ""))
    _bake_all(press, _in_order(errands))
    _make_sure(surface, withdrawal)


def _make_sure(surface: str, withdrawal: Withdrawal) -> None:
    left = [errand for errand in that_show(withdrawal.piece) if errand.kind in SURFACES[surface]]
    if left:
        names = ", ".join(f"{errand.kind} {errand.key}" for errand in left[:5])
        raise StillShown(f"“{withdrawal.title}” is still shown by {names}.")
    if surface != "pages":
        return
    row = page_of(withdrawal.piece)
    if row and (row.status == OK or store().status_of(row.file) != row.status):
        raise StillShown(f"“{withdrawal.title}” still stands at {row.path}.")


# Mending


def mend(*, now: datetime) -> int:
    """Make good what a crash left: files that do not fit their rows, rows without files, files nobody knows.

    Returns how many files changed. Safe at any time, beside workers that bake. Raises NotAllBaked.
    """
    disk = store()
    disk.sweep(before=(now - UNKNOWN_FOR).timestamp())
    press = open_press(now=now)
    broken = {
        Errand(row.kind, row.key)
        for row in BakedFile.objects.all()
        if disk.digest(row.file) != row.sha256 or disk.status_of(row.file) != row.status
    }
    changed = _bake_all(press, _in_order(broken))
    for name in list(disk.names(before=(now - UNKNOWN_FOR).timestamp())):
        if not BakedFile.objects.filter(file=name).exists():
            disk.remove(name)
            changed += 1
    for uid in _unbaked(press):
        changed += bake_around(piece=uid, now=now)
    return changed


def _unbaked(press: Press) -> list[uuid.UUID]:
    """Live articles of the site's languages that have no page."""
    baked = BakedFile.objects.filter(kind=ARTICLE, status=OK).values("piece")
    live = Article.objects.live().filter(locale__language_code__in=press.codes)
    return list(live.exclude(uid__in=baked).values_list("uid", flat=True))


# Before it is baked


def preview(*, article: Article, now: datetime) -> str:
    """Return the page of an article as readers would see it now, without a file."""
    press = open_press(now=now)
    with press.making(article.language):
        return render("article", article_page(press, article)).decode()
