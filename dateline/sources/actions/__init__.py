"""What one does with outlets and their channels: watch, stop, and write down how each check went."""

from dateline.sources.actions.health import LONGEST_TROUBLE, note_success, note_trouble
from dateline.sources.actions.watching import (
    AlreadyWatched,
    add_outlet,
    check_now,
    enqueue_check,
    stop_watching,
    typed_address,
    watch_again,
)

__all__ = [
    "LONGEST_TROUBLE",
    "AlreadyWatched",
    "add_outlet",
    "check_now",
    "enqueue_check",
    "note_success",
    "note_trouble",
    "stop_watching",
    "typed_address",
    "watch_again",
]
