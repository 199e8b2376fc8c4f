"""The room site, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.site"
    label = "site"
    verbose_name = _("The publication")
