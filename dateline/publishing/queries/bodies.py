"""The body of an article as markup: made once for its page, the copy that others take, and feeds."""

from typing import Any

from django.utils.translation import get_language

from dateline.articles.bodies import shown_pictures, word_count
from dateline.articles.models import Article
from dateline.publishing.notes import tags_of
from dateline.publishing.queries.gathering import gathered_for
from dateline.publishing.queries.press import Press


def body_markup(press: Press, article: Article) -> tuple[str, ...]:
    """Return the blocks of a body as markup, in order, and let the page rest on the pictures in it."""
    press.rests_on(*tags_of("picture", (picture.pk for picture, _alt in shown_pictures(article))))
    return tuple(markup for _kind, markup in blocks_of(press, article))


def words_of(press: Press, article: Article) -> int:
    """Return the words of headline, standfirst and body; of one version they are counted once in a run."""
    version = (article.pk, article.live_revision_id, article.last_published_at)
    if version not in press.words:
        press.words[version] = word_count(article)
    return press.words[version]


def blocks_of(press: Press, article: Article) -> tuple[tuple[str, str], ...]:
    """Return the kind and the markup of each block."""
    known = gathered_for(press, article).bodies
    key = (article.pk, article.live_revision_id, article.latest_revision_id, get_language())
    if key not in known:
        blocks: Any = article.body
        # Each block is made by a template of ours, which escapes or sanitises what it shows.
        known[key] = tuple((str(block.block_type), block.render()) for block in blocks)
    return known[key]
