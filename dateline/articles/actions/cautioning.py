"""What the gate warns of: shown before a piece goes out, whoever sends it and by whichever way."""

from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.models import Revision

from dateline.articles.gate import Caution, cautions
from dateline.articles.models import Article
from dateline.people.actions import write_down
from dateline.people.models import AuditEntry, User

OVERRIDE = "override-warnings"


class NotShown(ValueError):
    """The gate warns of something that whoever publishes was not shown. `cautions` is all that it warns of now."""

    def __init__(self, article: Article, found: tuple[Caution, ...]) -> None:
        self.cautions = found
        said = " ".join(one.message for one in found)
        super().__init__(
            _("Look at this before “%(piece)s” goes out: %(said)s") % {"piece": article, "said": said}
        )


def note_overridden(
    *, article: Article, found: tuple[Caution, ...], by: User | None, now: datetime, reason: str = ""
) -> None:
    """Enter into the audit of what the gate warned, of which text, and who sent it out all the same and why."""
    told = [{"check": one.check, "code": one.code, "message": one.message} for one in found]
    after = {"warnings": told, "revision": article.latest_revision_id}
    write_down(
        verb=OVERRIDE,
        subject=article,
        by=by,
        now=now,
        summary=" ".join([*(one.message for one in found), reason]).strip(),
        after={**after, "reason": reason} if reason else after,
    )


def refuse_unless_shown(article: Article, revision: Revision, *, now: datetime) -> None:
    """Let a scheduled text go out only where all that the gate warns of now was shown when it was scheduled.

    A warning is known again by its code: whoever scheduled it may have read it in another language.
    Raises NotShown.
    """
    found = cautions(revision.as_object(), now=now)
    if not found:
        return
    entries = AuditEntry.objects.filter(
        verb=OVERRIDE, subject_type=article._meta.label_lower, subject_id=str(article.pk)
    )
    shown = {
        (one["check"], one["code"])
        for entry in entries
        if entry.after.get("revision") == revision.pk
        for one in entry.after["warnings"]
    }
    if any((one.check, one.code) not in shown for one in found):
        raise NotShown(article, found)
