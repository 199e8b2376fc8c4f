"""Names to IP addresses. Tests bring their own resolver, with the same one verb."""

import asyncio
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Thread
from typing import Protocol


class Resolver(Protocol):
    """Looks names up."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Return every IP address of a name. Raises OSError where it has none or nobody answers."""
        ...


class SystemResolver:
    """The machine's own resolver.

    Each look-up has a thread of its own that dies with the process: one that hangs must hold up
    neither the deadline nor the end of the worker.
    """

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Return every IP address of a name. Raises OSError where it has none or nobody answers."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[str]] = loop.create_future()
        Thread(target=_look_up, args=(host, port, loop, future), daemon=True, name=f"look-up {host}").start()
        return list(dict.fromkeys(await future))


def _look_up(
    host: str, port: int, loop: asyncio.AbstractEventLoop, future: "asyncio.Future[list[str]]"
) -> None:
    settle: Callable[[], None]
    try:
        found = [str(answer[4][0]) for answer in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        trouble = error if isinstance(error, OSError) else OSError(str(error))
        settle = lambda: None if future.done() else future.set_exception(trouble)  # noqa: E731
    else:
        settle = lambda: None if future.done() else future.set_result(found)  # noqa: E731
    with suppress(RuntimeError):  # the loop is gone: the deadline was earlier
        loop.call_soon_threadsafe(settle)
