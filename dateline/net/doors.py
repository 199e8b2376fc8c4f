"""The doors as this installation's settings describe them. The only file of the room that knows Django."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.translation import gettext

import dateline
from dateline.net.addresses import BadAllowEntry, read_allowed
from dateline.net.configured import ServiceDoor
from dateline.net.errors import FetchError
from dateline.net.guarded import Door, user_agent
from dateline.net.messages import Message
from dateline.net.turns import signed_in

TRANSLATED_VALUES = frozenset({"kind", "reason"})


def guarded_door() -> Door:
    """Return the door for addresses from outside. Raises BadAllowEntry where DATELINE_NET_ALLOW is wrong."""
    return Door(
        user_agent=_user_agent(), allowed=read_allowed(settings.DATELINE_NET_ALLOW), turns=signed_in()
    )


def service_door() -> ServiceDoor:
    """Return the door for the services that the operator set up."""
    return ServiceDoor(user_agent=_user_agent())


def explain(error: FetchError) -> str:
    """Return what went wrong, in the language that is active now."""
    return " ".join(_translated(sentence) for sentence in error.sentences())


def check_allowed_pairs(**_: Any) -> list[CheckMessage]:
    """Tell the operator at start about an entry of DATELINE_NET_ALLOW that is no exact pair."""
    try:
        read_allowed(settings.DATELINE_NET_ALLOW)
    except BadAllowEntry as error:
        return [Error(str(error), id="net.E001")]
    return []


def _user_agent() -> str:
    return user_agent(version=dateline.__version__, contact=settings.DATELINE_URL)


def _translated(sentence: Message) -> str:
    values = {
        name: gettext(value) if value and name in TRANSLATED_VALUES else value
        for name, value in sentence.values.items()
    }
    return gettext(sentence.template) % values
