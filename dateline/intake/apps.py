"""The room intake, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.intake"
    label = "intake"
    verbose_name = _("Intake")
