"""Work of search and of accounts, for the workers."""

from uuid import UUID

from django.utils import timezone

from dateline.reader import actions
from dateline.reader.actions import account_mail, leaving
from dateline.work.progress import progress
from dateline.work.register import named_task
from dateline.work.schedule import every

HOUR_SECONDS = 3600
DAY_SECONDS = 24 * HOUR_SECONDS


@named_task("reader.index_piece", unique=("piece",), priority=15)
def index_piece(piece: str) -> bool:
    """Put a piece into the search index as it stands, or take it out."""
    return actions.index_piece(piece=UUID(piece))


@every(seconds=HOUR_SECONDS, name="reader.renew_index")
def renew_index() -> int:
    """Make good what crashes, embargoes and lost folders did to the search index."""
    return actions.renew_index(progress=progress)


@named_task("reader.send_account_mail")
def send_account_mail(sealed: str) -> bool:
    """Write and send a mail about a reader's account. It may arrive twice; none is lost."""
    return account_mail.send(sealed=sealed)


@every(seconds=DAY_SECONDS, name="reader.forget_unconfirmed")
def forget_unconfirmed() -> int:
    """Forget accounts that nobody confirmed, and sessions that are over."""
    return leaving.forget(now=timezone.now())
