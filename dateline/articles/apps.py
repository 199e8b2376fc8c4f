"""The room articles, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Signs the room in: its judges at the gate, its nouns in the menus."""

    name = "dateline.articles"
    label = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        """Let this room's judges answer at the gate."""
        from dateline.articles import checks, gate, queries

        for name in (
            "headline",
            "address",
            "byline",
            "origin",
            "permission",
            "translator",
            "pictures",
            "statement",
        ):
            gate.sign_in(name, getattr(checks, name))
        gate.sign_in("withdrawn", queries.withdrawn)
