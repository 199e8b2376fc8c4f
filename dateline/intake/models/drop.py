"""The places where partners lay files for us."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.sources.models import Channel


class Drop(models.Model):
    """A folder below the home, and an address to send to. The address's secret is kept as its hash alone."""

    channel = models.OneToOneField(
        Channel, on_delete=models.CASCADE, related_name="drop", verbose_name=_("channel")
    )
    folder = models.SlugField(_("folder"), max_length=80, unique=True)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("drop")
        verbose_name_plural = _("drops")

    def __str__(self) -> str:
        return self.folder
