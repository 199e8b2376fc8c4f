"""Who has seen what of the newslist: a high-water mark for each person, and what differs from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.intake.models import Original
from dateline.people.models import User


class SeenThrough(models.Model):
    """A person has seen everything that was taken until then."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="seen_through")
    through_at = models.DateTimeField(_("seen until"))

    class Meta:
        verbose_name = _("seen until")
        verbose_name_plural = _("seen until")

    def __str__(self) -> str:
        return f"{self.user} {self.through_at:%Y-%m-%d %H:%M}"


class Seen(models.Model):
    """A person opened an original, or laid it back as unread. It outweighs the person's mark."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="seen")
    original = models.ForeignKey(Original, on_delete=models.CASCADE, related_name="seen")
    is_seen = models.BooleanField(_("seen"), default=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("seen by")
        verbose_name_plural = _("seen by")
        constraints = [
            models.UniqueConstraint(fields=["original", "user"], name="seen_once_by_each"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.original_id}"
