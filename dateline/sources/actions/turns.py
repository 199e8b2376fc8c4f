"""Turns at hosts, kept in rows: they hold for all threads and processes that share the database."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from dateline.net.turns import Ended, Turn
from dateline.sources.actions.bulk import update_each
from dateline.sources.cadence import expected_free_at, rest_after
from dateline.sources.models import Host

TRIES_IN_LINE = 5


@dataclass(frozen=True)
class _HeldTurn(Turn):
    pause_seconds: float = 0.0


@dataclass
class HostTurns:
    """Keeps the turns of hosts. clock, sleep: the real ones, unless a test moves time itself."""

    clock: Callable[[], datetime] = timezone.now
    sleep: Callable[[float], None] = time.sleep

    def now(self) -> datetime:
        """Return the time by the clock that turns are kept by."""
        return self.clock()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.sleep(seconds)

    def take(self, hosts: Collection[str], *, for_seconds: float) -> Mapping[str, Turn]:
        """Take the turns of those hosts that are free, each at most `for_seconds`: then it ends by itself."""
        holder = uuid4().hex
        taken = self._take(hosts, holder=holder, for_seconds=for_seconds)
        if len(taken) < len(set(hosts)) and self._make_known(set(hosts) - set(taken)):
            taken |= self._take(set(hosts) - set(taken), holder=holder, for_seconds=for_seconds)
        return taken

    def line_up(self, host: str) -> datetime:
        """Return when to come again for a host that was not free: each who asks is told a later time."""
        until = now = self.now()
        for _ in range(TRIES_IN_LINE):
            found = Host.objects.filter(name=host).first()
            if found is None:
                return now
            pause = timedelta(seconds=_pause(found.crawl_delay_seconds))
            free_at = expected_free_at(
                now=now, free_at=found.free_at, is_held=bool(found.holder), pause=pause
            )
            until = max(free_at, found.line_at + pause)
            if Host.objects.filter(pk=found.pk, line_at=found.line_at).update(line_at=until):
                break
        return until

    def give_back(self, ended: Sequence[Ended]) -> None:
        """End turns. From what the host answered follows how long it is left alone."""
        rows = []
        for end in ended:
            pause = end.turn.pause_seconds if isinstance(end.turn, _HeldTurn) else _pause(0)
            rest = rest_after(end.answer, now=end.at)
            free_at = end.at + max(timedelta(seconds=pause), rest)
            rows.append((free_at, "", end.at + rest if rest else None, end.turn.host, end.turn.holder))
        update_each(Host, changed=("free_at", "holder", "rests_until"), where=("name", "holder"), rows=rows)

    def _take(self, hosts: Collection[str], *, holder: str, for_seconds: float) -> dict[str, Turn]:
        now = self.now()
        # Whoever writes first has it: the row is not free any more for the other's UPDATE.
        Host.objects.filter(name__in=hosts, free_at__lte=now).update(
            holder=holder, free_at=now + timedelta(seconds=for_seconds)
        )
        held = Host.objects.filter(name__in=hosts, holder=holder)
        return {
            name: _HeldTurn(name, holder, _pause(delay))
            for name, delay in held.values_list("name", "crawl_delay_seconds")
        }

    def _make_known(self, hosts: set[str]) -> bool:
        """Write rows for hosts that nobody asked before; return whether there were any."""
        unknown = hosts - set(Host.objects.filter(name__in=hosts).values_list("name", flat=True))
        Host.objects.bulk_create([Host(name=name) for name in unknown], ignore_conflicts=True)
        return bool(unknown)


def _pause(crawl_delay_seconds: float) -> float:
    return max(float(settings.DATELINE_HOST_PAUSE_SECONDS), crawl_delay_seconds)
