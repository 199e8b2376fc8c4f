"""Verbs about articles: publish, schedule, take down, and end what has lost its right."""

from dateline.articles.actions.answering import note_reply, plan_reply, publish_despite
from dateline.articles.actions.cautioning import NotShown
from dateline.articles.actions.correcting import (
    OtherSource,
    Scheduled,
    StandsForGood,
    answer_source,
    correct,
    kill,
    recall,
    take_back,
    update,
)
from dateline.articles.actions.ending import (
    put_away_renditions,
    renew_under,
    standing_under,
    take_pictures_out,
)
from dateline.articles.actions.looking import MayNotLook, OwnWords, look_second
from dateline.articles.actions.publishing import (
    NotLive,
    NotWithdrawn,
    NotYet,
    bring_back,
    expire,
    let_stand,
    publish,
    publish_due,
    unpublish,
    withdraw,
    withdraw_at,
)

__all__ = [
    "MayNotLook",
    "NotLive",
    "NotShown",
    "NotWithdrawn",
    "NotYet",
    "OtherSource",
    "OwnWords",
    "Scheduled",
    "StandsForGood",
    "answer_source",
    "bring_back",
    "correct",
    "expire",
    "kill",
    "let_stand",
    "look_second",
    "note_reply",
    "plan_reply",
    "publish",
    "publish_despite",
    "publish_due",
    "put_away_renditions",
    "recall",
    "renew_under",
    "standing_under",
    "take_back",
    "take_pictures_out",
    "unpublish",
    "update",
    "withdraw",
    "withdraw_at",
]
