"""Findings of the checks that a person looked at and let stand."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.translation.models.job import Job
from dateline.translation.models.segment import Segment


class LetStand(models.Model):
    """What was found, who let it stand and why, and of which words: when these change, it is raised again."""

    key = models.CharField(max_length=64)
    said = models.CharField(_("finding"), max_length=500)
    reason = models.CharField(_("reason"), max_length=300)
    text_digest = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        abstract = True
        ordering = ("at",)

    def __str__(self) -> str:
        return self.said


class Ignored(LetStand):
    """A finding that somebody let stand, and why: for these words of the segment, and no others.

    `key` is the finding's code with its values (`checks.ignoring.key_of`); `text_digest` that of the words it was
    found in: when they change, the finding is raised again.
    """

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="ignored")
    check_name = models.CharField(_("check"), max_length=40)

    class Meta(LetStand.Meta):
        verbose_name = _("ignored finding")
        verbose_name_plural = _("ignored findings")
        constraints = [
            models.UniqueConstraint(fields=["segment", "key", "text_digest"], name="ignored_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="ignored_for_a_reason"),
        ]


class IgnoredInWhole(LetStand):
    """What the checks say of a translation as a whole that somebody let stand, and why.

    `text_digest` is that of the credit line it was found in: when somebody is named anew, the finding is raised again.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="ignored_in_whole")

    class Meta(LetStand.Meta):
        verbose_name = _("ignored finding of a whole translation")
        verbose_name_plural = _("ignored findings of whole translations")
        constraints = [
            models.UniqueConstraint(fields=["job", "key", "text_digest"], name="ignored_in_whole_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="ignored_in_whole_for_a_reason"),
        ]
