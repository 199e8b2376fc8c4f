"""The room agreements, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.agreements"
    label = "agreements"
    verbose_name = _("Agreements")
