"""The verbs of readers' post: receive, take, answer, put off, close, pass on, erase; and of counting views."""

from dateline.audience.actions.counting import Tally, begin_with, count_views, tally
from dateline.audience.actions.keeping import erase, erase_old
from dateline.audience.actions.post import (
    EmailMissing,
    Erased,
    NothingSaid,
    StillOnItsWay,
    TooLate,
    answer,
    close,
    note_passed_on,
    put_back,
    put_off,
    receive,
    take,
)

__all__ = [
    "EmailMissing",
    "Erased",
    "NothingSaid",
    "StillOnItsWay",
    "Tally",
    "TooLate",
    "answer",
    "begin_with",
    "close",
    "count_views",
    "erase",
    "erase_old",
    "note_passed_on",
    "put_back",
    "put_off",
    "receive",
    "take",
    "tally",
]
