"""Who does what on a translation: translator, reviser, language editor."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation.models import Job


class OnePersonTwice(ValueError):
    """The translator cannot be the one who revises the translation, nor its language editor."""

    def __init__(self, person: User) -> None:
        self.person = person
        super().__init__(
            _("%s translates this: choose somebody else to read it after them, or leave the place empty.")
            % person
        )


@transaction.atomic
def assign_people(
    *,
    job: Job,
    translator: User | None,
    reviser: User | None,
    language_editor: User | None,
    by: User | None,
    now: datetime,
) -> Job:
    """Say who translates, revises and reads the language of a job; None leaves a place empty.

    A reviser or language editor on the job makes their reading a step that each sentence takes, also where the site
    does not demand it. What is approved stays so. Raises OnePersonTwice.
    """
    for person in (reviser, language_editor):
        if person is not None and person == translator:
            raise OnePersonTwice(person)
    current = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    before = _people(current)
    current.translator, current.reviser, current.language_editor = translator, reviser, language_editor
    current.full_clean()
    current.save(update_fields=["translator", "reviser", "language_editor"])
    write_down(
        verb="assign-translation",
        subject=current,
        by=by,
        now=now,
        summary=str(current),
        before=before,
        after=_people(current),
    )
    return current


def _people(job: Job) -> dict[str, int | None]:
    return {
        "translator": job.translator_id,
        "reviser": job.reviser_id,
        "language_editor": job.language_editor_id,
    }
