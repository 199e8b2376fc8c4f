"""The verb of the second pair of eyes."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.articles.bodies import text_print
from dateline.articles.kinds import CreditRole
from dateline.articles.models import Article, SecondLook
from dateline.people.actions import write_down
from dateline.people.models import User

# Whose eyes count.
MAY_LOOK: Final = "articles.publish_article"


class OwnWords(ValueError):
    """The second pair of eyes is the first: who wrote it, or changed it last, cannot be the one who checks it."""


class MayNotLook(ValueError):
    """The second pair of eyes belongs to somebody who may publish: it is they who answer for what goes out."""


@transaction.atomic
def look_second(*, article: Article, by: User, now: datetime) -> SecondLook:
    """Note that `by` has read the latest draft. It holds for these words.

    Raises OwnWords; MayNotLook where `by` may not publish.
    """
    revision = article.get_latest_revision()
    draft: Article = revision.as_object() if revision else article
    if not by.has_perm(MAY_LOOK):
        raise MayNotLook(_("“%s” has to be read by somebody who may publish.") % draft)
    if revision is not None and revision.user_id == by.pk:
        raise OwnWords(_("You changed “%s” last: somebody else has to read it.") % draft)
    wrote = {
        credit.contributor.user_id
        for role in (CreditRole.AUTHOR, CreditRole.TRANSLATOR)
        for credit in draft.credits_of(role)
        if credit.contributor
    }
    if by.pk in wrote:
        raise OwnWords(_("You wrote “%s”: somebody else has to read it.") % draft)
    look, _made = SecondLook.objects.get_or_create(
        article=article, text_sha256=text_print(draft), by=by, defaults={"at": now}
    )
    write_down(verb="look-second", subject=article, by=by, now=now, summary=draft.headline)
    return look
