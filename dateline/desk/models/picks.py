"""What the desk decided about an original. The original itself is never touched."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.articles.kinds import Kind
from dateline.articles.models import Article, Section
from dateline.intake.models import Original


class Pick(models.Model):
    """An original was chosen: as a reprint, or as a translation into a language.

    One row for each kind and language, so that no piece is begun twice.
    """

    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="picks")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=20)
    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="pick")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("pick")
        verbose_name_plural = _("picks")
        ordering = ("-at",)
        constraints = [
            models.UniqueConstraint(
                fields=["original", "kind", "language"], name="one_pick_a_kind_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.original} → {self.article}"


class Spike(models.Model):
    """An original was put aside. Taking the row away brings it back."""

    original = models.OneToOneField(Original, on_delete=models.CASCADE, related_name="spike")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("spike")
        verbose_name_plural = _("spikes")

    def __str__(self) -> str:
        return str(self.original)


class LabelRoute(models.Model):
    """A label that the beat gives leads to a section; its translations are found by the section's key."""

    label = models.CharField(_("label"), max_length=80, unique=True)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("route of a label")
        verbose_name_plural = _("routes of labels")
        ordering = ("label",)

    def __str__(self) -> str:
        return f"{self.label} → {self.section}"
