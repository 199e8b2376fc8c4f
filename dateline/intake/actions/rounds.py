"""A round: all channels that are due are asked together, each host in its turn.

What has not changed is noted in one go. Bodies are read in children of their own: one that takes long is put
behind all others, and its channel is remembered for that. Until a channel's check is noted it stays due, so that a
round that is killed anywhere loses nothing, and the next one asks again only what this one had not noted.
"""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Self

from django.utils import timezone

from dateline.intake.actions.asking import NotRead, NotYet, in_words, refuse_failure, world_in_words
from dateline.intake.actions.checked import Checked
from dateline.intake.actions.checking import (
    conditions,
    feed_in,
    hear,
    is_plainly_unchanged,
    is_unchanged,
    known_in,
    note_not_read,
    write_feed,
)
from dateline.intake.feeds import Known, ParsedFeed
from dateline.lib.confined import Cell, Limits, TookTooLong
from dateline.lib.crash import crash_point
from dateline.net.crowd import Crowd, Outcome
from dateline.net.doors import guarded_door
from dateline.net.guarded import Door
from dateline.net.letters import DEADLINE_SECONDS, FEED_BYTES, Request, Response
from dateline.sources.actions import note_unchanged, put_off
from dateline.sources.models import Channel
from dateline.work.progress import progress, should_stop

# A feed that is read within this holds up others by no more; one that is not is read behind them.
QUICK_SECONDS: Final = 3.0  # a new child's start counts too
SLOW_SECONDS: Final = 8.0
# For so long a round takes up what falls due meanwhile; then the next one does.
SENDS_FOR_SECONDS: Final = 60.0
LOOKS_EVERY_SECONDS: Final = 1.0
# A host that rests longer than this does not keep its channels in line.
# Read only where a channel is in trouble or moves.
NOT_NEEDED: Final = ("categories", "former_addresses")
IN_LINE: Final = timedelta(minutes=2)

_quick = Cell(Limits(seconds=QUICK_SECONDS))
_slow = Cell(Limits(seconds=SLOW_SECONDS, uses=1))


@dataclass
class Round:
    """What a round did. next_at: when channels that found their host busy should be asked, None where none did."""

    asked: int = 0
    unchanged: int = 0
    new: int = 0
    troubles: int = 0
    put_off: int = 0
    next_at: datetime | None = None


def check_round(
    *,
    clock: Callable[[], datetime] = timezone.now,
    door: Door | None = None,
    deadline_seconds: float = DEADLINE_SECONDS,
    quick: Cell = _quick,
) -> Round:
    """Check every channel on the web that is due.

    clock: tells the time of each note. quick: the child in which bodies are read first.

    Ends when all have been heard; a person's wish to stop lets those end that are under way.
    """
    door = door or guarded_door()
    with _Asking(clock=clock, door=door, deadline_seconds=deadline_seconds, quick=quick) as asking:
        while asking.goes_on():
            pass
    return asking.told


@dataclass(frozen=True)
class _Read:
    """A body that is being read."""

    channel: Channel
    response: Response
    seconds: float
    is_slow: bool


@dataclass
class _Asking:
    clock: Callable[[], datetime]
    door: Door
    deadline_seconds: float
    quick: Cell
    told: Round = field(default_factory=Round)
    _under_way: dict[int, Channel] = field(default_factory=dict)
    _in_line: dict[int, datetime] = field(default_factory=dict)
    _reading: dict[Future[tuple[ParsedFeed, float]], _Read] = field(default_factory=dict)
    _looks_at: float = 0.0
    _has_more: bool = False

    def __enter__(self) -> Self:
        self._sends_until = time.monotonic() + SENDS_FOR_SECONDS
        with ExitStack() as stack:
            self._quick_reader = stack.enter_context(ThreadPoolExecutor(1, "quick"))
            self._slow_reader = stack.enter_context(ThreadPoolExecutor(1, "slow"))
            self._crowd: Crowd[int] = stack.enter_context(Crowd(self.door))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def goes_on(self) -> bool:
        """Send what is due, take in what came; return whether anything is still under way."""
        if self._looks():
            self._send()
        self._take_in(self._crowd.collect(timeout=0.1 if self._reading else LOOKS_EVERY_SECONDS))
        self._write_read()
        progress(self.told.asked - len(self._under_way), self.told.asked)
        if self._under_way or self._has_more:
            return True
        self.told.next_at = min(self._in_line.values(), default=None)
        return False

    def _looks(self) -> bool:
        """Whether to see what is due: now and then, and when places are free that were wanted."""
        wanted = self._has_more and self._crowd.places >= self._crowd.at_once // 2
        return wanted or time.monotonic() >= self._looks_at

    def _is_ending(self) -> bool:
        return time.monotonic() > self._sends_until or should_stop()

    def _send(self) -> None:
        self._looks_at, self._has_more = time.monotonic() + LOOKS_EVERY_SECONDS, False
        if self._is_ending():
            return
        now = self.clock()
        due = Channel.objects.due(now=now).filter(kind__in=Channel.ASKED).exclude(pk__in=self._not_now(now))
        places = self._crowd.places
        channels = {channel.pk: channel for channel in due.defer(*NOT_NEEDED)[:places]}
        self._has_more = len(channels) == places
        requests = {key: self._request(channel) for key, channel in channels.items()}
        busy = self._crowd.send(requests, now=now)
        for key, until in busy.items():
            self._wait_in_line(channels.pop(key), until=until, now=now)
        self._under_way |= channels
        self.told.asked += len(channels)

    def _not_now(self, now: datetime) -> list[int]:
        waiting = [key for key, until in self._in_line.items() if until > now]
        return [*self._under_way, *waiting]

    def _request(self, channel: Channel) -> Request:
        return Request(
            channel.address,
            headers=conditions(channel),
            limit_bytes=FEED_BYTES,
            deadline_seconds=self.deadline_seconds,
        )

    def _wait_in_line(self, channel: Channel, *, until: datetime, now: datetime) -> None:
        """Come again within this round or the next; where the host rests for long, when its rest ends."""
        self.told.put_off += 1
        if until > now + IN_LINE:
            put_off(channels=[channel], until=until)
            self._in_line.pop(channel.pk, None)
        else:
            self._in_line[channel.pk] = until

    def _take_in(self, outcomes: list[Outcome[int]]) -> None:
        if outcomes:
            crash_point("intake.round-asked")
        plain: list[tuple[Channel, Response, float]] = []
        for outcome in outcomes:
            channel, came = self._under_way[outcome.key], outcome.came
            try:
                if isinstance(came, Response) and is_plainly_unchanged(channel, came):
                    plain.append((channel, came, outcome.seconds))
                else:
                    self._look_into(channel, outcome)
            except NotRead as trouble:
                self._not_read(channel, trouble, seconds=outcome.seconds)
        self._note_plain(plain)

    def _note_plain(self, plain: list[tuple[Channel, Response, float]]) -> None:
        if not plain:
            return
        note_unchanged(checked=plain, now=self.clock())
        self.told.unchanged += len(plain)
        for channel, _response, _seconds in plain:
            self._done(channel)
        crash_point("intake.round-noted")

    def _look_into(self, channel: Channel, outcome: Outcome[int]) -> None:
        """Have a body read, or note what else came. Raises NotRead."""
        if not isinstance(outcome.came, Response):
            raise in_words(outcome.came)
        if is_unchanged(channel, outcome.came):
            with world_in_words():
                self._count(hear(channel, outcome.came, now=self.clock(), seconds=outcome.seconds))
            self._done(channel)
        else:
            refuse_failure(outcome.came)
            self._read(_Read(channel, outcome.came, outcome.seconds, is_slow=channel.is_slow))

    def _read(self, read: _Read) -> None:
        reader, cell = (self._slow_reader, _slow) if read.is_slow else (self._quick_reader, self.quick)
        channel = read.channel
        known = known_in(channel)
        future = reader.submit(
            _timed, read.response, kind=channel.kind, rules=channel.rules, known=known, cell=cell
        )
        self._reading[future] = read

    def _write_read(self) -> None:
        """Write what was read by now; wait a little for it where nothing else is to be done."""
        if not self._reading:
            return
        idle = self._crowd.is_idle
        ready, _ = wait(self._reading, LOOKS_EVERY_SECONDS if idle else 0, return_when=FIRST_COMPLETED)
        for future in ready:
            self._write(self._reading.pop(future), future)

    def _write(self, read: _Read, future: Future[tuple[ParsedFeed, float]]) -> None:
        channel = read.channel
        if isinstance(future.exception(), TookTooLong) and not read.is_slow:
            self._read(_Read(channel, read.response, read.seconds, is_slow=True))
            return
        try:
            with world_in_words():
                feed, seconds = future.result()
                self._count(
                    write_feed(
                        channel,
                        read.response,
                        feed,
                        now=self.clock(),
                        seconds=read.seconds,
                        is_slow=read.is_slow and seconds > QUICK_SECONDS,
                    )
                )
            self._done(channel)
        except NotRead as trouble:
            trouble.answer = trouble.answer or read.response
            self._not_read(channel, trouble, seconds=read.seconds, is_slow=read.is_slow)

    def _not_read(self, channel: Channel, trouble: NotRead, *, seconds: float, is_slow: bool = False) -> None:
        now = self.clock()
        if isinstance(trouble, NotYet):
            self._wait_in_line(channel, until=trouble.until, now=now)
        else:
            self._count(note_not_read(channel, trouble, now=now, seconds=seconds, is_slow=is_slow))
        self._done(channel)

    def _done(self, channel: Channel) -> None:
        del self._under_way[channel.pk]

    def _count(self, checked: Checked) -> None:
        self.told.new += checked.new
        self.told.unchanged += checked.is_unchanged
        self.told.troubles += bool(checked.trouble)


def _timed(
    response: Response, *, kind: str, rules: Mapping[str, Any], known: Known, cell: Cell
) -> tuple[ParsedFeed, float]:
    """Return the feed and the seconds that it took: one that has become quick again is read with the others."""
    began = time.monotonic()
    feed = feed_in(response, kind=kind, rules=rules, known=known, cell=cell)
    return feed, time.monotonic() - began
