"""What a machine says that a piece is about, in the desk's language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.intake.models import Original


class Gist(models.Model):
    """A headline and a first sentence as a machine translated them, for choosing alone: no reader ever sees it.

    fingerprint: of what was asked; the same words are not asked for twice. text is empty where no machine could,
    and then `trouble` says why; it is asked again later. characters: how many a machine was asked for it.
    """

    original = models.ForeignKey(Original, on_delete=models.CASCADE, related_name="gists")
    language = models.CharField(_("language"), max_length=20)
    fingerprint = models.CharField(max_length=64, blank=True)
    text = models.TextField(_("gist"), blank=True)
    machine = models.CharField(_("machine"), max_length=40, blank=True)
    trouble = models.CharField(_("why there is none"), max_length=300, blank=True)
    characters = models.PositiveIntegerField(_("characters asked"), default=0)
    at = models.DateTimeField(_("when"), db_index=True)

    class Meta:
        verbose_name = _("gist")
        verbose_name_plural = _("gists")
        constraints = [
            models.UniqueConstraint(fields=["original", "language"], name="one_gist_a_language"),
        ]
        indexes = [models.Index(fields=["fingerprint", "language"], name="gists_of_the_same_words")]

    def __str__(self) -> str:
        return f"{self.original_id} {self.language}: {self.text or self.trouble}"
