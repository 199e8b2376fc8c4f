"""The room editions, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.editions"
    label = "editions"
    verbose_name = _("Editions")
