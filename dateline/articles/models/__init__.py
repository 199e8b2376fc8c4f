"""What we publish. An article is a plain model with Wagtail's mixins, and goes live through the gate alone."""

from dateline.articles.models.article import (
    Article,
    ArticleQuerySet,
    Credit,
    OnlyThroughTheGate,
    PictureUse,
    Redirect,
)
from dateline.articles.models.correction import Correction, SourceAnswer
from dateline.articles.models.pictures import Picture, Rendition
from dateline.articles.models.second_look import SecondLook
from dateline.articles.models.shelves import Contributor, NotYourSection, Section, Topic
from dateline.articles.models.statement import Answer, Issuer, ReplyTask

__all__ = [
    "Answer",
    "Article",
    "ArticleQuerySet",
    "Contributor",
    "Correction",
    "Credit",
    "Issuer",
    "NotYourSection",
    "OnlyThroughTheGate",
    "Picture",
    "PictureUse",
    "Redirect",
    "Rendition",
    "ReplyTask",
    "SecondLook",
    "Section",
    "SourceAnswer",
    "Topic",
]
