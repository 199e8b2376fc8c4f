"""What waits for the desk beside its pieces: ideas, submissions, replies to be asked for, changes at a source."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from dateline.articles.models import Article, ReplyTask, SourceAnswer
from dateline.desk.models import Idea, Submission
from dateline.intake.models import Change

PUBLISHES: Final = "articles.publish_article"
SHOWN: Final = 5
_OPEN_REPLIES: Final = (ReplyTask.State.OPEN, ReplyTask.State.ASKED)


@dataclass(frozen=True)
class Waits:
    """One thing that waits. place and pk: the name and the number in its address. due_on: None where no day is set."""

    title: str
    note: str
    place: str
    pk: int | None
    due_on: date | None = None


@dataclass(frozen=True)
class Pile:
    """Things of one sort that wait, the most urgent first."""

    name: str
    things: tuple[Waits, ...]

    @property
    def first(self) -> tuple[Waits, ...]:
        """Return what a board has room for."""
        return self.things[:SHOWN]

    @property
    def more(self) -> int:
        """Return how many there are beside these."""
        return max(0, len(self.things) - SHOWN)


def piles() -> list[Pile]:
    """Return what waits, by its sort; sorts of which nothing waits are left out."""
    found = [
        Pile(_("Handed in"), tuple(_submissions())),
        Pile(_("Ideas"), tuple(_ideas())),
        Pile(_("Replies to be asked for"), tuple(_replies())),
        Pile(_("Changed at the source"), tuple(_changed())),
    ]
    return [pile for pile in found if pile.things]


def _submissions() -> list[Waits]:
    rows = (
        Submission.objects.filter(state=Submission.State.HANDED_IN).select_related("by").order_by("at", "pk")
    )
    return [Waits(row.headline, str(row.by), "newsroom:submission", row.pk) for row in rows]


def _ideas() -> list[Waits]:
    rows = Idea.objects.filter(state=Idea.State.PROPOSED).select_related("by").order_by("at", "pk")
    return [Waits(row.title, str(row.by or ""), "newsroom:writing", None) for row in rows]


def _replies() -> list[Waits]:
    rows = (
        ReplyTask.objects.filter(state__in=_OPEN_REPLIES).select_related("article").order_by("due_on", "pk")
    )
    return [
        Waits(row.of_whom, row.article.headline, "newsroom:replies", row.article_id, row.due_on)
        for row in sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max, row.pk))
    ]


def _changed() -> list[Waits]:
    answered = SourceAnswer.objects.filter(article=OuterRef(OuterRef("pk")), change=OuterRef("pk"))
    open_ones = Change.objects.open().filter(~Exists(answered), original=OuterRef("original"))
    rows = Article.objects.filter(Exists(open_ones)).select_related("original__outlet").defer("body")
    return [
        Waits(row.headline, row.original.outlet.shown_name, "newsroom:source-changed", row.pk)
        for row in rows.order_by("-live", "-pk")
        if row.original
    ]
