"""The room sources, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.sources"
    label = "sources"
    verbose_name = _("Sources")
