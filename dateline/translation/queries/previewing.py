"""A translation's article as it would be if it were composed now; nothing is written."""

import json

from dateline.articles.models import Article
from dateline.lib.text import cut
from dateline.translation.models import Job
from dateline.translation.queries.jobs import composed
from dateline.translation.slugs import propose_slug


def article_of_now(job: Job) -> Article:
    """Return the article of a job with the words of its segments as they stand, drafts too. Do not save it."""
    article: Article = job.article.get_latest_revision_as_object()
    words = composed(job, key=article.uid)
    article.headline = cut(words.headline, 300) or article.headline
    article.standfirst = words.standfirst or article.standfirst
    article.body = json.dumps(words.body)
    article.slug = proposed_address(job, article=article, headline=article.headline)
    return article


def proposed_address(job: Job, *, article: Article, headline: str) -> str:
    """Return the last part of the article's address: of its headline, unless a person chose it or readers know it."""
    if article.address_date is not None or article.slug not in {"", job.proposed_slug}:
        return str(article.slug)
    return propose_slug(headline) or str(article.slug)
