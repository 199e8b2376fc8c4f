"""The beacon of a page that somebody looks at: no cookie, no address kept, no question to the database to count.

What comes is the number of a piece, from our own page alone; what goes back is the count that is shown there. It is the
first thing that is left out where there is too much to do, and no page waits for it.
"""

import secrets
import threading
import time
from collections import Counter
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from dateline.articles.models import Article
from dateline.audience.actions import tally
from dateline.audience.queries import views_of
from dateline.audience.robots import is_robot
from dateline.audience.shortening import shortened
from dateline.reader.senders import is_from_elsewhere, network_of

LARGEST: Final = 200
WINDOW_SECONDS: Final = 10
# Pages that one household, or one office, opens in that time.
MOST_IN_WINDOW: Final = 40
AT_ONCE: Final = 2
SHOWN_FOR_SECONDS: Final = 60
_turns = threading.BoundedSemaphore(AT_ONCE)


class Window:
    """How many beacons each network sent in some seconds: by a digest that is thrown away with them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._began = 0.0
        self._salt = b""
        self._came: Counter[int] = Counter()

    def is_too_much(self, network: str, *, at: float) -> bool:
        """Count one more of a network: are these too many?"""
        with self._lock:
            if at - self._began >= WINDOW_SECONDS:
                self._began, self._salt, self._came = at, secrets.token_bytes(16), Counter()
            key = hash((self._salt, network))
            self._came[key] += 1
            return self._came[key] > MOST_IN_WINDOW


_window = Window()


@csrf_exempt
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Count one view, and say how many there are. 204 where nothing is counted, 503 where there is too much to do."""
    piece = _piece(request)
    if piece is None or is_robot(request.headers.get("User-Agent", "")):
        return _plain("", 204)
    if _window.is_too_much(network_of(request), at=time.monotonic()) or not _turns.acquire(blocking=False):
        return _plain("", 503)
    try:
        return _plain(_shown(piece)) if tally.note(piece) else _plain("", 503)
    finally:
        _turns.release()


def _piece(request: HttpRequest) -> UUID | None:
    if is_from_elsewhere(request, must_say=True) or int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return None
    try:
        return UUID(request.body.decode("ascii"))
    except (ValueError, UnicodeDecodeError):
        return None


def _shown(piece: UUID) -> str:
    """Return the count as the piece's readers see it; looked up once a minute in each process."""
    key = f"reader-seen:{piece}"
    known: tuple[int, str] | None = cache.get(key)
    if known is None:
        language = (
            Article.objects.live().filter(uid=piece).values_list("locale__language_code", flat=True).first()
        )
        known = (views_of([piece])[piece].together, str(language or ""))
        cache.set(key, known, SHOWN_FOR_SECONDS)
    together, language = known
    return shortened(together + tally.waiting(piece), language) if language else ""


def _plain(text: str, status: int = 200) -> HttpResponse:
    answer = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer
