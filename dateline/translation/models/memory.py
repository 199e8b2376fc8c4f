"""What the desk has translated before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.intake.models import Original
from dateline.translation.models.memory_import import MemoryImport
from dateline.translation.models.segment import Segment


class MemoryPair(models.Model):
    """Two languages, without regard to their regions, whose units are looked up together.

    `version` is that of the keys (`memory.keys.VERSION`) under which they lie, 0 before there are any; `runs` counts
    how often lists were written.
    """

    source_language = models.CharField(max_length=20)
    language = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=0)
    runs = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("language pair")
        verbose_name_plural = _("language pairs")
        constraints = [
            models.UniqueConstraint(fields=["source_language", "language"], name="one_memory_a_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.source_language} → {self.language}"


class MemoryUnit(models.Model):
    """A sentence pair that a person approved or brought, with where it comes from.

    `segment` is the one that it was approved at; `machine` made the first draft of its words, and `is_machine_text`
    says that nobody changed them. Keys are hashes of the sentence, of what it shares with others that differ in
    numbers only, and of its neighbours (`memory.hashing`); without `pair` it is not yet found (`actions.fill_memory`).
    `codes` are the marks in its words: what our own stand for, or the markup that an imported file had for them.
    """

    class Scope(models.TextChoices):
        """Who is offered it."""

        SITE = "site", _("everybody")
        DESK = "desk", _("one desk")
        PERSON = "person", _("one person")
        IMPORTED = "imported", _("everybody, as imported")

    class Quality(models.TextChoices):
        """Who looked at it."""

        UNKNOWN = "unknown", _("nobody that we know")
        APPROVED = "approved", _("its translator")
        REVIEWED = "reviewed", _("a second person")
        DOUBTFUL = "doubtful", _("doubtful")

    pair = models.ForeignKey(MemoryPair, null=True, blank=True, on_delete=models.PROTECT, db_index=False)
    source_language = models.CharField(max_length=20)
    language = models.CharField(max_length=20)
    source_key = models.BigIntegerField(null=True, blank=True)
    class_key = models.BigIntegerField(null=True, blank=True)
    before_key = models.BigIntegerField(null=True, blank=True)
    after_key = models.BigIntegerField(null=True, blank=True)
    source = models.TextField(_("source"))
    text = models.TextField(_("translation"))
    codes = models.JSONField(default=dict, blank=True)
    original = models.ForeignKey(Original, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    article = models.UUIDField(_("article"), null=True, blank=True)
    document = models.CharField(_("document"), max_length=300, blank=True)
    segment = models.OneToOneField(
        Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="unit"
    )
    brought_by = models.ForeignKey(
        MemoryImport, null=True, blank=True, on_delete=models.CASCADE, related_name="units"
    )
    machine = models.CharField(_("machine"), max_length=40, blank=True)
    is_machine_text = models.BooleanField(default=False)
    quality = models.CharField(
        _("looked at by"), max_length=10, choices=Quality.choices, default=Quality.APPROVED
    )
    scope = models.CharField(_("offered to"), max_length=10, choices=Scope.choices, default=Scope.SITE)
    desk = models.CharField(_("desk"), max_length=150, blank=True)
    penalty = models.PositiveSmallIntegerField(_("taken off the score"), default=0)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    person = models.CharField(_("translator"), max_length=200, blank=True)
    approved_at = models.DateTimeField(_("approved"))

    class Meta:
        verbose_name = _("memory unit")
        verbose_name_plural = _("translation memory")
        indexes = [
            models.Index(fields=["pair", "source_key"], name="memory_same"),
            models.Index(fields=["pair", "class_key"], name="memory_class"),
        ]

    def __str__(self) -> str:
        return self.source[:80]
