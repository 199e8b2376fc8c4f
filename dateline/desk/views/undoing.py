"""What the newslist's last act was, so that one key takes it back. It is kept in the person's session."""

from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_KEY: Final = "newsroom_undo"


def remember(request: HttpRequest, *, do: str, originals: list[int] | None = None, was: str = "") -> None:
    """Remember an act. do: spike, unspike or seen. was: the mark before, where everything was taken as seen."""
    request.session[_KEY] = {"do": do, "originals": originals or [], "was": was}


def taken(request: HttpRequest) -> dict[str, Any] | None:
    """Return the last act, and forget it."""
    act: dict[str, Any] | None = request.session.pop(_KEY, None)
    return act


def undo_words(request: HttpRequest) -> str:
    """Return what can be undone, in words; empty where nothing can."""
    act = request.session.get(_KEY)
    if not act:
        return ""
    number = len(act["originals"])
    if act["do"] == "spike":
        return ngettext("spiking a piece", "spiking %(n)s pieces", number) % {"n": number}
    if act["do"] == "unspike":
        return _("bringing a piece back")
    return _("taking everything as seen")
