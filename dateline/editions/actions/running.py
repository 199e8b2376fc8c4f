"""Setting up the runs of a site: when each closes, and which slots its editions have."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dateline.editions import slots
from dateline.editions.actions.closing import wake_up_for
from dateline.editions.models import Edition, EditionTemplate, Run
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.site.queries import identity, zone


@transaction.atomic
def write_run(
    *, run: Run, template: Sequence[tuple[str, int]] | None = None, by: User | None, now: datetime
) -> Run:
    """Save a run, and the slots of its editions in their order, each with how many pieces it holds.

    Its open editions follow the new closing time. template: None leaves the slots as they are; empty has the shipped
    ones. Raises ValidationError.
    """
    run.full_clean()
    run.save()
    if template is not None:
        _write_template(run, template)
    here = zone(identity())
    for edition in Edition.objects.open().filter(run=run, closes_at__gt=now, number__isnull=True):
        closes_at = run.closes_on(edition.date, zone=here)
        if closes_at > now and closes_at != edition.closes_at:
            edition.closes_at = closes_at
            edition.save(update_fields=["closes_at"])
            wake_up_for(edition)
    write_down(verb="set-up-run", subject=run, by=by, now=now, summary=str(run))
    return run


def _write_template(run: Run, template: Sequence[tuple[str, int]]) -> None:
    run.template.all().delete()
    for position, (slot, most) in enumerate(template):
        if slot in slots.SLOTS:
            row = EditionTemplate(run=run, slot=slot, position=position, most=most)
            row.full_clean()
            row.save()
