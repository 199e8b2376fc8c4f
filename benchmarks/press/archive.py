"""An archive as rows: what a publishing reads of older pieces, as if they had been baked, without their files."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

ROWS = 5_000
PRESENT = 22
FILES = ("", "ninjs.json", "article.md", "record.json")
# So many of the newest pages of each list are made by the press itself.
MADE = 4


def pieces_as_if_baked(pieces: list[Any], *, now: datetime) -> None:
    """Write what is known of the pages of some pieces. What stands beside each is its neighbours in print."""
    from dateline.publishing.models import BakedFile, Carried, Clearance, Record, Shown

    Clearance.objects.bulk_create(
        [Clearance(piece=one.uid, cleared_at=now) for one in pieces], batch_size=ROWS
    )
    last = Record.objects.order_by("-number").values_list("number", "line").first()
    number, line = last or (0, "{}")
    Record.objects.bulk_create(
        [
            Record(
                number=number + at,
                piece=one.uid,
                event="published",
                line=line,
                sha256=f"{number + at:064x}",
                at=now,
            )
            for at, one in enumerate(pieces, start=1)
        ],
        batch_size=ROWS,
    )
    files = [row for one in pieces for row in _files_of(one, now)]
    BakedFile.objects.bulk_create(files, batch_size=ROWS)
    pages = [(row, one) for row, one in zip(files, (one for one in pieces for _ in range(6)), strict=True)]
    tags = _tags()
    shown, carried = [], []
    for at, (row, one) in enumerate(pages):
        if row.piece or row.kind == "card":
            shown.append(Shown(baked=row, piece=one.uid))
            carried += [Carried(baked=row, tag_id=tags[name]) for name in _rests_on(one) if name in tags]
        if row.piece:
            beside = pieces[max(0, at // 6 - PRESENT) : at // 6]
            shown += [Shown(baked=row, piece=other.uid, is_present=True) for other in beside]
    Shown.objects.bulk_create(shown, batch_size=ROWS)
    Carried.objects.bulk_create(carried, batch_size=ROWS)


def _files_of(one: Any, now: datetime) -> Iterator[Any]:
    from dateline.publishing.models import BakedFile

    here = one.get_absolute_url()
    addresses = [
        *((f"{here}{name}", "article") for name in FILES),
        (f"/lite{here}", "article"),
        (f"{here}card.png", "card"),
    ]
    for address, kind in addresses:
        is_page = address == here
        yield BakedFile(
            path=address, kind=kind, key=str(one.uid), language=one.tongue, piece=one.uid if is_page else None,
            is_indexed=is_page and one.original is None, changed_at=one.first_published_at if is_page else None,
            file=f"{address.strip('/')}{'/index.html' if address.endswith('/') else ''}", sha256="0" * 64, baked_at=now,
        )  # fmt: skip


def _rests_on(one: Any) -> Iterator[str]:
    yield f"section:{one.section_id}"
    yield f"picture:{one.hero_id}"
    if one.original is not None:
        yield f"outlet:{one.original.outlet_id}"


def _tags() -> dict[str, int]:
    from dateline.articles.models import Picture, Section
    from dateline.publishing.models import Tag
    from dateline.sources.models import Outlet

    names = [
        f"{noun._meta.model_name}:{row.pk}"
        for noun in (Section, Picture, Outlet)
        for row in noun.objects.all()
    ]
    Tag.objects.bulk_create([Tag(name=name) for name in names], ignore_conflicts=True)
    return dict(Tag.objects.filter(name__in=names).values_list("name", "pk"))


def lists_as_if_baked(*, now: datetime) -> None:
    """Write what is known of the full pages of each list, and have the press make its newest ones and all else."""
    from dateline.publishing.actions import drain, mark_due
    from dateline.publishing.models import BakedFile, Shown
    from dateline.publishing.paging import PAGE_SIZE
    from dateline.publishing.queries.baked import Errand
    from dateline.publishing.queries.press import open_press
    from dateline.publishing.recipes import RECIPES

    press = open_press(now=now)
    due = [
        Errand(kind, key)
        for kind in ("home", "newest", "feed", "sitemap", "news-sitemap", "corrections")
        for key in RECIPES[kind].keys(press)
    ]
    for kind, base, uids in _members():
        full = len(uids) // PAGE_SIZE
        due += [
            Errand(kind, base),
            *(Errand(kind, f"{base}/{number}") for number in range(max(1, full - MADE), full)),
        ]
        pages = [
            BakedFile(path=f"/as-if/{kind}/{base}/{number}/", kind=kind, key=f"{base}/{number}", language="en",
                      is_indexed=kind != "api", changed_at=now, file=f"as-if/{kind}/{base}/{number}/index.html",
                      sha256="0" * 64, baked_at=now)
            for number in range(1, max(1, full - MADE))
        ]  # fmt: skip
        BakedFile.objects.bulk_create(pages, batch_size=ROWS)
        shown = [
            Shown(baked=page, piece=uid)
            for page, of_page in zip(pages, _in_pages(uids, PAGE_SIZE), strict=False)
            for uid in of_page
        ]
        Shown.objects.bulk_create(shown, batch_size=ROWS)
    mark_due(due, why="an archive was laid")
    drain(now=now)


def _in_pages(rows: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _members() -> Iterator[tuple[str, str, list[Any]]]:
    """Yield each list of pieces with its members, the oldest first."""
    from collections import defaultdict

    from dateline.articles.models import Article, Credit

    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    rows = Article.objects.live().order_by("first_published_at", "pk")
    for uid, code, section in rows.values_list("uid", "locale__language_code", "section_id").iterator():
        found["section", str(section)].append(uid)
        found["api", code].append(uid)
    through = Article.topics.through.objects.order_by("article__first_published_at", "article")
    for topic, uid in through.values_list("topic_id", "article__uid").iterator():
        found["topic", str(topic)].append(uid)
    signed = Credit.objects.filter(contributor__isnull=False).order_by(
        "article__first_published_at", "article"
    )
    for who, code, uid in signed.values_list(
        "contributor_id", "article__locale__language_code", "article__uid"
    ).iterator():
        found["contributor", f"{who}:{code}"].append(uid)
    for (kind, base), uids in found.items():
        yield kind, base, uids
