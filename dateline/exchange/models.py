"""What the sample newsroom brought, so that it can be taken away again and nothing else with it."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class SampleRow(models.Model):
    """One row of the sample newsroom, in the order in which it came."""

    kind = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    key = models.PositiveBigIntegerField()
    row = GenericForeignKey("kind", "key")

    class Meta:
        verbose_name = _("row of the sample newsroom")
        verbose_name_plural = _("rows of the sample newsroom")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_sample_row")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
