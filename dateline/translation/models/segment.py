"""A sentence on the translation desk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.translation.models.job import Job


class Segment(models.Model):
    """A sentence of the original, with its translation: empty → draft → translated → revised → approved.

    `block` numbers the paragraph (0 headline, 1 standfirst, then the body), `place` says where in a list,
    quote or table it stands (`documents.Place`). Inline marks of the source stand in both texts as
    placeholders, listed in `marks`. `machine` made the first draft of these words, `machine_text` is that
    draft; `version` counts changes, so that nobody overwrites what they have not seen.

    What an editor did to the alignment stands here, as it was made. Sentences that were merged are one row, a
    sentence that was split is several: `sources` lists the sentences of the reading that such a row stands for,
    each {"n": its number, "text": as it was read, "marks": …}; empty for a row that is one sentence.
    `alignment` says what the translation is to the source, `paragraph` whether it runs on from the sentence before
    it although the source begins a paragraph here, or begins one of its own.
    `translated_by` is the first pair of eyes: who first wrote or stood for the translation.

    When the source changes, `change` says how, `source_before` holds the old source, `text_before` the translation
    of that, `state_before` how far it was: until somebody approves the row or says that nothing needs changing.
    """

    class State(models.TextChoices):
        """How far its translation is."""

        EMPTY = "empty", _("empty")
        DRAFT = "draft", _("draft")
        TRANSLATED = "translated", _("translated")
        REVISED = "revised", _("revised")
        APPROVED = "approved", _("approved")

    class Origin(models.TextChoices):
        """Who wrote the words that stand there."""

        NOBODY = "", _("nobody")
        MEMORY = "memory", _("memory")
        MACHINE = "machine", _("machine")
        PERSON = "person", _("person")

    class Alignment(models.TextChoices):
        """What the translation is to the source."""

        FULL = "", _("translated")
        ADAPTED = "adapted", _("adapted")
        OMITTED = "omitted", _("left out")
        ADDED = "added", _("ours alone")

    class Paragraph(models.TextChoices):
        """Whether a paragraph of the translation begins with it."""

        AS_SOURCE = "", _("as in the original")
        JOINED = "joined", _("runs on from the one before")
        BEGUN = "begun", _("begins a paragraph")

    class Change(models.TextChoices):
        """What its source did since the words were written."""

        NONE = "", _("unchanged")
        EDITED = "edited", _("changed at the source")
        NEW = "new", _("new at the source")
        GONE = "gone", _("gone at the source")

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="segments")
    block = models.PositiveIntegerField(_("block"))
    block_kind = models.CharField(_("kind of block"), max_length=20)
    place = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(_("position"))
    source = models.TextField(_("source"), blank=True)
    marks = models.JSONField(default=dict, blank=True)
    sources = models.JSONField(default=list, blank=True, editable=False)
    alignment = models.CharField(
        _("alignment"), max_length=10, choices=Alignment.choices, default=Alignment.FULL, blank=True
    )
    paragraph = models.CharField(
        _("paragraph"), max_length=10, choices=Paragraph.choices, default=Paragraph.AS_SOURCE, blank=True
    )
    text = models.TextField(_("translation"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.EMPTY)
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.choices, default=Origin.NOBODY, blank=True
    )
    machine = models.CharField(_("machine"), max_length=40, blank=True)
    machine_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("translated by"),
    )
    change = models.CharField(
        _("change"), max_length=10, choices=Change.choices, default=Change.NONE, blank=True
    )
    source_before = models.TextField(_("source before"), blank=True)
    text_before = models.TextField(_("translation before"), blank=True)
    state_before = models.CharField(max_length=10, blank=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(_("when"), null=True, blank=True)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ("job", "position")
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="one_segment_a_position"),
            models.CheckConstraint(
                condition=models.Q(state="empty", text="")
                | ~models.Q(state="empty") & (~models.Q(text="") | models.Q(alignment="omitted")),
                name="empty_is_without_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(alignment="omitted") | models.Q(text=""),
                name="what_is_left_out_has_no_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(alignment="added") | models.Q(source=""),
                name="what_is_ours_has_no_source",
            ),
        ]

    def __str__(self) -> str:
        return (self.source or self.text)[:80]
