"""A sentence on the translation desk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.translation.models.job import Job


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
