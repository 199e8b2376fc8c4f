"""The room audience, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AudienceConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.audience"
    label = "audience"
    verbose_name = _("Audience")
