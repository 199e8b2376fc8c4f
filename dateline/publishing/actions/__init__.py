"""The press's verbs: bake one piece, what is around it, or everything; take down; mend; keep the records."""

from dateline.publishing.actions.baking import (
    SURFACES,
    UNKNOWN_FOR,
    NotAllBaked,
    StillShown,
    ask_gate,
    bake,
    bake_around,
    bake_article,
    bake_everything,
    collect_static,
    mend,
    preview,
    store,
    take_down,
    write_redirects,
)
from dateline.publishing.actions.recording import ChainBusy, record_ended, record_published

__all__ = [
    "SURFACES",
    "UNKNOWN_FOR",
    "ChainBusy",
    "NotAllBaked",
    "StillShown",
    "ask_gate",
    "bake",
    "bake_around",
    "bake_article",
    "bake_everything",
    "collect_static",
    "mend",
    "preview",
    "record_ended",
    "record_published",
    "store",
    "take_down",
    "write_redirects",
]
