"""Which originals speak in a press review."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.articles.models import Article
from dateline.intake.models import Original


class PressVoice(models.Model):
    """An original is one of the voices of a press review."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="voices")
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="voices")
    position = models.PositiveIntegerField(_("place"))

    class Meta:
        verbose_name = _("voice of a press review")
        verbose_name_plural = _("voices of press reviews")
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["article", "original"], name="each_voice_once")]

    def __str__(self) -> str:
        return f"{self.article} ← {self.original}"
