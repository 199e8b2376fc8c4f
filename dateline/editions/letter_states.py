"""How a subscription, an issue and a delivery go on: their steps as data, checked when the classes are made. Pure."""

from typing import ClassVar, Final

from dateline.rights.asking import Graph

PENDING: Final = "pending"
CONFIRMED: Final = "confirmed"
PAUSED: Final = "paused"
ENDED: Final = "ended"
REFUSED: Final = "refused"

HELD: Final = "held"
SENDING: Final = "sending"
STOPPED: Final = "stopped"
SENT: Final = "sent"

WAITING: Final = "waiting"
CLAIMED: Final = "claimed"
HANDED: Final = "handed"
DONE: Final = "done"
UNKNOWN: Final = "unknown"
LEFT_OUT: Final = "left-out"

# Whoever got a letter, or may have got it.
GONE: Final = (HANDED, DONE, UNKNOWN)
# What is still to be done.
OPEN: Final = (WAITING, CLAIMED, HANDED)


class Reading(Graph):
    """A reader's subscription. Whoever ended it, or was refused by their server, may sign up again."""

    start = PENDING
    steps: ClassVar = {
        PENDING: frozenset({CONFIRMED, ENDED}),
        CONFIRMED: frozenset({PAUSED, ENDED, REFUSED}),
        PAUSED: frozenset({CONFIRMED, ENDED, REFUSED}),
        ENDED: frozenset({CONFIRMED}),
        REFUSED: frozenset({CONFIRMED, ENDED}),
    }


class Sending(Graph):
    """An issue of a letter."""

    start = HELD
    steps: ClassVar = {
        HELD: frozenset({SENDING, STOPPED}),
        SENDING: frozenset({PAUSED, STOPPED, SENT}),
        PAUSED: frozenset({SENDING, STOPPED}),
        SENT: frozenset({SENDING}),
        STOPPED: frozenset(),
    }


class Going(Graph):
    """One reader's letter. From `handed` on the server may have it, so nothing leads back without a person."""

    start = WAITING
    steps: ClassVar = {
        WAITING: frozenset({CLAIMED, LEFT_OUT}),
        CLAIMED: frozenset({WAITING, HANDED, LEFT_OUT}),
        HANDED: frozenset({DONE, REFUSED, UNKNOWN, WAITING}),
        UNKNOWN: frozenset({DONE, WAITING}),
        DONE: frozenset({REFUSED}),
        REFUSED: frozenset({WAITING}),
        LEFT_OUT: frozenset(),
    }
