"""The room exchange, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.exchange"
    label = "exchange"
    verbose_name = _("Exchange")
