"""Having machines draft what nobody has written yet."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.lib.text import cut
from dateline.translation.actions.history import Role, Verb, note_all
from dateline.translation.actions.machine_calls import ask_machines
from dateline.translation.actions.machine_units import units_of
from dateline.translation.drafting import Draft, Drafts
from dateline.translation.machines.registry import machines_for
from dateline.translation.models import Job, Segment
from dateline.translation.queries import machines_of
from dateline.translation.queries.reservations import reserved_for
from dateline.work.progress import progress as say_progress
from dateline.work.progress import should_stop

# Seconds that one machine may take for one batch.
BATCH_SECONDS: Final = 60.0


def draft_job(*, job: Job, now: datetime) -> Job:
    """Have machines draft what is empty; called again, it goes on where it stopped.

    What no machine could draft stays empty, and `job.trouble` says why; what its source reserves from machines is
    sent to none. Call it outside a transaction: each
    batch is kept as soon as it is there.
    """
    machines = machines_for(source=job.source_language, target=job.language)
    empty = list(job.segments.filter(state=Segment.State.EMPTY).exclude(source="").order_by("position"))
    if empty and (signals := reserved_for(job)):
        return _told(job, _reserved(signals))
    if not machines:
        return _told(job, _no_machine(job) if empty else "")
    errors: dict[str, str] = {}
    for start, batch in _batches(empty, machines[0].capability.batch):
        if should_stop():
            break
        drafts = ask_machines(
            machines,
            units_of(job, batch),
            source=job.source_language,
            target=job.language,
            deadline=BATCH_SECONDS,
            now=now,
        )
        _keep(drafts, {str(segment.pk): segment for segment in batch}, now)
        errors |= drafts.errors
        say_progress(start + len(batch), len(empty))
    return _told(job, _in_words(errors))


def _batches(segments: Sequence[Segment], size: int) -> Iterator[tuple[int, Sequence[Segment]]]:
    for start in range(0, len(segments), size):
        yield start, segments[start : start + size]


@transaction.atomic
def _keep(drafts: Drafts, segments: dict[str, Segment], now: datetime) -> None:
    """Write drafts where nobody has written since the machine was asked."""
    kept: list[Segment] = []
    for draft in drafts.done:
        seen = segments[draft.id]
        count = Segment.objects.filter(pk=seen.pk, version=seen.version, state=Segment.State.EMPTY).update(
            text=draft.text,
            machine_text=draft.text,
            machine=draft.machine,
            state=Segment.State.DRAFT,
            origin=Segment.Origin.MACHINE,
            version=seen.version + 1,
            by=None,
            at=now,
        )
        if count:
            kept.append(_drafted(seen, draft))
    note_all(kept, Verb.DRAFTED, by=None, now=now, role=Role.MACHINE)


def _drafted(segment: Segment, draft: Draft) -> Segment:
    """Return a segment as its draft left it."""
    segment.text = segment.machine_text = draft.text
    segment.machine = draft.machine
    segment.state, segment.origin = Segment.State.DRAFT, Segment.Origin.MACHINE
    segment.version += 1
    return segment


def _told(job: Job, trouble: str) -> Job:
    job.trouble = cut(trouble, 500)
    job.machine = cut(", ".join(machines_of(job)), 40)
    job.save(update_fields=["trouble", "machine"])
    return job


def _no_machine(job: Job) -> str:
    return _("No machine is set up for %(source)s → %(target)s.") % {
        "source": job.source_language,
        "target": job.language,
    }


def _reserved(signals: frozenset[str]) -> str:
    return _(
        "The source keeps machines from its text (%(signals)s), and no agreement allows them: translate it by hand,"
        " or ask the outlet."
    ) % {"signals": ", ".join(sorted(signals))}


def _in_words(errors: dict[str, str]) -> str:
    if not errors:
        return ""
    count = ngettext(
        "%(count)d sentence has no draft.", "%(count)d sentences have no draft.", len(errors)
    ) % {"count": len(errors)}
    return " ".join([count, *sorted(set(errors.values()))])
