"""How a channel does, in plain words: why it is quiet, since when, and what to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dateline.sources.models import Channel

NEVER_DROPPED = gettext_lazy("It stays on the list and is tried again by itself.")
# Quiet is worth a word where it lasts longer than this many of its usual pauses, and longer than two days.
QUIET_PACES: Final = 4
QUIET_AT_LEAST: Final = timedelta(days=2)
QUIET_UNKNOWN_PACE: Final = timedelta(days=30)
UNCHANGED: Final = 304
_DAY: Final = timedelta(days=1)
# What a first look finds may be of an hour or of a year: only what came since tells the pace.
TELLS_AFTER: Final = _DAY

_ADVICE: Final = {
    401: gettext_lazy(
        "Ask the outlet to let this site read its feed. Until then it is asked a few times a day."
    ),
    403: gettext_lazy(
        "Ask the outlet to let this site read its feed. Until then it is asked a few times a day."
    ),
    404: gettext_lazy(
        "Look on the outlet's site for its new address and add that one. The old one is asked daily."
    ),
    410: gettext_lazy(
        "Look on the outlet's site for a new feed, then stop this one. Until you do it is asked once a week."
    ),
    429: gettext_lazy("Nothing is to be done: we wait as long as the server wishes, then come less often."),
    451: gettext_lazy("Nothing is to be done here: the law keeps it closed. It is asked once a day."),
}
_SERVER_ILL = gettext_lazy(
    "Nothing is to be done here: their server is ill, and is asked again more and more seldom."
)
_FAULT_OF_THEIRS = 5


@dataclass(frozen=True)
class Health:
    """How a channel does, for a person. since: None where it is well or was never read."""

    is_well: bool
    words: str
    advice: str
    since: datetime | None


def health(channel: Channel, *, now: datetime | None = None) -> Health:
    """Say how a channel does: well, quiet, never read, stopped, or in trouble since when, and what to do."""
    now = now or timezone.now()
    if not channel.is_watched:
        return Health(False, _("Not watched: somebody stopped it."), _("Watch it again."), None)
    if channel.trouble:
        return Health(
            is_well=False, words=_ill(channel), advice=_advice(channel), since=channel.trouble_since
        )
    if channel.last_success_at is None:
        return Health(is_well=True, words=_("Not read yet."), advice="", since=None)
    if _is_quiet(channel, now=now):
        return _quiet(channel, now=now)
    words = " ".join(
        filter(None, [_("Read without trouble."), _usual(channel, now=now), _last(channel, now=now)])
    )
    return Health(is_well=True, words=words, advice="", since=None)


def _ill(channel: Channel) -> str:
    if not channel.failures:
        return channel.trouble
    failed = ngettext(
        "The last check went wrong.", "The last %(count)d checks went wrong.", channel.failures
    ) % {"count": channel.failures}
    return f"{channel.trouble} {failed}"


def _advice(channel: Channel) -> str:
    if not channel.failures:
        return ""
    by_status = _ADVICE.get(channel.last_status)
    if by_status is None and channel.last_status // 100 == _FAULT_OF_THEIRS:
        by_status = _SERVER_ILL
    return f"{by_status} {NEVER_DROPPED}" if by_status else str(NEVER_DROPPED)


def _is_quiet(channel: Channel, *, now: datetime) -> bool:
    if channel.last_new_at is None:
        return False
    pace = timedelta(seconds=channel.pace_seconds)
    bearable = max(QUIET_PACES * pace, QUIET_AT_LEAST) if pace else QUIET_UNKNOWN_PACE
    return now - channel.last_new_at > bearable


def _quiet(channel: Channel, *, now: datetime) -> Health:
    days = (now - (channel.last_new_at or now)).days
    told = ngettext("Nothing new for %(count)d day.", "Nothing new for %(count)d days.", days) % {
        "count": days
    }
    server = (
        _("The server answers and says nothing changed.")
        if channel.last_status == UNCHANGED
        else _("The server answers, with nothing that we do not have.")
    )
    advice = _(
        "Open the outlet's site: if there are newer pieces than here, its feed has stopped or moved. Look for another"
        " one."
    )
    words = " ".join(filter(None, [told, _usual(channel, now=now), server]))
    return Health(is_well=True, words=words, advice=advice, since=channel.last_new_at)


def _usual(channel: Channel, *, now: datetime) -> str:
    if channel.read_since is not None and now - channel.read_since < TELLS_AFTER:
        return _("It is too early to tell how much it usually brings.")
    if not channel.pace_seconds:
        return ""
    a_day = _DAY / timedelta(seconds=channel.pace_seconds)
    if a_day >= 1:
        count = round(a_day)
        return ngettext("It usually brings %(count)d a day.", "It usually brings %(count)d a day.", count) % {
            "count": count
        }
    days = round(1 / a_day)
    return ngettext(
        "It usually brings one every %(count)d day.", "It usually brings one every %(count)d days.", days
    ) % {"count": days}


def _last(channel: Channel, *, now: datetime) -> str:
    if channel.last_new_at is None:
        return ""
    hours = int((now - channel.last_new_at).total_seconds() // 3600)
    if not hours:
        return _("The last new piece came within the hour.")
    return ngettext(
        "The last new piece came %(count)d hour ago.", "The last new piece came %(count)d hours ago.", hours
    ) % {"count": hours}
