"""The room desk, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.desk"
    label = "desk"
    verbose_name = _("The desk")
