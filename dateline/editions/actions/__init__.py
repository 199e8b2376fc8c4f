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
from dateline.editions.actions.drafting import draft_voices
from dateline.editions.actions.press_review import (
    Overtaken,
    TooManyVoices,
    VoiceWords,
    add_voices,
    cover_voice,
    drop_voice,
    stand_for_drafts,
    version_of,
    write_review,
)
from dateline.editions.actions.voicing import settle_due, settle_under, settle_voices

__all__ = [
    "AlreadyOut",
    "NotLater",
    "NotOpen",
    "NothingToRead",
    "Overtaken",
    "TooManyVoices",
    "VoiceWords",
    "add_voices",
    "close",
    "close_due",
    "cover_voice",
    "draft_voices",
    "drop_voice",
    "open_edition",
    "reopen",
    "settle_due",
    "settle_under",
    "settle_voices",
    "stand_for_drafts",
    "version_of",
    "write_review",
]
