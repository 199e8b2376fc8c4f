"""The room translation, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.translation"
    label = "translation"
    verbose_name = _("Translation")
