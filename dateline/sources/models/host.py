"""The hosts we ask, and whose turn it is."""

from datetime import UTC, datetime
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


class Host(models.Model):
    """A server of the outside world: when it may be asked, and what its robots.txt says.

    Free → held by one who asks → resting for the pause → free. A holder who dies is forgotten at `free_at`.
    """

    # The host's name, with its port where that is an unusual one.
    name = models.CharField(_("host"), max_length=270, unique=True)
    # When the next question may begin. While somebody holds the turn: when it ends by itself.
    free_at = models.DateTimeField(default=LONG_AGO)
    holder = models.CharField(max_length=40, blank=True)
    # The latest time that somebody who found it busy was told to come again.
    line_at = models.DateTimeField(default=LONG_AGO)
    # It asked to be left alone until then (Retry-After).
    rests_until = models.DateTimeField(_("wants to be left alone until"), null=True, blank=True)
    # The pause that its robots.txt asks for, within our bound; 0 where it asks for none.
    crawl_delay_seconds = models.FloatField(default=0)
    robots_text = models.TextField(blank=True)
    # 0 where the robots.txt was asked for and nobody answered.
    robots_status = models.PositiveSmallIntegerField(default=0)
    # Why it could not be had the last time; empty where it could.
    robots_trouble = models.CharField(max_length=500, blank=True)
    robots_read_at = models.DateTimeField(null=True, blank=True)
    robots_good_until = models.DateTimeField(default=LONG_AGO)

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
