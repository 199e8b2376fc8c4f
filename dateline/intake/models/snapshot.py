"""The answers that prove an original."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.intake.models.original import Original
from dateline.sources.models import validate_web_address


class Snapshot(models.Model):
    """One response of the outlet's server, kept whole: hash, time, headers, and what was read from it."""

    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="snapshots", verbose_name=_("original")
    )
    url = models.CharField(_("asked for"), max_length=2000, validators=[validate_web_address])
    final_url = models.CharField(_("answered from"), max_length=2000, validators=[validate_web_address])
    status = models.PositiveSmallIntegerField(_("status"))
    headers = models.JSONField(_("headers"), default=list, blank=True)
    fetched_at = models.DateTimeField(_("fetched"))
    sha256 = models.CharField(_("hash"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("bytes"))
    # The hash of what a reader would notice: headline and text, without the page around it.
    text_sha256 = models.CharField(max_length=64)
    headline = models.CharField(_("headline"), max_length=500)
    body_text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ("-fetched_at", "-pk")

    def __str__(self) -> str:
        return f"{self.original_id} {self.fetched_at:%Y-%m-%d %H:%M} {self.sha256[:12]}"
