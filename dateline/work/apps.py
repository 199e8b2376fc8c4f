"""The room work, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.work"
    label = "work"
    verbose_name = _("Background work")
