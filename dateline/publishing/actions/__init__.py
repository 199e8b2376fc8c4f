"""The press's verbs: bake one piece, what is around it, or everything; take down; mend; keep the records."""

from dateline.publishing.actions.ahead import make_ready, settle_struck, strike_ready
from dateline.publishing.actions.baking import (
    SURFACES,
    UNKNOWN_FOR,
    StillShown,
    around,
    bake,
    bake_addresses,
    bake_all_around_those_due,
    bake_around,
    bake_article,
    bake_everything,
    bake_those_due,
    change_around,
    collect_static,
    mend,
    preview,
    take_down,
    write_redirects,
)
from dateline.publishing.actions.due import (
    NoRoom,
    NotAllBaked,
    bake_due,
    drain,
    mark_due,
    raise_tags,
    renew_looked_at,
)
from dateline.publishing.actions.editions import bake_edition
from dateline.publishing.actions.making import ask_gate, ask_gate_of_all
from dateline.publishing.actions.placing import store
from dateline.publishing.actions.recording import ChainBusy, record_ended, record_published
from dateline.publishing.actions.together import Changed, change_together

__all__ = [
    "SURFACES",
    "UNKNOWN_FOR",
    "ChainBusy",
    "Changed",
    "NoRoom",
    "NotAllBaked",
    "StillShown",
    "around",
    "ask_gate",
    "ask_gate_of_all",
    "bake",
    "bake_addresses",
    "bake_all_around_those_due",
    "bake_around",
    "bake_article",
    "bake_due",
    "bake_edition",
    "bake_everything",
    "bake_those_due",
    "change_around",
    "change_together",
    "collect_static",
    "drain",
    "make_ready",
    "mark_due",
    "mend",
    "preview",
    "raise_tags",
    "record_ended",
    "record_published",
    "renew_looked_at",
    "settle_struck",
    "store",
    "strike_ready",
    "take_down",
    "write_redirects",
]
