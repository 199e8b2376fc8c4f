"""What waits for one person today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast

from dateline.articles.models import Article
from dateline.audience.models import ReaderLetter
from dateline.audience.queries import letters
from dateline.desk.models import Assignment, Mention, Notice
from dateline.desk.queries.board import held
from dateline.desk.queries.given import revisions_of_articles
from dateline.people.models import User

SHOWN: Final = 30
DONE_SHOWN: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Day:
    """A person's day: what is overdue and due, what they were told, what they hold and began, what was refused."""

    overdue: Sequence[Assignment]
    due: Sequence[Assignment]
    done: Sequence[Assignment]
    mentions: Sequence[Mention]
    notices: Sequence[Notice]
    more_notices: int
    held: Sequence[Article]
    drafts: Sequence[Article]
    refused: Sequence[Article]
    letters: Sequence[ReaderLetter]

    def __bool__(self) -> bool:
        """Whether anything waits."""
        told = (self.overdue, self.due, self.mentions, self.notices, self.letters)
        return any((*told, self.held, self.drafts, self.refused))


def day_of(user: User, *, now: datetime) -> Day:
    """Return what waits for this person."""
    mine = Assignment.objects.of(user).select_related("article__locale", "original", "given_by")
    waiting = list(mine.open().soonest())
    notices = Notice.objects.filter(rule__owner=user, seen_at=None).select_related(
        "rule__outlet", "original__outlet"
    )
    return Day(
        overdue=[one for one in waiting if one.is_overdue(now=now)],
        due=[one for one in waiting if not one.is_overdue(now=now)],
        done=list(mine.filter(done_at__gte=now - DONE_SHOWN).order_by("-done_at")[:SHOWN]),
        mentions=list(Mention.objects.waiting_for(user)[:SHOWN]),
        notices=list(notices[:SHOWN]),
        more_notices=max(0, notices.count() - SHOWN),
        held=list(held(user)),
        drafts=_drafts(user),
        refused=_refused(user),
        letters=_letters(user),
    )


def _drafts(user: User) -> list[Article]:
    """Return the drafts on which this person wrote last or which they began, the newest first."""
    own = revisions_of_articles().filter(user=user, object_id=Cast(OuterRef("pk"), CharField()))
    newest = own.order_by("-pk").values("created_at")[:1]
    drafts = Article.objects.filter(live=False, first_published_at=None).select_related("locale")
    return list(
        drafts.annotate(written_at=Subquery(newest))
        .filter(written_at__isnull=False)
        .defer("body")
        .order_by("-written_at")[:SHOWN]
    )


def _letters(user: User) -> list[ReaderLetter]:
    """Return the readers' letters that this person took or anybody may take, what the law wants soonest first."""
    if not user.has_perm("audience.change_readerletter"):
        return []
    return list(letters().waiting_for(user.pk).soonest()[:SHOWN])


def _refused(user: User) -> list[Article]:
    if not user.has_perm("articles.publish_article"):
        return []
    return list(Article.objects.exclude(trouble="").select_related("locale").defer("body"))
