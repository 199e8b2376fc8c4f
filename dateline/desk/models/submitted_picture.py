"""A picture that comes with a piece that was handed in, and what its contributor declares about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.articles.models import Picture
from dateline.desk.models.writing import Submission


class SubmittedPicture(models.Model):
    """Seen by its contributor and the desk alone. With the piece it is taken into the library, or it never is."""

    class Declared(models.TextChoices):
        """Why it may be shown, as whoever hands it in says."""

        OWN = "own", _("I made it myself")
        GRANTED = "granted", _("whoever made it allows it")

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="pictures", verbose_name=_("submission")
    )
    file = models.FileField(_("file"), upload_to="submissions/")
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    description = models.CharField(_("what can be seen"), max_length=255)
    credit = models.CharField(_("credit"), max_length=200)
    declared = models.CharField(_("declared"), max_length=10, choices=Declared.choices)
    evidence = models.TextField(_("who allowed it, when and how"), blank=True, max_length=4000)
    picture = models.OneToOneField(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="submitted_as"
    )

    class Meta:
        verbose_name = _("submitted picture")
        verbose_name_plural = _("submitted pictures")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(declared="granted") | ~models.Q(evidence=""),
                name="submitted_grant_has_evidence",
                violation_error_message=_("Say who allowed it, when and how."),
            ),
        ]

    def __str__(self) -> str:
        return self.description
