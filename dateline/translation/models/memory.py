"""What the desk has translated before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.intake.models import Original
from dateline.translation.models.segment import Segment


class MemoryUnit(models.Model):
    """A sentence pair that a person approved, with where it comes from.

    `segment` is the one that it was approved at; `machine` made the first draft of its words.
    """

    source_language = models.CharField(max_length=20)
    language = models.CharField(max_length=20)
    source_hash = models.CharField(max_length=64)
    source = models.TextField(_("source"))
    text = models.TextField(_("translation"))
    original = models.ForeignKey(Original, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    segment = models.OneToOneField(
        Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="unit"
    )
    machine = models.CharField(_("machine"), max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    approved_at = models.DateTimeField(_("approved"))

    class Meta:
        verbose_name = _("memory unit")
        verbose_name_plural = _("translation memory")
        indexes = [models.Index(fields=["source_language", "language", "source_hash"], name="memory_exact")]

    def __str__(self) -> str:
        return self.source[:80]
