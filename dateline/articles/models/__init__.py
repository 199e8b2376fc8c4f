"""What we publish. An article is a plain model with Wagtail's mixins, and goes live through the gate alone."""

from dateline.articles.models.article import (
    Answer,
    Article,
    ArticleQuerySet,
    Credit,
    OnlyThroughTheGate,
    Redirect,
)
from dateline.articles.models.pictures import Picture, Rendition
from dateline.articles.models.shelves import Contributor, NotYourSection, Section, Topic

__all__ = [
    "Answer",
    "Article",
    "ArticleQuerySet",
    "Contributor",
    "Credit",
    "NotYourSection",
    "OnlyThroughTheGate",
    "Picture",
    "Redirect",
    "Rendition",
    "Section",
    "Topic",
]
