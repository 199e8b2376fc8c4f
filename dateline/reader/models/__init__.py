"""What search keeps in the database."""

from dateline.reader.models.indexed import Indexed
from dateline.reader.models.searched import SearchedPage, SearchedWord

__all__ = ["Indexed", "SearchedPage", "SearchedWord"]
