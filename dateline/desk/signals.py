"""What is done by Wagtail's own forms becomes an entry of our audit, like what our verbs do."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import BaseLogEntry, ModelLogEntry, PageLogEntry, Revision

from dateline.agreements.models import Agreement
from dateline.articles.models import Article
from dateline.people.actions import write_down
from dateline.people.models import AuditEntry
from dateline.people.queries import plain_state

# What Wagtail calls it, and our verb.
VERBS: Final[Mapping[str, str]] = {
    "wagtail.create": "create",
    "wagtail.edit": "edit",
    "wagtail.delete": "delete",
    "wagtail.copy": "copy",
    "wagtail.move": "move",
    "wagtail.revert": "revert",
    "wagtail.lock": "lock",
    "wagtail.unlock": "unlock",
    "wagtail.publish": "publish",
    "wagtail.unpublish": "unpublish",
    "wagtail.publish.schedule": "schedule",
    "wagtail.schedule.cancel": "unschedule",
}
# Where a verb of ours writes its own entry beside Wagtail's.
OURS: Final[Mapping[type[models.Model], frozenset[str]]] = {
    Article: frozenset({"publish", "unpublish"}),
    Agreement: frozenset({"create", "edit"}),
}


@receiver(post_save, sender=ModelLogEntry, dispatch_uid="desk.audit_forms")
@receiver(post_save, sender=PageLogEntry, dispatch_uid="desk.audit_pages")
def enter_into_the_audit(instance: BaseLogEntry, *, created: bool, **_signal: Any) -> None:
    """Write an entry for what somebody did by a form, with what it changed."""
    verb = VERBS.get(instance.action, "")
    model = instance.content_type.model_class() if instance.content_type else None
    # What nobody did, no form did: our own verbs enter what the system does.
    if not created or instance.user_id is None or not verb or model is None or verb in OURS.get(model, ()):
        return
    subject = (
        model(pk=instance.object_id) if isinstance(instance, ModelLogEntry) else model(pk=instance.page_id)
    )
    before, after = _change(instance, subject, verb)
    write_down(
        verb=verb,
        subject=subject,
        by=instance.user,
        now=instance.timestamp,
        summary=instance.label,
        before=before,
        after=after,
    )


def _change(entry: BaseLogEntry, subject: models.Model, verb: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what it was before and what it is after: of what has revisions, the parts that differ alone."""
    if entry.revision_id:
        return _between(entry.revision)
    found = type(subject)._default_manager.filter(pk=subject.pk).first()
    return _last_known(subject), plain_state(found) if found and verb != "delete" else {}


def _between(revision: Revision) -> tuple[dict[str, Any], dict[str, Any]]:
    of_the_same = Revision.objects.filter(
        base_content_type=revision.base_content_type_id, object_id=revision.object_id, pk__lt=revision.pk
    )
    former = of_the_same.order_by("-pk").first()
    old: dict[str, Any] = former.content if former else {}
    new: dict[str, Any] = revision.content
    changed = [name for name in new if name not in BOOKKEEPING and old.get(name) != new[name]]
    return {name: old[name] for name in changed if name in old}, {name: new[name] for name in changed}


# What Wagtail notes in each revision beside the content.
BOOKKEEPING: Final = frozenset(
    {
        "latest_revision",
        "live_revision",
        "has_unpublished_changes",
        "last_published_at",
        "latest_revision_created_at",
        "draft_title",
        "url_path",
    }
)


def _last_known(subject: models.Model) -> dict[str, Any]:
    """Return the state that the last entry about it left, empty where there is none."""
    label, number = subject._meta.label_lower, str(subject.pk)
    entries = AuditEntry.objects.filter(
        subject_type=label, subject_id=number, verb__in=("create", "edit", "copy")
    )
    last = entries.first()
    return last.after if last else {}
