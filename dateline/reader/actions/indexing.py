"""Putting pieces into the search index and taking them out. What is there is written down in `Indexed`.

The index first, then its row: a crash between the two puts a piece in once more, which changes nothing.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Final
from uuid import UUID

from dateline.articles.models import Article
from dateline.lib.crash import crash_point
from dateline.publishing.queries.listed import listed
from dateline.reader.machines.choice import engine, is_on
from dateline.reader.models import Indexed
from dateline.reader.queries.pages import WITH_EACH, pages_of, stamp, stamps

BATCH: Final = 500

Progress = Callable[[int, int, str], object]


class NotFoundOut(RuntimeError):
    """Pieces are in the index still after they were taken out."""


def index_piece(*, piece: UUID) -> bool:
    """Put a piece in as it stands, or take it out where it is not live. Returns whether it is in.

    What is live and not yet cleared is put in as well: answers show only what is listed.
    """
    article = Article.objects.live().filter(uid=piece).select_related(*WITH_EACH).first()
    if article is None:
        take_out(pieces=[piece])
        return False
    _put([article])
    return True


def take_out(*, pieces: Collection[UUID]) -> None:
    """Take pieces out, so that nobody finds them when this returns. Raises SearchUnavailable."""
    if not pieces or not is_on():
        return
    engine().remove(pieces)
    crash_point("reader.taken-out")
    Indexed.objects.filter(piece__in=pieces).delete()


def renew_index(*, progress: Progress | None = None) -> int:
    """Put in what is missing or has changed, take out what stands no more. Returns how many pieces that were.

    What was done before is not done again: a renewal that broke off goes on where it was.
    """
    if not is_on():
        return 0
    index, wanted = engine().identity(), stamps()
    known = {
        str(piece): (at, row)
        for piece, at, row in Indexed.objects.values_list("piece", "index", "stamp").iterator(chunk_size=5000)
    }
    gone = [UUID(piece) for piece in known if piece not in wanted]
    due = [UUID(piece) for piece, at in wanted.items() if known.get(piece) != (index, at)]
    for at in range(0, len(gone), BATCH):
        take_out(pieces=gone[at : at + BATCH])
    for at in range(0, len(due), BATCH):
        rows = listed().filter(uid__in=due[at : at + BATCH]).select_related(*WITH_EACH)
        _put(list(rows))
        if progress:
            progress(min(at + BATCH, len(due)), len(due), "")
    return len(gone) + len(due)


def rebuild(*, anew: bool = False, progress: Progress | None = None) -> int:
    """Renew the index; `anew` empties it before. Returns how many pieces were put in or taken out."""
    if anew:
        engine().clear()
        Indexed.objects.all().delete()
    return renew_index(progress=progress)


def _put(articles: Sequence[Article]) -> None:
    searcher = engine()
    index = searcher.identity()
    searcher.add(list(pages_of(articles)))
    crash_point("reader.put-in")
    rows = [
        Indexed(
            piece=article.uid, index=index, stamp=stamp(article.live_revision_id, article.last_published_at)
        )
        for article in articles
    ]
    Indexed.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["piece"], update_fields=["index", "stamp"]
    )
