"""Search's work for the workers."""

from uuid import UUID

from dateline.reader import actions
from dateline.work.progress import progress
from dateline.work.register import named_task
from dateline.work.schedule import every

HOUR_SECONDS = 3600


@named_task("reader.index_piece", unique=("piece",), priority=15)
def index_piece(piece: str) -> bool:
    """Put a piece into the search index as it stands, or take it out."""
    return actions.index_piece(piece=UUID(piece))


@every(seconds=HOUR_SECONDS, name="reader.renew_index")
def renew_index() -> int:
    """Make good what crashes, embargoes and lost folders did to the search index."""
    return actions.renew_index(progress=progress)
