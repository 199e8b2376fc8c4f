"""The runs of a site: the morning's, the evening's, the week's; when each closes, and how it is made up."""

from datetime import UTC, date, datetime
from typing import Final, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.editions import slots

DAYS_OF_THE_WEEK: Final = 7


class RunQuerySet(models.QuerySet["Run"]):
    """Runs, and those in use."""

    def running(self) -> Self:
        """Return those of which editions are made."""
        return self.filter(is_running=True)


class Run(models.Model):
    """A kind of edition that comes out again and again: morning, evening, weekly. Its hour is the site's."""

    class Rhythm(models.TextChoices):
        """How often."""

        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("once a week")

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    # Monday is 0, as in Python; of a weekly run alone.
    weekday = models.PositiveSmallIntegerField(_("day of the week"), null=True, blank=True)
    closes = models.TimeField(_("closing time"))
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    is_running = models.BooleanField(_("in use"), default=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ("position", "closes", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(rhythm="daily", weekday__isnull=True)
                | Q(rhythm="weekly", weekday__isnull=False, weekday__lt=DAYS_OF_THE_WEEK),
                name="a_weekly_run_has_its_day",
                violation_error_message=_("Choose the day of the week of a weekly run, and of no other."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_weekly(self) -> bool:
        """Is it made of a week's editions?"""
        return self.rhythm == self.Rhythm.WEEKLY

    def comes_on(self, day: date) -> bool:
        """Does it come out on that day?"""
        return not self.is_weekly or day.weekday() == self.weekday

    def closes_on(self, day: date, *, zone: ZoneInfo) -> datetime:
        """Return the moment at which the edition of a day closes."""
        return datetime.combine(day, self.closes, tzinfo=zone).astimezone(UTC)


class EditionTemplate(models.Model):
    """One slot of a run's editions: how many pieces at most, and its place. A run without any has the shipped ones."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="template", verbose_name=_("run"))
    slot = models.CharField(_("slot"), max_length=20, choices=slots.CHOICES)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    most = models.PositiveSmallIntegerField(_("pieces at most"), default=1)

    class Meta:
        verbose_name = _("slot of a run")
        verbose_name_plural = _("slots of runs")
        ordering = ("run", "position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["run", "slot"], name="each_slot_once"),
            models.CheckConstraint(condition=Q(most__gte=1), name="a_slot_holds_something"),
        ]

    def __str__(self) -> str:
        return f"{self.run}: {self.get_slot_display()}"
