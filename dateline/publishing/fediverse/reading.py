"""What comes to our inbox, read strictly: who follows, who follows no more, who is gone. All else is not ours.

Pure. Source: ActivityPub, 7; what Mastodon sends (docs.joinmastodon.org, spec/activitypub).
"""

import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from dateline.lib.urls import NotAWebAddress, read

LARGEST: Final = 256 * 1024
LONGEST_URI: Final = 700
_DEEPEST: Final = 20

FOLLOW, UNFOLLOW, GONE, OTHER = "follow", "unfollow", "gone", "other"


class NoActivity(ValueError):
    """A body is no activity that can be read. The message says why."""


@dataclass(frozen=True)
class Heard:
    """An activity. what: follow, unfollow, gone or other; whom: which of our accounts it means; empty for none."""

    what: str
    actor: str
    whom: str
    uri: str
    told: dict[str, Any]


@dataclass(frozen=True)
class Correspondent:
    """An account elsewhere, as its document tells it."""

    uri: str
    inbox: str
    shared_inbox: str
    key_id: str
    key_pem: str


def read_activity(body: bytes) -> Heard:
    """Return what an activity says. Raises NoActivity."""
    told = _parsed(body)
    actor, kind = _uri(told.get("actor")), told.get("type")
    if not actor or not isinstance(kind, str):
        raise NoActivity("An activity has a type, and an actor with an address of the web.")
    about = told.get("object")
    what, whom = OTHER, ""
    if kind == "Follow":
        what, whom = FOLLOW, _uri(about)
    elif kind == "Block":
        what, whom = UNFOLLOW, _uri(about)
    elif kind == "Undo" and isinstance(about, dict) and about.get("type") == "Follow":
        if _uri(about.get("actor")) not in {"", actor}:
            raise NoActivity("Nobody takes back what another has asked.")
        what, whom = UNFOLLOW, _uri(about.get("object"))
    elif kind == "Delete" and _uri(about) == actor:
        what = GONE
    return Heard(what, actor, whom, _uri(told.get("id")), told)


def read_actor(body: bytes, *, uri: str) -> Correspondent:
    """Return an account from its document, which must be the one at `uri`. Raises NoActivity."""
    told = _parsed(body)
    key = told.get("publicKey")
    if isinstance(key, list):
        key = next((one for one in key if isinstance(one, dict)), None)
    if _uri(told.get("id")) != uri or not isinstance(key, dict):
        raise NoActivity("The document is not this account's, or has no key.")
    if _uri(key.get("owner")) != uri or not isinstance(key.get("publicKeyPem"), str):
        raise NoActivity("The key belongs to somebody else.")
    endpoints = told.get("endpoints")
    shared = _uri(endpoints.get("sharedInbox")) if isinstance(endpoints, dict) else ""
    found = Correspondent(
        uri, _uri(told.get("inbox")), shared, _uri(key.get("id")), key["publicKeyPem"][:LARGEST]
    )
    if not found.inbox or not is_same_host(found.inbox, uri):
        raise NoActivity("The account takes no letters, or elsewhere than where it lives.")
    return (
        found
        if is_same_host(shared or uri, uri)
        else Correspondent(uri, found.inbox, "", found.key_id, found.key_pem)
    )


def is_same_host(one: str, other: str) -> bool:
    """Are two addresses of one host?"""
    return bool(one) and urlsplit(one).netloc.lower() == urlsplit(other).netloc.lower()


def host_of(uri: str) -> str:
    """Return the host of an address, in small letters."""
    return urlsplit(uri).netloc.lower()


def _parsed(body: bytes) -> dict[str, Any]:
    if len(body) > LARGEST:
        raise NoActivity("It is larger than any letter to us.")
    try:
        told = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise NoActivity("It is no sound JSON.") from None
    if not isinstance(told, dict) or _depth(told) > _DEEPEST:
        raise NoActivity("It is no activity.")
    return told


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _depth(told: Any) -> int:
    deepest, waiting = 0, [(told, 1)]
    while waiting:
        one, depth = waiting.pop()
        deepest = max(deepest, depth)
        if depth > _DEEPEST:
            return depth
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        waiting += [(child, depth + 1) for child in inner if isinstance(child, (dict, list))]
    return deepest


def _uri(told: Any) -> str:
    """Return the address of somebody or something, whether it is named or stands there whole; empty for none."""
    if isinstance(told, dict):
        told = told.get("id")
    if not isinstance(told, str) or len(told) > LONGEST_URI or not told.startswith(("https://", "http://")):
        return ""
    try:
        read(told.partition("#")[0])
    except NotAWebAddress:
        return ""
    return told
