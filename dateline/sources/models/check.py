"""How each check of a channel went, and what is left of that after a fortnight."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.sources.models.channel import Channel


class Check(models.Model):
    """One time that a channel was asked."""

    class Outcome(models.TextChoices):
        """What came of it."""

        NEW = "new", _("something new")
        UNCHANGED = "unchanged", _("nothing new")
        TROUBLE = "trouble", _("trouble")

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="checks")
    at = models.DateTimeField(_("when"), db_index=True)
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome.choices)
    status = models.PositiveSmallIntegerField(_("status"), default=0)
    new = models.PositiveIntegerField(_("new pieces"), default=0)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    milliseconds = models.PositiveIntegerField(_("took"), default=0)
    words = models.CharField(_("in words"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["channel", "at"], name="checks_of_a_channel")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.at:%Y-%m-%d %H:%M} {self.outcome}"


class CheckDay(models.Model):
    """The checks of one channel on one day (UTC), added up."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="check_days")
    day_date = models.DateField(_("day"), db_index=True)
    checks = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    troubles = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)

    class Meta:
        verbose_name = _("day of checks")
        verbose_name_plural = _("days of checks")
        ordering = ("-day_date",)
        constraints = [
            models.UniqueConstraint(fields=["channel", "day_date"], name="one_sum_a_channel_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day_date}"
