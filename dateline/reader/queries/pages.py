"""Articles as pages of the search index."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from dateline.articles.bodies import block_text
from dateline.articles.kinds import USE_OF_KIND
from dateline.articles.models import Article
from dateline.publishing.queries.listed import listed
from dateline.reader.search.engine import MAKE, Page
from dateline.site.queries import identity, zone

WITH_EACH = ("locale", "section", "original")


def pages_of(articles: Iterable[Article]) -> Iterator[Page]:
    """Yield articles as they are searched."""
    local = zone(identity())
    for article in articles:
        at = article.first_published_at or article.last_published_at
        if at is None:
            continue
        yield Page(
            uid=article.uid,
            language=article.language,
            headline=" ".join(part for part in (article.kicker, article.headline) if part),
            standfirst=article.standfirst,
            text=" ".join(block_text(block) for block in article.body),
            kind=article.kind,
            genre=article.genre,
            section=str(article.section.translation_key) if article.section else "",
            outlet=outlet_of(article),
            day=at.astimezone(local).date(),
            at=int(at.timestamp()),
        )


def outlet_of(article: Article) -> str:
    """Return the number of the outlet that an article is from, "" where it is ours."""
    return str(article.original.outlet_id) if article.original and article.kind in USE_OF_KIND else ""


def stamp(revision: int | None, published_at: datetime | None) -> str:
    """Return what changes when the piece that readers see does."""
    return f"{MAKE}-{revision or 0}-{published_at.isoformat() if published_at else ''}"


def stamps() -> dict[str, str]:
    """Return the stamp of every piece that may be shown, by its number."""
    rows = listed().order_by().values_list("uid", "live_revision_id", "last_published_at")
    return {str(uid): stamp(revision, at) for uid, revision, at in rows.iterator(chunk_size=5000)}
