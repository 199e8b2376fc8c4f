"""A piece on the translation desk: its segments, and the memory that they leave."""

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


class Segment(models.Model):
    """A sentence of the original, with its translation: empty → draft → approved.

    `block` numbers the paragraph (0 headline, 1 standfirst, then the body), `place` says where in a list,
    quote or table it stands (`documents.Place`). Inline marks of the source stand in both texts as
    placeholders, listed in `marks`. `machine` made the first draft of these words, `machine_text` is that
    draft; `version` counts changes, so that nobody overwrites what they have not seen.
    """

    class State(models.TextChoices):
        """How far its translation is."""

        EMPTY = "empty", _("empty")
        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")

    class Origin(models.TextChoices):
        """Who wrote the words that stand there."""

        NOBODY = "", _("nobody")
        MEMORY = "memory", _("memory")
        MACHINE = "machine", _("machine")
        PERSON = "person", _("person")

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="segments")
    block = models.PositiveIntegerField(_("block"))
    block_kind = models.CharField(_("kind of block"), max_length=20)
    place = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(_("position"))
    source = models.TextField(_("source"))
    marks = models.JSONField(default=dict, blank=True)
    text = models.TextField(_("translation"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.EMPTY)
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.choices, default=Origin.NOBODY, blank=True
    )
    machine = models.CharField(_("machine"), max_length=40, blank=True)
    machine_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(_("when"), null=True, blank=True)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ("job", "position")
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="one_segment_a_position"),
            models.CheckConstraint(
                condition=models.Q(state="empty", text="") | ~models.Q(state="empty") & ~models.Q(text=""),
                name="empty_is_without_words",
            ),
        ]

    def __str__(self) -> str:
        return self.source[:80]


class MemoryUnit(models.Model):
    """A sentence pair that a person approved, with where it comes from.

    `segment` is the one that it was approved at; `machine` made the first draft of its words.
    """

    source_language = models.CharField(max_length=20)
    language = models.CharField(max_length=20)
    source_hash = models.CharField(max_length=64)
    source = models.TextField(_("source"))
    text = models.TextField(_("translation"))
    original = models.ForeignKey(Original, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    segment = models.OneToOneField(
        Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="unit"
    )
    machine = models.CharField(_("machine"), max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    approved_at = models.DateTimeField(_("approved"))

    class Meta:
        verbose_name = _("memory unit")
        verbose_name_plural = _("translation memory")
        indexes = [models.Index(fields=["source_language", "language", "source_hash"], name="memory_exact")]

    def __str__(self) -> str:
        return self.source[:80]
