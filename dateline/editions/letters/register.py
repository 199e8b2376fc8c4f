"""The kinds of letters that there are. Pure."""

from typing import Final

from dateline.editions.letters.daily import DAILY
from dateline.editions.letters.kind import LetterKind

KINDS: Final[dict[str, LetterKind]] = {kind.code: kind for kind in (DAILY,)}
CHOICES: Final = [(kind.code, kind.name) for kind in KINDS.values()]
