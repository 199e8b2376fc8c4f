"""The verbs of readers' post: receive, take, answer, close, pass on, erase."""

from dateline.audience.actions.keeping import erase, erase_old
from dateline.audience.actions.post import (
    EmailMissing,
    Erased,
    NothingSaid,
    StillOnItsWay,
    answer,
    close,
    note_passed_on,
    put_back,
    receive,
    take,
)

__all__ = [
    "EmailMissing",
    "Erased",
    "NothingSaid",
    "StillOnItsWay",
    "answer",
    "close",
    "erase",
    "erase_old",
    "note_passed_on",
    "put_back",
    "receive",
    "take",
]
