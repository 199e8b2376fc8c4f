"""The translation of one original into one language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.articles.models import Article
from dateline.intake.models import Original, Snapshot


class Job(models.Model):
    """The translation of one original into one language: draft → approved, and back where a text changes.

    Its source is an original of somebody's, or one of our own articles (`source_article`) in another language.
    Whom a sentence waits for is said by the people on the job: `translator`, `reviser` (a second person, who reads
    it against the source), `language_editor` (who reads the translation alone). `block_order` names the blocks in
    the order of the translation where an editor moved one; blocks that it does not name follow the one before them.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")

    original = models.ForeignKey(
        Original,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="jobs",
        verbose_name=_("original"),
    )
    source_article = models.ForeignKey(
        Article,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="jobs_from",
        verbose_name=_("our own piece"),
    )
    snapshot = models.ForeignKey(Snapshot, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="job", verbose_name=_("article")
    )
    source_language = models.CharField(_("from"), max_length=20)
    language = models.CharField(_("into"), max_length=20)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        verbose_name=_("translator"),
    )
    reviser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("reviser"),
    )
    language_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("language editor"),
    )
    machine = models.CharField(_("machine"), max_length=40, blank=True)
    trouble = models.CharField(_("what is wrong"), max_length=500, blank=True)
    started_at = models.DateTimeField(_("started"))
    # Its article was withdrawn: the original may be translated again, as a new piece.
    is_released = models.BooleanField(default=False, editable=False)
    block_order = models.JSONField(default=list, blank=True, editable=False)
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
            models.UniqueConstraint(
                fields=["source_article", "language"],
                condition=models.Q(is_released=False),
                name="one_job_a_language_of_ours",
            ),
            models.CheckConstraint(
                condition=models.Q(original=None) ^ models.Q(source_article=None),
                name="a_job_has_one_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_title} → {self.language}"

    @property
    def source_title(self) -> str:
        """The headline of what is translated."""
        return str(self.original or self.source_article)

    @property
    def source_name(self) -> str:
        """Who published what is translated; empty for our own pieces."""
        return str(self.original.outlet) if self.original else ""

    @property
    def source_url(self) -> str:
        """Where what is translated can be read."""
        if self.original:
            return self.original.url
        return self.source_article.get_absolute_url() if self.source_article else ""
