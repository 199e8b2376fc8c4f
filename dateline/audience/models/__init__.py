"""What readers write to us."""

from dateline.audience.models.reader_letter import ReaderLetter

__all__ = ["ReaderLetter"]
