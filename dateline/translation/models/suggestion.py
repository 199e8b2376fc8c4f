"""What a machine proposes for one sentence, because somebody asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.translation.models.segment import Segment


class Suggestion(models.Model):
    """A machine was asked for one sentence: asked → answered. Its words stand beside the sentence, not in it.

    `source_digest` is that of the sentence it was asked for: of another one it says nothing.
    """

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="suggestions")
    machine = models.CharField(_("machine"), max_length=40)
    source_digest = models.CharField(max_length=64)
    text = models.TextField(_("translation"), blank=True)
    trouble = models.CharField(_("what is wrong"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("suggestion of a machine")
        verbose_name_plural = _("suggestions of machines")
        ordering = ("asked_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["segment", "machine"], name="one_suggestion_a_machine"),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=False) | models.Q(text="", trouble=""),
                name="a_suggestion_without_an_answer_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80] or self.machine
