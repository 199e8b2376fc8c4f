"""The verbs of an edition, a press review, a letter."""

from dateline.editions.actions.closing import (
    AlreadyOut,
    NothingToRead,
    NotLater,
    NotOpen,
    close,
    close_due,
    open_edition,
    reopen,
)

__all__ = [
    "AlreadyOut",
    "NotLater",
    "NotOpen",
    "NothingToRead",
    "close",
    "close_due",
    "open_edition",
    "reopen",
]
