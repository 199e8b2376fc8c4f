"""Asking machines so that nothing is lost and nothing is charged twice.

Before a machine is asked it stands in the database what for; the answer is kept before anybody uses it; the same
question is answered from there. A machine that costs nothing and runs in this process is asked as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dateline.lib.crash import crash_point
from dateline.lib.text import cut
from dateline.translation.drafting import Drafts, ask
from dateline.translation.machines.base import Capability, Drafted, Machine, MachineFailed, Pair, Unit
from dateline.translation.metering import (
    LOST_FOR,
    affordable,
    batches,
    digest_of_source,
    fingerprint,
    rests_until,
)
from dateline.translation.models import MachineAnswer, MachineCall, MachineMeter
from dateline.translation.queries.machines import characters_left, last_calls

KEPT_FOR = timedelta(days=30)


def ask_machines(
    machines: Sequence[Machine],
    units: Sequence[Unit],
    *,
    source: str,
    target: str,
    deadline: float,
    now: datetime,
) -> Drafts:
    """Return drafts of `units` by the first machine that can make them, each counted, kept and within its budget.

    deadline: seconds for each machine. Call it outside a transaction.
    """
    counted = [one if one.capability.is_offline else Metered(one, now) for one in machines]
    return ask(counted, units, source=source, target=target, deadline=deadline)


def forget_answers(*, now: datetime) -> int:
    """Delete the answers of machines that are older than a month; what they cost stays. Return how many."""
    old = MachineAnswer.objects.filter(call__asked_at__lt=now - KEPT_FOR)
    return old.delete()[0]


@dataclass
class Metered:
    """A machine with its meter: the same interface. now: when it was begun to ask it."""

    machine: Machine
    now: datetime
    _begun: float = field(default_factory=monotonic)

    @property
    def capability(self) -> Capability:
        """Say what it is."""
        return self.machine.capability

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs that it knows."""
        return self.machine.pairs()

    def faults(self) -> list[str]:
        """Return what is wrong with it."""
        return self.machine.faults()

    def draft(self, units: Sequence[Unit], *, source: str, target: str, deadline: float) -> list[Drafted]:
        """Return what was answered before, and ask for the rest, as far as budget and breaker let."""
        ends = monotonic() + deadline
        marks = {
            unit.id: fingerprint(unit, capability=self.capability, source=source, target=target)
            for unit in units
        }
        wanted = {marks[unit.id]: unit for unit in reversed(units)}
        answers: dict[str, Drafted] = {}
        for batch in batches(list(reversed(wanted.values())), self.capability):
            answers |= self._batch(
                {marks[unit.id]: unit for unit in batch}, source=source, target=target, ends=ends
            )
        return [_for(unit, answers[marks[unit.id]]) for unit in units]

    def _batch(
        self, units: Mapping[str, Unit], *, source: str, target: str, ends: float
    ) -> dict[str, Drafted]:
        answers = self._known(units)
        open_ = {mark: unit for mark, unit in units.items() if mark not in answers}
        if not open_:
            return answers
        left = ends - monotonic()
        if left <= 0:
            return answers | _all(open_, _("The time was over."))
        call, ours, told = self._begin(open_, source=source, target=target)
        answers |= told
        if call is not None:
            crash_point("translation.machine-asked")
            answers |= self._asked(call, ours, source=source, target=target, deadline=left)
        return answers

    def _known(self, units: Mapping[str, Unit]) -> dict[str, Drafted]:
        """Return what was answered before, and what may not be asked again yet, with the reason."""
        rows = MachineAnswer.objects.filter(fingerprint__in=list(units)).select_related("call")
        found = {}
        for row in rows:
            if row.text:
                found[row.fingerprint] = Drafted("", text=row.text)
            elif self._is_held(row):
                found[row.fingerprint] = Drafted("", error=self._why_held(row))
        return found

    def _is_held(self, row: MachineAnswer) -> bool:
        """True where asking again would be charged again, or another process is asking just now."""
        if row.call.state == MachineCall.State.REFUSED:
            return False
        return self.capability.is_charged and row.call.asked_at + LOST_FOR > self._moment()

    def _why_held(self, row: MachineAnswer) -> str:
        told = {
            "machine": self.capability.label,
            "asked": localtime(row.call.asked_at).strftime("%H:%M"),
            "until": localtime(row.call.asked_at + LOST_FOR).strftime("%H:%M"),
        }
        if row.trouble:
            return _("%(why)s (%(machine)s at %(asked)s; asked again from %(until)s on.)") % {
                **told,
                "why": row.trouble,
            }
        return (
            _(
                "%(machine)s was asked at %(asked)s and its answer is not there. So that nothing is charged twice,"
                " it is asked again from %(until)s on."
            )
            % told
        )

    @transaction.atomic
    def _begin(
        self, units: Mapping[str, Unit], *, source: str, target: str
    ) -> tuple[MachineCall | None, Mapping[str, Unit], dict[str, Drafted]]:
        """Write down what is about to be asked: the call, what is asked of it, and of the rest why it is not."""
        name, moment = self.capability.name, self._moment()
        MachineMeter.objects.update_or_create(machine=name, defaults={"at": moment})
        known = self._known(units)
        units = {mark: unit for mark, unit in units.items() if mark not in known}
        until = rests_until(last_calls(name), now=moment)
        if until is not None:
            return None, {}, known | _all(units, self._why_resting(until))
        paid = affordable(list(units.values()), characters_left(name, now=moment))
        ours = {mark: unit for mark, unit in units.items() if unit in paid}
        rest = {mark: unit for mark, unit in units.items() if mark not in ours}
        told = known | _all(rest, _("The month's budget of %s is spent.") % self.capability.label)
        return (self._written(ours, source, target, moment) if ours else None), ours, told

    def _written(self, units: Mapping[str, Unit], source: str, target: str, moment: datetime) -> MachineCall:
        call = MachineCall(
            machine=self.capability.name,
            model=self.capability.model,
            source_language=source,
            language=target,
            sentences=len(units),
            characters=sum(len(unit.text) for unit in units.values()),
            asked_at=moment,
        )
        call.full_clean()
        call.save()
        MachineAnswer.objects.bulk_create(
            [
                MachineAnswer(fingerprint=mark, call=call, source_digest=digest_of_source(unit.text))
                for mark, unit in units.items()
            ],
            update_conflicts=True,
            unique_fields=["fingerprint"],
            update_fields=["call", "trouble", "text", "source_digest"],
        )
        return call

    def _asked(
        self, call: MachineCall, units: Mapping[str, Unit], *, source: str, target: str, deadline: float
    ) -> dict[str, Drafted]:
        try:
            came = self.machine.draft(list(units.values()), source=source, target=target, deadline=deadline)
        except MachineFailed as failure:
            return self._failed(call, units, failure)
        crash_point("translation.machine-answered")
        by_id = {answer.id: answer for answer in came}
        none = _("The machine gave no words for it.")
        answers = {mark: by_id.get(unit.id, Drafted(unit.id, error=none)) for mark, unit in units.items()}
        self._keep(call, units, answers)
        crash_point("translation.machine-stored")
        return answers

    @transaction.atomic
    def _keep(self, call: MachineCall, units: Mapping[str, Unit], answers: Mapping[str, Drafted]) -> None:
        rows = list(MachineAnswer.objects.filter(call=call))
        for row in rows:
            answer = answers[row.fingerprint]
            row.text, row.trouble = ("", cut(answer.error, 500)) if answer.error else (answer.text, "")
        MachineAnswer.objects.bulk_update(rows, ["text", "trouble"])
        call.characters += sum(len(units[mark].text) * answer.asked_again for mark, answer in answers.items())
        has_words = any(answer.text for answer in answers.values())
        call.state = MachineCall.State.ANSWERED if has_words else MachineCall.State.SPOILED
        call.trouble = "" if has_words else cut(next(iter(answers.values())).error, 500)
        call.ended_at = self._moment()
        call.save()

    @transaction.atomic
    def _failed(
        self, call: MachineCall, units: Mapping[str, Unit], failure: MachineFailed
    ) -> dict[str, Drafted]:
        call.state = MachineCall.State.SPOILED if failure.may_be_charged else MachineCall.State.REFUSED
        call.trouble = cut(str(failure), 500)
        call.ended_at = self._moment()
        if failure.rest_seconds:
            call.rests_until = call.ended_at + timedelta(seconds=failure.rest_seconds)
        call.save()
        MachineAnswer.objects.filter(call=call).update(trouble=call.trouble)
        return _all(units, call.trouble)

    def _why_resting(self, until: datetime) -> str:
        return _("%(machine)s failed and is left alone until %(until)s.") % {
            "machine": self.capability.label,
            "until": localtime(until).strftime("%H:%M:%S"),
        }

    def _moment(self) -> datetime:
        return self.now + timedelta(seconds=monotonic() - self._begun)


def _all(units: Mapping[str, Unit], error: str) -> dict[str, Drafted]:
    return {mark: Drafted(unit.id, error=error) for mark, unit in units.items()}


def _for(unit: Unit, answer: Drafted) -> Drafted:
    return Drafted(unit.id, text=answer.text, error=answer.error)
