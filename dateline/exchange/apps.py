"""The room exchange, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dateline.people import exempting


class ExchangeConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.exchange"
    label = "exchange"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        """Let the sample newsroom do without a second factor, and say so."""
        exempting.sign_in(
            "sample",
            holds=_has_sample,
            words=_(
                "This is the sample newsroom: nobody is asked for a second factor. A real one asks whoever publishes."
            ),
        )


def _has_sample() -> bool:
    from dateline.exchange.models import SampleRow

    return SampleRow.objects.exists()
