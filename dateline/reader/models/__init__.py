"""What search keeps in the database, and what readers with an account keep."""

from dateline.reader.models.indexed import Indexed
from dateline.reader.models.kept import Followed, Saved
from dateline.reader.models.searched import SearchedPage, SearchedWord

__all__ = ["Followed", "Indexed", "Saved", "SearchedPage", "SearchedWord"]
