"""The room reader, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReaderConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.reader"
    label = "reader"
    verbose_name = _("Readers")
