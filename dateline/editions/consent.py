"""What a reader agrees to, in words that have a number: the proof of a consent names the words that were shown. Pure.

Whoever changes the words adds a new version and leaves the old ones: consents of years ago still name them.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

CURRENT: Final = "2026-11"
TEXTS: Final[Mapping[str, Any]] = {
    "2026-11": _(
        "I want this letter by mail. I can stop it with one click in every letter. My address is used for it alone,"
        " is given to nobody else, and nothing is counted about what I read."
    ),
}
# Days after which a sign-up that nobody confirmed is forgotten.
PENDING_DAYS: Final = 7
# Days after which an ended subscription is forgotten; that no list may bring it in again is kept as a mark.
ENDED_DAYS: Final = 30
# Days after which the rows of who was sent an issue are cleared away.
DELIVERY_DAYS: Final = 60
