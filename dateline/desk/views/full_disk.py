"""Where the disk is full the desk says so: what was asked for was not done, and readers keep what they have."""

import errno
from collections.abc import Callable
from typing import Final

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

INSUFFICIENT_STORAGE: Final = 507
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# SQLite's words, and PostgreSQL's.
_WORDS: Final = ("disk is full", "no space left", "disk full")
_PAGE: Final = (
    '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8"><title>{}</title>'
    '<meta name="viewport" content="width=device-width"></head>'
    "<body><main><h1>{}</h1><p>{}</p><p>{}</p></main></body></html>"
)


class FullDisk:
    """Middleware: answers with plain words where nothing can be written. It writes nothing itself, nor asks a table."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self._get_response(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say it, where that is the reason."""
        if not is_full(error):
            return None
        heading = _("There is no room left on the disk")
        page = format_html(
            _PAGE,
            get_language() or "en",
            "rtl" if get_language_bidi() else "ltr",
            heading,
            heading,
            _(
                "What you asked for was not done, and nothing of it was kept. Readers keep the pages as they were."
            ),
            _("Tell whoever runs the machine: when there is room again, go back and do it once more."),
        )
        return HttpResponse(page, status=INSUFFICIENT_STORAGE, headers={"Cache-Control": "no-store"})


def is_full(error: BaseException | None) -> bool:
    """Did something fail because nothing can be written any more? What caused it counts, too."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if isinstance(error, DatabaseError) and any(words in str(error).lower() for words in _WORDS):
            return True
        error = error.__cause__
    return False
