"""Many exchanges at once through the guarded door: sent and collected by ordinary code, asked on a loop of their own.

The loop runs in a thread that touches nothing but the network. Turns are taken and given back by the thread
that sends and collects, so that whoever keeps them may use a database.
"""

import asyncio
import threading
import time
from collections.abc import Hashable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Final, Generic, Self, TypeVar

from dateline.lib.urls import WebAddress
from dateline.net.dialling import Line
from dateline.net.errors import FetchError
from dateline.net.guarded import MARGIN_SECONDS, Door, Journey
from dateline.net.letters import Answer, Request, Response
from dateline.net.turns import Ended, Turn, turn_name

AT_ONCE: Final = 200
# After the first answer others are waited for, so that many can be noted in one go.
LINGER_SECONDS: Final = 0.1

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Outcome(Generic[K]):
    """What came of a request: a response or the error. seconds: that were spent asking."""

    key: K
    came: Response | FetchError
    seconds: float


@dataclass
class _Traveller(Generic[K]):
    key: K
    journey: Journey
    target: WebAddress
    now: datetime
    turn: Turn | None = None
    patient_until: datetime | None = None
    asked_again_at: datetime | None = None
    came: Answer | Exception | None = None
    ended_at: datetime | None = None

    @property
    def host(self) -> str:
        return turn_name(self.target)


@dataclass
class Crowd(Generic[K]):
    """The exchanges under way. Use it as a context; leaving it drops what is not answered yet."""

    door: Door
    at_once: int = AT_ONCE
    _back: "SimpleQueue[_Traveller[K]]" = field(default_factory=SimpleQueue)
    _waiting: "list[_Traveller[K]]" = field(default_factory=list)
    _asking: "dict[K, _Traveller[K]]" = field(default_factory=dict)
    _done: "list[Outcome[K]]" = field(default_factory=list)
    _tasks: "set[asyncio.Task[None]]" = field(default_factory=set)

    def __enter__(self) -> Self:
        self._loop = _new_loop()
        self._ready: Future[Line] = Future()
        self._thread = threading.Thread(target=self._serve, name="crowd", daemon=True)
        self._thread.start()
        self._line = self._ready.result()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._give_back(list(self._asking.values()))
        self._asking.clear()
        self._waiting.clear()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way and nothing waits to be collected."""
        return not (self._asking or self._waiting or self._done)

    @property
    def places(self) -> int:
        """How many more may be asked now."""
        return max(0, self.at_once - len(self._asking) - len(self._waiting))

    def send(self, requests: Mapping[K, Request], *, now: datetime) -> dict[K, datetime]:
        """Ask those whose hosts are free, one a host; return for the others when to send them again."""
        travellers = [t for key, request in requests.items() if (t := self._setting_out(key, request, now))]
        taken = self._take(travellers)
        self._start([t for t in travellers if t.key in taken])
        return {t.key: self._line_up(t.host) for t in travellers if t.key not in taken}

    def collect(self, *, timeout: float) -> list[Outcome[K]]:
        """Return what came since the last time. Waits at most `timeout` seconds for the first of them."""
        self._go_on_waiting()
        back = self._come_back(0 if self._done else timeout)
        self._give_back(back)
        for traveller in back:
            self._arrive(traveller)
        done, self._done = self._done, []
        return done

    def _setting_out(self, key: K, request: Request, now: datetime) -> "_Traveller[K] | None":
        journey = Journey(request)
        try:
            return _Traveller(key, journey, journey.next_target(self.door), now)
        except FetchError as error:
            self._fail(key, journey, error)
            return None

    def _take(self, travellers: "list[_Traveller[K]]") -> set[K]:
        """Take turns for the first traveller of each host; return the keys of those who have one."""
        firsts = {t.host: t for t in reversed(travellers)}
        if self.door.turns is None or not firsts:
            return {t.key for t in travellers}
        longest = max(t.journey.left_seconds for t in firsts.values())
        turns = self.door.turns.take(list(firsts), for_seconds=longest + MARGIN_SECONDS)
        for host, turn in turns.items():
            firsts[host].turn = turn
        return {firsts[host].key for host in turns}

    def _start(self, travellers: "list[_Traveller[K]]") -> None:
        if not travellers:
            return
        self._asking |= {t.key: t for t in travellers}
        self._loop.call_soon_threadsafe(self._set_off, travellers)

    def _line_up(self, host: str) -> datetime:
        if self.door.turns is None:
            raise RuntimeError("nobody keeps turns, so nobody has to wait for one")
        return self.door.turns.line_up(host)

    def _go_on_waiting(self) -> None:
        """Let those go on who were passed on to a host that is free by now."""
        turns = self.door.turns
        if not self._waiting or turns is None:
            return
        if not self._asking:
            earliest = min(t.asked_again_at or turns.now() for t in self._waiting)
            if (seconds := (earliest - turns.now()).total_seconds()) > 0:
                turns.wait(seconds)
        ripe = [t for t in self._waiting if (t.asked_again_at or turns.now()) <= turns.now()]
        self._waiting = [t for t in self._waiting if t not in ripe]
        taken = self._take(ripe)
        self._start([t for t in ripe if t.key in taken])
        for traveller in ripe:
            if traveller.key not in taken:
                self._wait(traveller)

    def _wait(self, traveller: "_Traveller[K]") -> None:
        until, now = self._line_up(traveller.host), self._now(traveller)
        traveller.patient_until = traveller.patient_until or now + traveller.journey.patience
        if until > traveller.patient_until:
            busy = traveller.journey.busy(traveller.target, until=until, now=now)
            self._fail(traveller.key, traveller.journey, busy)
        else:
            traveller.asked_again_at = until
            self._waiting.append(traveller)

    def _come_back(self, timeout: float) -> "list[_Traveller[K]]":
        if not self._asking:
            return []
        back = []
        with suppress(Empty):
            back.append(self._back.get(timeout=timeout) if timeout else self._back.get_nowait())
            if len(self._asking) > self._back.qsize() + 1:
                time.sleep(LINGER_SECONDS)
            while True:
                back.append(self._back.get_nowait())
        for traveller in back:
            del self._asking[traveller.key]
        return back

    def _give_back(self, travellers: "list[_Traveller[K]]") -> None:
        turns = self.door.turns
        if turns is None:
            return
        turns.give_back(
            [
                Ended(
                    t.turn,
                    at=t.ended_at or turns.now(),
                    answer=t.came if isinstance(t.came, Answer) else None,
                )
                for t in travellers
                if t.turn
            ]
        )

    def _arrive(self, traveller: "_Traveller[K]") -> None:
        journey, came = traveller.journey, traveller.came
        if isinstance(came, FetchError):
            self._fail(traveller.key, journey, came)
            return
        if not isinstance(came, Answer):
            raise came or RuntimeError("an exchange ended without an answer")
        try:
            response = journey.arrive(traveller.target, came, now=traveller.now)
            if response is None:
                traveller.target, traveller.turn = journey.next_target(self.door), None
                traveller.patient_until = None
        except FetchError as error:
            self._fail(traveller.key, journey, error)
            return
        if response is not None:
            self._done.append(Outcome(traveller.key, response, _spent(journey)))
        else:
            self._pass_on(traveller)

    def _pass_on(self, traveller: "_Traveller[K]") -> None:
        if self._take([traveller]):
            self._start([traveller])
        else:
            self._wait(traveller)

    def _fail(self, key: K, journey: Journey, error: FetchError) -> None:
        error.asked = journey.request.url
        self._done.append(Outcome(key, error, _spent(journey)))

    def _now(self, traveller: "_Traveller[K]") -> datetime:
        return self.door.turns.now() if self.door.turns else traveller.now

    # In the thread of the loop.

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            line = self._loop.run_until_complete(_opened())
        except BaseException as error:  # noqa: BLE001 — whoever waits for the line is told
            self._ready.set_exception(error)
            return
        self._ready.set_result(line)
        try:
            self._loop.run_forever()
        finally:
            self._loop.run_until_complete(_closed(line))
            self._loop.close()

    def _set_off(self, travellers: "list[_Traveller[K]]") -> None:
        for traveller in travellers:
            task = self._loop.create_task(self._ask(traveller))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _ask(self, traveller: "_Traveller[K]") -> None:
        try:
            traveller.came = await traveller.journey.ask(traveller.target, door=self.door, line=self._line)
            if self.door.turns is not None:
                traveller.ended_at = self.door.turns.now()
        except Exception as error:  # noqa: BLE001 — raised again where it is collected
            traveller.came = error
        self._back.put(traveller)


def _spent(journey: Journey) -> float:
    return journey.request.deadline_seconds - journey.left_seconds


def _new_loop() -> asyncio.AbstractEventLoop:
    """Return the quicker loop where it is installed."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


async def _opened() -> Line:
    return Line(keeps_open=True)


async def _closed(line: Line) -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    async with line:
        pass
