"""What a reviser thought of a sentence's words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.translation.models.segment import Segment


class QualityMark(models.Model):
    """What somebody said of a segment's words: good, or what kind of fault. It holds for these very words.

    Kinds of fault are the four that revisers tell apart most (the top of MQM, ISO 5060). The memory reads them: see
    `actions.marking`.
    """

    class Verdict(models.TextChoices):
        """What was said."""

        GOOD = "good", _("good")
        ACCURACY = "accuracy", _("accuracy")
        FLUENCY = "fluency", _("fluency")
        TERMINOLOGY = "terminology", _("terminology")
        STYLE = "style", _("style")

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="quality_marks")
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    text = models.TextField(_("the words that it was about"))
    text_digest = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("quality mark")
        verbose_name_plural = _("quality marks")
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "by", "text_digest", "verdict"], name="each_says_it_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.segment}"
