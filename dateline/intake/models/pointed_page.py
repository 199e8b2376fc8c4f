"""Pages that lie on the desk to be pointed at."""

import gzip

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.sources.models import Channel, Outlet


class PointedPage(models.Model):
    """A page as it was fetched for the picker, kept a day: what is pointed at must not change between two clicks.

    channel: whose rules are being changed, None where the page is to become a new one. outlet: whose it will be.
    """

    address = models.CharField(_("address"), max_length=1000)
    final_url = models.CharField(_("answered from"), max_length=2000)
    content_type = models.CharField(max_length=200, blank=True)
    packed = models.BinaryField()
    fetched_at = models.DateTimeField(_("fetched"), db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("channel")
    )
    outlet = models.ForeignKey(
        Outlet, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("outlet")
    )

    class Meta:
        verbose_name = _("page to be pointed at")
        verbose_name_plural = _("pages to be pointed at")

    def __str__(self) -> str:
        return self.address

    @property
    def content(self) -> bytes:
        """The bytes of the answer."""
        return gzip.decompress(bytes(self.packed))
