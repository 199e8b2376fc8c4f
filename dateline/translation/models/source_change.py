"""What a change at the source did to a translation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.intake.models import Change
from dateline.translation.models.job import Job


class SourceChange(models.Model):
    """A new version of a job's source, laid beside what was translated: waiting → taken in, or not needed.

    Of an original, `change` is what intake entered; of our own piece it is None and `revision` the number of its
    published revision. The counts are of sentences. `was_finished`: the job was approved when it came.
    """

    class State(models.TextChoices):
        """What was made of it."""

        WAITING = "waiting", _("waiting")
        TAKEN_IN = "taken-in", _("taken in")
        NOT_NEEDED = "not-needed", _("no change needed")

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="source_changes")
    change = models.ForeignKey(Change, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    revision = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    kept = models.PositiveIntegerField(_("sentences that stay"), default=0)
    moved = models.PositiveIntegerField(_("sentences that moved"), default=0)
    edited = models.PositiveIntegerField(_("sentences that changed"), default=0)
    new = models.PositiveIntegerField(_("sentences that are new"), default=0)
    gone = models.PositiveIntegerField(_("sentences that are gone"), default=0)
    was_finished = models.BooleanField(default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    found_at = models.DateTimeField(_("found"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of a source")
        verbose_name_plural = _("changes of sources")
        ordering = ("-found_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["job", "change"], name="each_change_laid_out_once"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", at=None)
                | ~models.Q(state="waiting") & ~models.Q(at=None),
                name="answered_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job}: {self.get_state_display()}"
