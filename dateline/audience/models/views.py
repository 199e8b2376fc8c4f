"""How often pieces were opened: a number for a piece and a day, and nothing about anybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ViewsOfDay(models.Model):
    """How often a piece was opened on a day of the publication's zone."""

    piece = models.UUIDField(_("article"))
    day = models.DateField(_("day"))
    count = models.PositiveBigIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("views of a day")
        verbose_name_plural = _("views of a day")
        constraints = [models.UniqueConstraint(fields=["piece", "day"], name="views_of_a_piece_and_day")]
        indexes = [models.Index(fields=["day", "piece"], name="views_by_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"


class ViewsBefore(models.Model):
    """How often a piece was opened before it came here, as the site said that it was brought from."""

    piece = models.UUIDField(_("article"), unique=True)
    count = models.PositiveBigIntegerField(_("views"))

    class Meta:
        verbose_name = _("views before the import")
        verbose_name_plural = _("views before the import")

    def __str__(self) -> str:
        return str(self.count)
