"""The room publishing, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.publishing"
    label = "publishing"
    verbose_name = _("Publishing")
