"""The room articles, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.articles"
    label = "articles"
    verbose_name = _("Articles")
