"""What a segment said before: each of its versions, who made it and how."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.translation.models.segment import Segment


class SegmentVersion(models.Model):
    """A segment as it stood after one thing was done to it. Rows are only ever added; they go with their job.

    `number` is the segment's version; `verb` what was done, `role` in which capacity. `machine` names the machine
    whose words they are, `unit` is the memory's unit that they came from (its number, which may be gone).
    """

    class Verb(models.TextChoices):
        """What was done."""

        REMEMBERED = "remembered", _("taken from the memory")
        DRAFTED = "drafted", _("drafted by a machine")
        WRITTEN = "written", _("written")
        TRANSLATED = "translated", _("translated")
        REVISED = "revised", _("revised")
        APPROVED = "approved", _("approved")
        REOPENED = "reopened", _("opened again")
        RETURNED = "returned", _("sent back")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        OMITTED = "omitted", _("left out")
        ADDED = "added", _("added")
        ADAPTED = "adapted", _("marked as adapted")
        SOURCE_CHANGED = "source-changed", _("its source changed")
        KEPT = "kept", _("kept as it was")

    class Role(models.TextChoices):
        """In which capacity."""

        NOBODY = "", _("nobody")
        MACHINE = "machine", _("machine")
        TRANSLATOR = "translator", _("translator")
        REVISER = "reviser", _("reviser")
        LANGUAGE_EDITOR = "language-editor", _("language editor")

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    verb = models.CharField(_("what was done"), max_length=14, choices=Verb.choices)
    role = models.CharField(_("as"), max_length=15, choices=Role.choices, default=Role.NOBODY, blank=True)
    source = models.TextField(_("source"), blank=True)
    text = models.TextField(_("translation"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=Segment.State.choices)
    alignment = models.CharField(max_length=10, choices=Segment.Alignment.choices, default="", blank=True)
    origin = models.CharField(max_length=10, choices=Segment.Origin.choices, default="", blank=True)
    machine = models.CharField(_("machine"), max_length=40, blank=True)
    unit = models.BigIntegerField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("version of a segment")
        verbose_name_plural = _("versions of segments")
        ordering = ("segment", "pk")
        indexes = [models.Index(fields=["segment", "number"], name="versions_of_a_segment")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_verb_display()}: {self.text[:60]}"
