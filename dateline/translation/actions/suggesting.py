"""Asking machines for one sentence, because somebody who translates it wants to see what they would say."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.lib.text import cut
from dateline.translation.actions.machine_calls import ask_machines
from dateline.translation.actions.machine_units import units_of
from dateline.translation.checks.ignoring import digest_of
from dateline.translation.drafting import Drafts
from dateline.translation.machines.base import Machine
from dateline.translation.machines.registry import machines_for
from dateline.translation.models import Segment, Suggestion
from dateline.translation.queries.reservations import reserved_for
from dateline.work.actions import enqueue_by_name

# Seconds that a machine may take for one sentence: somebody waits.
SECONDS = 20.0


class NobodyToAsk(ValueError):
    """No machine is set up for the pair of languages, or the source keeps machines from its text."""


@transaction.atomic
def ask_for_suggestion(*, segment: Segment, machine: str, now: datetime) -> Suggestion:
    """Have a machine asked for a segment in the background; while it is asked nothing is asked again.

    machine: its name; the first one of the pair where it is empty. Raises NobodyToAsk.
    """
    chosen = _machine_for(segment, machine)
    asked, _is_new = Suggestion.objects.select_for_update(of=("self",)).get_or_create(
        segment=segment,
        machine=chosen.capability.name,
        defaults={"asked_at": now, "source_digest": digest_of(segment.source)},
    )
    if asked.answered_at is not None:
        asked.asked_at, asked.answered_at = now, None
        asked.text = asked.trouble = ""
    asked.source_digest = digest_of(segment.source)
    asked.save()
    enqueue_by_name("translation.suggest", key=str(asked.pk), suggestion_id=asked.pk)
    return asked


def answer_suggestion(*, suggestion: Suggestion, now: datetime) -> Suggestion:
    """Ask the machine and keep what it says, or why it says nothing. Call it outside a transaction."""
    segment = suggestion.segment
    try:
        drafts = _asked(segment, _machine_for(segment, suggestion.machine), now)
        words = next((draft.text for draft in drafts.done), "")
        trouble = "" if words else " ".join(sorted(set(drafts.errors.values())))
    except NobodyToAsk as error:
        words, trouble = "", str(error)
    suggestion.text = words
    suggestion.trouble = cut(trouble, 500)
    suggestion.answered_at = now
    suggestion.save(update_fields=["text", "trouble", "answered_at"])
    return suggestion


def _asked(segment: Segment, machine: Machine, now: datetime) -> Drafts:
    job = segment.job
    return ask_machines(
        [machine],
        units_of(job, [segment]),
        source=job.source_language,
        target=job.language,
        deadline=SECONDS,
        now=now,
    )


def _machine_for(segment: Segment, name: str) -> Machine:
    job = segment.job
    if signals := reserved_for(job):
        raise NobodyToAsk(
            _("The source keeps machines from its text (%s), and no agreement allows them.")
            % ", ".join(sorted(signals))
        )
    machines = machines_for(source=job.source_language, target=job.language)
    found = next((one for one in machines if name in {"", one.capability.name}), None)
    if found is None:
        raise NobodyToAsk(_("No machine is set up for this pair of languages."))
    return found
