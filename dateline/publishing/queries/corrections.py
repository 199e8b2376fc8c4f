"""What was put right: on a piece's own page, in its feeds, at its address where it was recalled, and in a list."""

import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dateline.articles.addresses import corrections_path
from dateline.articles.models import Article, Correction
from dateline.publishing import pages, rules
from dateline.publishing.models import PlainPage
from dateline.publishing.pages import CorrectionsPage, Head, Link, Pager
from dateline.publishing.paging import front, stretch
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.gathering import gathered_for
from dateline.publishing.queries.listed import listed
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.tongues import language_link

RECALL = Correction.Kind.RECALL


def notes_on(press: Press, article: Article) -> tuple[pages.Correction, ...]:
    """Return the notes that stand on an article's own page, oldest first."""
    return tuple(_note(press, row) for row in gathered_for(press, article).notes.get(article.pk, ()))


def recall_of(piece: uuid.UUID) -> Correction | None:
    """Return by which word of the desk a piece was recalled or killed, None where it was neither."""
    ended = (Correction.Kind.RECALL, Correction.Kind.KILL)
    return Correction.objects.filter(article__uid=piece, kind__in=ended).first()


def of_language(language: str) -> QuerySet[Correction]:
    """Return what readers of a language are told was put right, newest first.

    Notes of pieces that stand, and of those that were recalled; what else was taken down is not spoken of.
    """
    rows = Correction.objects.public().filter(article__locale__language_code=language)
    stands = Q(article__in=listed())
    return rows.filter(stands | Q(kind=RECALL)).select_related("article__locale").order_by("-at", "-pk")


def has_page(language: str) -> bool:
    """Tell whether the list has its address for itself: a page that the owner wrote there goes first."""
    own = PlainPage.objects.live().filter(locale__language_code=language, slug="corrections")
    return not own.exists()


def corrections_page(press: Press, language: str, number: int | None) -> CorrectionsPage | None:
    """Return a page of what was put right; None stands for the front. None where there is no such page."""
    rows = of_language(language)
    total = rows.count()
    part = front(total) if number is None else stretch(number, total)
    if not has_page(language) or part is None or (number is not None and part.is_front):
        return None
    path = corrections_path(language=language)
    versions = tuple(language_link(code, corrections_path(language=code)) for code in press.codes)
    held = frame(press, language, versions=versions)
    pairs = [(link.language, press.absolute(link.href)) for link in versions]
    newer = part.number + 1
    return CorrectionsPage(
        frame=held,
        head=Head(
            title=f"{_('Corrections')} | {held.site_name}",
            description=_("What we got wrong and put right, and what we added later."),
            canonical=press.absolute(path if number is None else f"{path}{number}/"),
            alternates=rules.alternates("list", pairs, default=press.default) if number is None else (),
            feed=held.feed,
            feed_title=held.site_name,
        ),
        name=_("Corrections"),
        crumbs=(Link(name=held.site_name, href=held.home),),
        entries=tuple(_listed(press, row) for row in rows[part.start : part.end]),
        pager=Pager(
            number=part.number,
            count=part.count,
            newer="" if part.is_front else path if newer == part.count else f"{path}{newer}/",
            older=f"{path}{part.number - 1}/" if part.number > 1 else "",
        ),
    )


def told_in_feed(press: Press, notes: Iterable[Correction]) -> tuple[str, ...]:
    """Return the notes of an article as sentences for its entry in a feed, oldest first."""
    return tuple(
        pgettext("kind and day of a note", "%(kind)s, %(day)s: %(said)s")
        % {"kind": row.get_kind_display(), "day": press.local(row.at).date().isoformat(), "said": _whole(row)}
        for row in notes
    )


def _whole(row: Correction) -> str:
    return f"{row.was_wrong} {row.said}".strip()


def _note(press: Press, row: Correction) -> pages.Correction:
    return pages.Correction(
        kind=row.kind,
        kind_name=str(row.get_kind_display()),
        said=row.said,
        at=press.local(row.at),
        was_wrong=row.was_wrong,
    )


def _listed(press: Press, row: Correction) -> pages.Correction:
    """Return a line of the list. Of a recalled piece it has the note alone: neither its headline nor a way to it."""
    if row.kind == RECALL:
        return _note(press, row)
    press.note(row.article.uid)
    return pages.Correction(
        kind=row.kind,
        kind_name=str(row.get_kind_display()),
        said=row.said,
        at=press.local(row.at),
        was_wrong=row.was_wrong,
        headline=row.article.headline,
        href=row.article.get_absolute_url(),
    )
