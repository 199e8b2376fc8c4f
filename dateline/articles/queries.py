"""Reading across tables for articles."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from dateline.agreements.terms import Wish
from dateline.articles.bodies import word_count
from dateline.articles.gate import Lack
from dateline.articles.kinds import USE_OF_KIND, Kind, MachineHelp
from dateline.articles.models import Article, Redirect
from dateline.articles.refusals import in_words
from dateline.intake.models import Original
from dateline.intake.signals import MINING, TRANSLATION
from dateline.rights.models import Withdrawal
from dateline.rights.queries import answer_for
from dateline.site.queries import identity, zone


def permission(article: Article, now: datetime) -> Iterator[Lack]:
    """Judge for the gate: a piece made from somebody else's has a permission that covers it today.

    Use, language, day, length, the month's quota, how long it stands already, and what a machine may read.
    """
    use = USE_OF_KIND.get(Kind(article.kind))
    if use is None or article.original is None:
        return
    held = article.permission
    if held is None:
        yield Lack("permission", "no-permission", _no_permission(article))
    elif held.original_id != article.original_id:
        yield Lack("permission", "other-original", _("The permission is for another original."))
    else:
        answer = answer_for(held, wish_of(article, use=use, now=now), piece=article.uid)
        yield from (Lack("permission", one.code, in_words(one)) for one in answer.objections)


def wish_of(article: Article, *, use: str, now: datetime) -> Wish:
    """Return what an article that stands, or would stand, asks of its permission. Days are the site's."""
    here = zone(identity())
    first = article.first_published_at if article.live or article.first_published_at else None
    return Wish(
        use=use,
        language=article.language,
        on=timezone.localtime(now, here).date(),
        words=word_count(article),
        published_on=timezone.localtime(first, here).date() if first else None,
        is_by_machine=article.machine_help != MachineHelp.NONE,
        reserved=reserved_from_machines(article.original) if article.original else frozenset(),
    )


def reserved_from_machines(original: Original) -> frozenset[str]:
    """Return the signals by which a piece's source keeps machines from reading its text."""
    read_by_machine = {MINING, TRANSLATION}
    return frozenset(one.by.signal for one in original.reserved_uses if one.use in read_by_machine)


def _no_permission(article: Article) -> str:
    outlet = article.original.outlet if article.original else ""
    return (
        _("There is no permission from %s for this use. Add an agreement, or record who granted it.") % outlet
    )


def withdrawn(article: Article, _now: datetime) -> Iterator[Lack]:
    """Judge for the gate: what was withdrawn does not come back under its own name."""
    withdrawal = Withdrawal.objects.filter(piece=article.uid).first()
    if withdrawal:
        day = withdrawal.at.date().isoformat()
        yield Lack("withdrawn", "withdrawn", _("It was withdrawn on %s. Make a new article of it.") % day)


def due_to_go_out(*, now: datetime) -> list[Article]:
    """Return articles with a revision approved to go live by `now`, longest waiting first."""
    kind = ContentType.objects.get_for_model(Article)
    due = Revision.objects.filter(content_type=kind, approved_go_live_at__lte=now).order_by(
        "approved_go_live_at"
    )
    return [Article.objects.get(pk=revision.object_id) for revision in due]


def due_to_expire(*, now: datetime) -> list[Article]:
    """Return live articles whose time is over by `now`."""
    return list(Article.objects.filter(live=True, expire_at__lte=now).order_by("expire_at"))


def redirects() -> dict[str, Article]:
    """Return the old addresses and the live articles that stand elsewhere now."""
    rows = Redirect.objects.filter(article__live=True).select_related("article__locale")
    return {row.old_path: row.article for row in rows}
