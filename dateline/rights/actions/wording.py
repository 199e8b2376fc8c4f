"""The newsroom's own wording of its letters."""

from datetime import datetime

from django.db import transaction

from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.models import LetterTemplate


@transaction.atomic
def keep_template(*, template: LetterTemplate, by: User | None, now: datetime) -> LetterTemplate:
    """Keep a letter in one language; it takes the place of the shipped one. Raises ValidationError."""
    old = LetterTemplate.objects.filter(pk=template.pk).first()
    template.full_clean()
    template.save()
    before = {"subject": old.subject, "body": old.body} if old else {}
    after = {"subject": template.subject, "body": template.body}
    write_down(
        verb="word-letter",
        subject=template,
        by=by,
        now=now,
        summary=str(template),
        before=before,
        after=after,
    )
    return template


@transaction.atomic
def forget_template(*, kind: str, language: str, by: User | None, now: datetime) -> bool:
    """Let the shipped letter be used again. Returns whether there was one of our own."""
    row = LetterTemplate.objects.filter(kind=kind, language=language).first()
    if row is None:
        return False
    before = {"subject": row.subject, "body": row.body}
    write_down(verb="forget-letter", subject=row, by=by, now=now, summary=str(row), before=before)
    row.delete()
    return True
