"""What came of looking at a channel."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Checked:
    """How a check went.

    new: entries seen for the first time. trouble: empty where all went well. put_off_until: the host's turn had not
    come, nothing was asked, and it will be then.
    """

    new: int = 0
    is_unchanged: bool = False
    trouble: str = ""
    put_off_until: datetime | None = None
