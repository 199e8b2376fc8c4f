"""Intake's verbs: find a feed, check a channel, take the piece that an entry leads to, take it again.

What goes wrong in the world is noted on the row, in words for the editor; what is left is a fault
of ours and crashes. Every verb may die anywhere and be done again: a file comes before its row,
and a row changes its state in the transaction that enqueues what follows.
"""

from dateline.intake.actions.asking import NotRead, NotYet, waiting_for_turns
from dateline.intake.actions.checked import Checked
from dateline.intake.actions.checking import check_channel
from dateline.intake.actions.deliveries import read_delivery
from dateline.intake.actions.drops import look_into_drops
from dateline.intake.actions.entries import enqueue_taking, write_entries
from dateline.intake.actions.finding import find_feed
from dateline.intake.actions.mailboxes import read_mailboxes
from dateline.intake.actions.pushes import ask_hubs
from dateline.intake.actions.rounds import Round, check_round
from dateline.intake.actions.taking import read_snapshot, take_again, take_entry

__all__ = [
    "Checked",
    "NotRead",
    "NotYet",
    "Round",
    "ask_hubs",
    "check_channel",
    "check_round",
    "enqueue_taking",
    "find_feed",
    "look_into_drops",
    "read_delivery",
    "read_mailboxes",
    "read_snapshot",
    "take_again",
    "take_entry",
    "waiting_for_turns",
    "write_entries",
]
