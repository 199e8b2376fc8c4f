"""The translation of one original into one language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.articles.models import Article
from dateline.intake.models import Original, Snapshot


class Job(models.Model):
    """The translation of one original into one language: draft → approved, and back where a text changes."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")

    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="jobs", verbose_name=_("original")
    )
    snapshot = models.ForeignKey(Snapshot, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="job", verbose_name=_("article")
    )
    source_language = models.CharField(_("from"), max_length=20)
    language = models.CharField(_("into"), max_length=20)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    translator = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    machine = models.CharField(_("machine"), max_length=40, blank=True)
    trouble = models.CharField(_("what is wrong"), max_length=500, blank=True)
    started_at = models.DateTimeField(_("started"))
    # Its article was withdrawn: the original may be translated again, as a new piece.
    is_released = models.BooleanField(default=False, editable=False)
    # The slug that nobody chose: as long as the article has it, a better one may take its place.
    proposed_slug = models.CharField(max_length=120, blank=True, editable=False)

    class Meta:
        verbose_name = _("translation job")
        verbose_name_plural = _("translation jobs")
        ordering = ("-started_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["original", "language"],
                condition=models.Q(is_released=False),
                name="one_job_a_language",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original} → {self.language}"
