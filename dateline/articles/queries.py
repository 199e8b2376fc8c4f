"""Reading across tables for articles."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Revision

from dateline.articles.gate import Lack
from dateline.articles.models import Article, Redirect
from dateline.rights.models import Withdrawal


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
