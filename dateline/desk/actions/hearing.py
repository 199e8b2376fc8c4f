"""What somebody outside says of a piece reaches the editors: a comment on it, and a mention on their day's page."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dateline.articles.models import Article
from dateline.desk.models import Comment, Mention
from dateline.desk.queries.given import articles_for, publishers
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User

LONGEST = 5000


@transaction.atomic
def tell_editors(
    *, article: Article, text: str, by: User | None, now: datetime, calls: Iterable[User | None] = ()
) -> Comment:
    """Write a comment on a piece in nobody's or somebody's name, and call those named; everybody who publishes else.

    calls: whom it concerns; who may not see the piece, or works here no more, is left out. Raises ValidationError.
    """
    row = Comment(article=article, text=cut(text.strip(), LONGEST), by=by, at=now)
    row.full_clean()
    row.save()
    wanted = [who for who in dict.fromkeys(calls) if who and who.is_active and _may_see(who, article)]
    called = wanted or list(User.objects.filter(pk__in=publishers(), is_active=True))
    Mention.objects.bulk_create(Mention(comment=row, who=who) for who in called if who != by)
    write_down(
        verb="comment",
        subject=article,
        by=by,
        now=now,
        summary=cut(one_line(row.text), 300),
        after={"comment": row.pk},
    )
    return row


def _may_see(who: User, article: Article) -> bool:
    return articles_for(who).filter(pk=article.pk).exists()
