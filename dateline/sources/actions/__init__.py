"""What one does with outlets and their channels: watch, stop, and write down how each check went."""

from dateline.sources.actions.health import (
    LONGEST_TROUBLE,
    Told,
    note_success,
    note_trouble,
    note_unchanged,
    put_off,
)
from dateline.sources.actions.history import thin_history
from dateline.sources.actions.moving import follow_move
from dateline.sources.actions.robots import permit_by_robots
from dateline.sources.actions.turns import HostTurns
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
    "HostTurns",
    "Told",
    "add_outlet",
    "check_now",
    "enqueue_check",
    "follow_move",
    "note_success",
    "note_trouble",
    "note_unchanged",
    "permit_by_robots",
    "put_off",
    "stop_watching",
    "thin_history",
    "typed_address",
    "watch_again",
]
