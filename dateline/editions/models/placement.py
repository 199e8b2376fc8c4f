"""A piece in its place in an edition; and what changed after the edition had closed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.articles.models import Article
from dateline.editions import slots
from dateline.editions.models.edition import Edition


class Placement(models.Model):
    """An article stands in a slot of an edition, once, with a short headline of its own where the editor wrote one."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="placements")
    slot = models.CharField(_("slot"), max_length=20, choices=slots.CHOICES)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="placements")
    headline = models.CharField(_("headline in this edition"), max_length=200, blank=True)
    is_late = models.BooleanField(_("added after closing"), default=False)

    class Meta:
        verbose_name = _("place in an edition")
        verbose_name_plural = _("places in editions")
        ordering = ("edition", "position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["edition", "article"], name="each_piece_once_an_edition")
        ]

    def __str__(self) -> str:
        return f"{self.edition}, {self.get_slot_display()}: {self.article}"


class LateChange(models.Model):
    """What was added to a closed edition, or put right in it; readers see it on its page."""

    class Kind(models.TextChoices):
        """What was done."""

        UPDATE = "update", _("Update")
        CORRECTION = "correction", _("Correction")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="late_changes")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    said = models.TextField(_("what is new, or right now"))
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("late change")
        verbose_name_plural = _("late changes")
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(said=""),
                name="a_late_change_says_something",
                violation_error_message=_("Say what is new, or what is right now."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.said[:60]}"
