"""The room articles, as Django knows it."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from dateline.intake import keepers

if TYPE_CHECKING:
    from dateline.articles.gate import Lack
    from dateline.articles.models import Article


class ArticlesConfig(AppConfig):
    """Signs the room in: its judges at the gate, its nouns in the menus."""

    name = "dateline.articles"
    label = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        """Let this room judge at the gate; say on which originals articles rest, and what stands till when."""
        from dateline.articles import checks, gate, queries
        from dateline.articles.actions import ending, watching
        from dateline.rights import standing

        for name in (
            "headline",
            "address",
            "byline",
            "origin",
            "translator",
            "statement",
        ):
            gate.sign_in(name, getattr(checks, name))
        gate.sign_in("embargo", _embargo, sieve=queries.sieve_embargo)
        gate.sign_in("permission", queries.permission, sieve=queries.sieve_permission)
        gate.sign_in("approval", queries.approval, sieve=queries.sieve_approval)
        gate.sign_in("pictures", queries.pictures, sieve=queries.sieve_pictures)
        gate.sign_in("withdrawn", queries.withdrawn, sieve=queries.sieve_withdrawn)
        gate.sign_in("second-eyes", queries.second_eyes, sieve=queries.sieve_second_eyes)
        gate.watch("answers", checks.answers)
        gate.watch("right-of-reply", checks.right_of_reply)
        keepers.sign_in("articles", _resting)
        standing.sign_in(ending.Paper())
        watching.connect()


def _embargo(article: "Article", now: datetime) -> Iterator["Lack"]:
    """Judge for the gate: what is live already stays, and may be corrected, whatever its source says later."""
    from dateline.articles import checks
    from dateline.articles.models import Article
    from dateline.intake.queries.brought import embargo_of

    until = embargo_of(article.original_id, now=now) if article.original_id else None
    if until is not None and not Article.objects.filter(pk=article.pk, live=True).exists():
        yield from checks.embargo(until=date_format(localtime(until), "j F Y, H:i e"))


def _resting(originals: Collection[int]) -> dict[int, keepers.Ground]:
    """Return the originals from which an article was made, live or not, with whether readers see one."""
    from dateline.articles.models import Article

    made = Article.objects.filter(original__in=originals).order_by("live")  # a live one has the last word
    return {
        original: keepers.Ground(reason="an article was made from it", is_public=live)
        for original, live in made.values_list("original", "live")
    }
