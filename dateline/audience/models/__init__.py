"""What readers write to us, and how often they open a piece."""

from dateline.audience.models.reader_letter import ReaderLetter
from dateline.audience.models.views import ViewsBefore, ViewsOfDay

__all__ = ["ReaderLetter", "ViewsBefore", "ViewsOfDay"]
