"""Verbs of the press: bake one piece, what is around it, or everything; take down; mend.

The file first, then its row: a crash between them leaves a row that does not fit its file, which `mend` finds.
Each page is read from the database and written while nobody else makes the same one, so that an older state is
never put over a newer one.
"""

import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command

from dateline.articles.models import Article, Redirect
from dateline.articles.queries import redirects
from dateline.lib.files import write_atomically
from dateline.publishing.actions.due import (
    WHOLE,
    Between,
    NoRoom,
    NotAllBaked,
    Progress,
    bake_due,
    bake_together,
    drain,
    mark_due,
    raise_tags,
)
from dateline.publishing.actions.making import TOGETHER, ask_gate_of_all, leaves_of
from dateline.publishing.actions.placing import put_all, sheaves, store
from dateline.publishing.actions.together import Changed, Trouble, change_together
from dateline.publishing.models import BakedFile, PieceDue, Shown
from dateline.publishing.queries.article_page import article_page
from dateline.publishing.queries.baked import (
    ARTICLE,
    OK,
    Errand,
    page_of,
    pages_of,
    standing,
    that_show_any,
)
from dateline.publishing.queries.due import DAY, SITE, not_listed, that_lost_pictures
from dateline.publishing.queries.listed import listed, never_cleared
from dateline.publishing.queries.nouns import with_what_they_enter
from dateline.publishing.queries.press import Press, open_press
from dateline.publishing.queries.render import render
from dateline.publishing.queries.why import found_at
from dateline.publishing.recipes import RECIPES, api, sitemap
from dateline.publishing.stores.disk import BACKSTAGE
from dateline.rights.models import Withdrawal
from dateline.work.progress import should_stop

# What each surface of a withdrawal covers.
SURFACES: dict[str, tuple[str, ...]] = {
    "pages": (ARTICLE, "plain", "republish", "side-by-side", "card", "gone", "chooser"),
    "lists": ("home", "newest", "section", "topic", "contributor", "outlet", "day", "corrections"),
    "editions": ("edition", "editions"),
    "feeds": ("feed",),
    "api": ("api",),
    "fediverse": ("fediverse",),
    "sitemap": ("sitemap", "news-sitemap"),
}
# What people read in a browser: it changes at one stroke.
PAGES: frozenset[str] = frozenset({*SURFACES["pages"], *SURFACES["lists"], *SURFACES["editions"]})
# What shows a piece that goes out before all else, at one stroke: its page, the fronts that may lead with it, the
# fragment of the newest, and the picture that stands for it where its page is linked. Decision 033.
SEEN_FIRST: frozenset[str] = frozenset({ARTICLE, "home", "newest", "card"})
# A file without a row that is younger may be one that another process is just about to write down.
UNKNOWN_FOR = timedelta(minutes=5)


class StillShown(RuntimeError):
    """A surface still shows a piece that was taken back."""


# Baking


def bake_article(*, piece: uuid.UUID, now: datetime) -> BakedFile | None:
    """Make an article's own page. None where nothing of it may stand. Raises whatever rendering raises."""
    bake(open_press(now=now), Errand(ARTICLE, str(piece)))
    return page_of(piece)


def bake_around(*, piece: uuid.UUID, now: datetime) -> int:
    """Make an article's page, and everything that shows it or should: as it is live now, or is not any more.

    Returns how many files changed. Raises NotAllBaked.
    """
    return change_around(pieces=[piece], now=now).files


def change_around(*, pieces: Iterable[uuid.UUID], now: datetime) -> Changed:
    """Make the pages of some articles, and everything that shows them or should.

    What goes out shows at once on its page and on the fronts, then at a second stroke on all other pages, and the
    feeds, sitemaps and lists for machines follow. Where something leaves readers all pages change at one stroke.
    Raises NotAllBaked.
    """
    pieces = list(pieces)
    wishes = list(PieceDue.objects.filter(piece__in=pieces).values_list("pk", flat=True))
    press = open_press(now=now)
    # Lists hold what has a clearance. A few that nothing shows yet get theirs in the first stroke, before any list.
    if len(pieces) > TOGETHER or Shown.objects.filter(piece__in=pieces).exists():
        ask_gate_of_all(pieces=pieces, now=now)
    before = _before(pieces)
    first = () if before.is_one_stroke else _seen_first(pieces, before)
    at_once = _stroke(press, first) if first else None
    if first and (before.shown or Redirect.objects.filter(article__uid__in=pieces).exists()):
        write_redirects()  # who comes by an old address need not wait for the second stroke
    rest = [one for one in around(press, pieces, before) if one not in set(first)]
    changed = _changed(press, rest, after=at_once)
    PieceDue.objects.filter(pk__in=wishes).delete()
    return changed


@dataclass(frozen=True)
class _Before:
    """What stood of some articles before anything was made. gone: those that leave pages on which they are."""

    shown: tuple[Errand, ...] = ()
    of_the_gone: tuple[Errand, ...] = ()
    addresses: tuple[str, ...] = ()
    is_one_stroke: bool = False


def _before(pieces: Collection[uuid.UUID]) -> _Before:
    """Return what stands of some articles now: after a stroke the rows tell of other pages and addresses."""
    shown = tuple(that_show_any(pieces, also_present=False))
    rows = pages_of(pieces)
    if not shown and not rows:
        return _Before()
    # What is taken down, and a picture that may not be shown any more, go from the newest of the moment, too.
    gone = not_listed(pieces) | that_lost_pictures(pieces)
    return _Before(
        shown=shown,
        of_the_gone=tuple(that_show_any(gone)) if gone else (),
        addresses=tuple(row.path for row in rows),
        is_one_stroke=bool(gone),
    )


def _seen_first(pieces: Collection[uuid.UUID], before: _Before) -> tuple[Errand, ...]:
    """Return what shows articles that go out before all else does."""
    rows = Article.objects.filter(uid__in=pieces).values_list("uid", "locale__language_code")
    known = dict(rows)
    errands = dict.fromkeys(Errand(ARTICLE, str(piece)) for piece in pieces)
    errands |= dict.fromkeys(Errand("home", code) for code in known.values())
    errands |= dict.fromkeys(one for one in before.shown if one.kind == "home")
    errands |= dict.fromkeys(Errand("newest", one.key) for one in tuple(errands) if one.kind == "home")
    drawn = {one for one in before.shown if one.kind == "card"}
    cards = (Errand("card", str(piece)) for piece in known)
    errands |= dict.fromkeys(one for one in cards if one not in drawn)
    return tuple(errands)


def around(press: Press, pieces: Collection[uuid.UUID], before: _Before | None = None) -> dict[Errand, None]:
    """Return the pages of some articles, and everything that shows them or should. before: read now where not given."""
    before = before or _before(pieces)
    errands = dict.fromkeys(Errand(ARTICLE, str(piece)) for piece in pieces)
    errands |= dict.fromkeys((*before.shown, *before.of_the_gone))
    errands |= dict.fromkeys(
        Errand("sitemap", key) for address in before.addresses for key in sitemap.keys_of(address)
    )
    errands |= dict.fromkeys(_entered(press, with_what_they_enter(pieces)))
    return errands


def bake_those_due(*, piece: uuid.UUID, now: datetime) -> int:
    """Make what is around a piece, and around all others that wait with it, once for all of them.

    One that an earlier call has made asks for nothing. Where something cannot be made the piece is made by itself,
    and the others by their own calls. Returns how many files changed. Raises NotAllBaked.
    """
    with store().gathering():  # who waited here for another worker finds its piece made
        return _those_due(piece, now=now)


def _those_due(piece: uuid.UUID, *, now: datetime) -> int:
    if not PieceDue.objects.filter(piece=piece).exists():
        return 0
    together = set(PieceDue.objects.filter(is_alone=False).values_list("piece", flat=True)) - {piece}
    if together:
        try:
            return change_around(pieces=[piece, *together], now=now).files
        except NotAllBaked:
            pass  # whose page it is comes out below, or in the call of another
    PieceDue.objects.filter(piece=piece).update(is_alone=True)
    return change_around(pieces=[piece], now=now).files


def bake_all_around_those_due(*, now: datetime) -> int:
    """Make what is around all pieces that wait. Returns how many files changed.

    What cannot be made is left to the pieces' own jobs, which say why.
    """
    if not PieceDue.objects.filter(is_alone=False).exists():
        return 0
    with store().gathering():
        waiting = set(PieceDue.objects.filter(is_alone=False).values_list("piece", flat=True))
        try:
            return change_around(pieces=waiting, now=now).files if waiting else 0
        except NotAllBaked:
            return 0


def _stroke(press: Press, errands: Sequence[Errand]) -> Changed:
    """Change some pages at one stroke, and forget what of the present it has read: others may change it now."""
    changed = change_together(press, in_order(errands))
    press.newest.clear()
    return changed


def _changed(press: Press, errands: Iterable[Errand], *, after: Changed | None = None) -> Changed:
    """Change all pages at one stroke, then the rest one by one. Raises NotAllBaked, after all others were made.

    after: a stroke that went before, with the redirects; its files and troubles are told with these.
    """
    wanted = in_order(errands)
    at_once = change_together(press, [errand for errand in wanted if errand.kind in PAGES])
    if after is None:
        write_redirects()
    others, troubles = bake_one_by_one(press, [errand for errand in wanted if errand.kind not in PAGES])
    troubles = [*(after.troubles if after else ()), *at_once.troubles, *troubles]
    if troubles:
        raise NotAllBaked(troubles) from troubles[0][1]
    return replace(at_once, files=at_once.files + others + (after.files if after else 0))


def bake_everything(
    *,
    now: datetime,
    progress: Progress | None = None,
    between: Between | None = None,
    is_synced: bool = False,
) -> int:
    """Make the whole site, and take away what should not stand. Returns how many files changed.

    progress: told after each few errands (done, of how many, which). Ends early where a person asked for it, or with
    its process; what is missing then stays due. Raises NotAllBaked, after all the others were made, NoRoom.
    """
    press = open_press(now=now)
    # Lists hold what has a clearance: all have theirs before the first page is made, and each is asked again then.
    waiting = never_cleared()
    for start in range(0, len(waiting), TOGETHER):
        ask_gate_of_all(pieces=waiting[start : start + TOGETHER], now=now)
    wanted = (Errand(kind, key) for kind, recipe in RECIPES.items() for key in recipe.keys(press))
    mark_due([*wanted, *standing()], why=WHOLE, in_order=True)
    try:
        return drain(now=now, progress=progress, is_synced=is_synced, between=between)
    finally:
        write_redirects()


def bake_addresses(*, addresses: Iterable[str], now: datetime) -> int:
    """Make the files at some addresses again. Returns how many changed. Raises NoSuchFile, NotAllBaked."""
    rows = [found_at(address) for address in addresses]
    press = open_press(now=now)
    errands = in_order({Errand(row.kind, row.key) for row in rows})
    changed, troubles = bake_one_by_one(press, errands, why="somebody asked for it")
    if troubles:
        raise NotAllBaked(troubles) from troubles[0][1]
    return changed


def bake(press: Press, errand: Errand, *, why: str = "") -> int:
    """Make the files of one errand, and take away those that it does not make any more.

    Returns how many changed.
    """
    disk = store()
    with disk.holding(f"{errand.kind}:{errand.key}"):
        return put_all(disk, sheaves([(errand, leaves_of(press, errand))]), now=press.now, why=why)


def bake_one_by_one(press: Press, errands: list[Errand], *, why: str = "") -> tuple[int, list[Trouble]]:
    """Make the files of many errands; each stands or fails by itself, and is put in place as soon as it is made.

    They are read and written down a few together. Returns how many files changed, and what could not be made.
    """
    changed, troubles = 0, list[Trouble]()
    for start in range(0, len(errands), TOGETHER):
        if should_stop():
            break
        few = errands[start : start + TOGETHER]
        try:
            files, _made, failed = bake_together(press, few, why=why)
        except NoRoom:  # what goes still goes, and what is smaller than before may have its room
            files, failed = _each_by_itself(press, few, why=why)
        changed += files
        troubles += failed.items()
    return changed, troubles


def _each_by_itself(press: Press, errands: list[Errand], *, why: str) -> tuple[int, dict[Errand, Exception]]:
    changed, failed = 0, {}
    for errand in errands:
        try:
            changed += bake(press, errand, why=why)
        except Exception as error:  # noqa: BLE001  # one broken page keeps no other from being made
            failed[errand] = error
    return changed, failed


def _entered(press: Press, articles: Sequence[Article]) -> Iterator[Errand]:
    if articles:
        for kind, recipe in RECIPES.items():
            yield from (Errand(kind, key) for key in recipe.around(press, articles))


def in_order(errands: Iterable[Errand]) -> list[Errand]:
    """Return errands in the order in which they are made: pieces before what lists them."""
    order = {kind: number for number, kind in enumerate(RECIPES)}
    return sorted(errands, key=lambda errand: order.get(errand.kind, -1))


def write_redirects() -> int:
    """Write the old addresses of listed articles where the server reads them. Returns how many there are."""
    moved = Redirect.objects.order_by().values("article")
    shown = set(listed().filter(pk__in=moved).values_list("pk", flat=True))
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


def take_down(*, surface: str, withdrawals: Sequence[Withdrawal], now: datetime) -> None:
    """Let one surface forget some pieces, made again once for all. Safe to repeat.

    Raises StillShown where some file still shows one. Pages and lists change at one stroke, whichever of them is
    asked first; what a stroke has changed before is not made again.
    """
    pieces = [one.piece for one in withdrawals]
    if surface in {"pages", "lists", "editions"} and not _left(surface, withdrawals):
        return
    kinds = PAGES if SURFACES[surface][0] in PAGES else SURFACES[surface]
    errands = {errand for errand in that_show_any(pieces) if errand.kind in kinds}
    if surface == "pages":
        errands |= {Errand(ARTICLE, str(piece)) for piece in pieces}
    if surface == "sitemap":
        errands |= {Errand("sitemap", key) for one in withdrawals for key in sitemap.keys_of(one.address)}
    if surface == "api":
        errands |= {Errand(api.KIND, api.canceled_key(one.address.split("/")[1])) for one in withdrawals}
    _changed(open_press(now=now), errands)
    left = _left(surface, withdrawals)
    if left:
        raise StillShown(left)


def _left(surface: str, withdrawals: Sequence[Withdrawal]) -> str:
    """Say where readers still find one of the pieces on a surface; nothing where they are gone and it is said."""
    pieces = [one.piece for one in withdrawals]
    left = [errand for errand in that_show_any(pieces) if errand.kind in SURFACES[surface]]
    if left:
        names = ", ".join(f"{errand.kind} {errand.key}" for errand in left[:5])
        return f"“{withdrawals[0].title}” is still shown by {names}."
    if surface != "pages":
        return ""
    told = {row.piece: row for row in pages_of(pieces)}
    for one in withdrawals:
        row = told.get(one.piece)
        if row is None or row.status != one.status or store().status_of(row.file) != row.status:
            return (
                f"“{one.title}” still stands at {one.address}, or nothing says there that it was taken back."
            )
    return ""


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
    changed = _changed(press, broken).files
    waiting = set(
        PieceDue.objects.values_list("piece", flat=True)
    )  # their jobs may have died with their workers
    changed += change_around(pieces=waiting, now=now).files if waiting else 0
    for name in list(disk.names(before=(now - UNKNOWN_FOR).timestamp())):
        if not BakedFile.objects.filter(file=name).exists():
            disk.remove(name)
            changed += 1
    for uid in _unbaked(press):
        changed += bake_around(piece=uid, now=now)
    raise_tags(SITE, DAY)  # templates and words come with a new version of the program, and raise nothing
    return changed + bake_due(now=now)


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
