"""Stories: originals about one event, why each is there, and what people put right."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.intake.models.original import Original
from dateline.people.models import User


class StoryQuerySet(models.QuerySet["Story"]):
    """Which stories are where."""

    def told(self) -> Self:
        """Return those that were not merged into another, pinned ones first, then by what came in last."""
        return self.exclude(state=Story.State.MERGED).order_by("-is_pinned", "-last_at", "-pk")


class Story(models.Model):
    """What happened, as several originals tell it: open → closed, or merged into another.

    The counts and the title are of its members and are written with them; `title` stays as a person put it.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        MERGED = "merged", _("merged into another")

    title = models.CharField(_("title"), max_length=500)
    title_language = models.CharField(max_length=20, blank=True)
    is_renamed = models.BooleanField(_("a person gave the title"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN, db_index=True
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        verbose_name=_("now in"),
    )
    is_pinned = models.BooleanField(_("pinned"), default=False)
    opened_at = models.DateTimeField(_("first piece"))
    last_at = models.DateTimeField(_("latest piece"), db_index=True)
    pieces = models.PositiveIntegerField(_("pieces"), default=0)
    outlets = models.PositiveIntegerField(_("outlets"), default=0)
    # [{"language": "ka", "pieces": 3}, …], the most first.
    languages = models.JSONField(_("languages"), default=list, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ("-last_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="a_merged_story_says_into_which",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """An original is in one story, and this is why."""

    class By(models.TextChoices):
        """Who put it there."""

        MACHINE = "machine", _("by likeness")
        PERSON = "person", _("by the desk")

    original = models.OneToOneField(
        Original, on_delete=models.CASCADE, related_name="membership", verbose_name=_("original")
    )
    story = models.ForeignKey(
        Story, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("story")
    )
    by = models.CharField(_("who put it there"), max_length=10, choices=By.choices, default=By.MACHINE)
    # How near, in the mean of the nearest three; 0 where it opened the story.
    score = models.FloatField(_("nearness"), default=0.0)
    # [{"code": "alike", "pieces": 3, "similarity": 0.83}, {"code": "names", "words": […]}, …]
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    # When it came out, or was taken: the order of the time line.
    told_at = models.DateTimeField(_("told"))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [
            models.Index(fields=["story", "told_at"], name="time_line_of_a_story"),
            models.Index(fields=["told_at"], name="members_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.original_id} → {self.story_id}"


class Vector(models.Model):
    """An original in the numbers of one engine. Vectors of two engines are never compared."""

    original = models.ForeignKey(
        Original, on_delete=models.CASCADE, related_name="vectors", verbose_name=_("original")
    )
    engine = models.CharField(_("engine"), max_length=40)
    size = models.PositiveIntegerField(_("numbers"))
    # Half-precision numbers, compressed.
    packed = models.BinaryField()
    language = models.CharField(max_length=20, blank=True)
    # Names, rare words and numbers: `stories_witness.Said`.
    said = models.JSONField(default=dict, blank=True)
    has_text = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("vector")
        verbose_name_plural = _("vectors")
        constraints = [
            models.UniqueConstraint(fields=["engine", "original"], name="one_vector_an_engine"),
        ]

    def __str__(self) -> str:
        return f"{self.original_id} {self.engine}"


class LanguageMean(models.Model):
    """The sum of an engine's vectors in one language, kept running."""

    engine = models.CharField(_("engine"), max_length=40)
    language = models.CharField(_("language"), max_length=20, blank=True)
    pieces = models.PositiveIntegerField(_("pieces"), default=0)
    packed = models.BinaryField()

    class Meta:
        verbose_name = _("mean of a language")
        verbose_name_plural = _("means of languages")
        constraints = [models.UniqueConstraint(fields=["engine", "language"], name="one_mean_a_language")]

    def __str__(self) -> str:
        return f"{self.engine} {self.language} {self.pieces}"


class Gathering(models.Model):
    """The one place at which stories are written: who gathers or puts right holds this row.

    written: another one with each piece that is placed; moved: another one with each correction. So a process knows
    whether what it remembers is old. engine: whose vectors the pieces of the window have.
    """

    written = models.UUIDField(default=uuid.uuid4)
    moved = models.UUIDField(default=uuid.uuid4)
    engine = models.CharField(_("engine"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")

    def __str__(self) -> str:
        return f"{self.engine} {self.written}"


class StoryCorrection(models.Model):
    """What a person put right. Kept for good, and done again when stories are gathered anew.

    payload: pieces by their originals' numbers, for stories may be others by then; see `stories_corrections`.
    """

    class Verb(models.TextChoices):
        """What was done."""

        MERGE = "merge", _("merged")
        SPLIT = "split", _("split off")
        MOVE = "move", _("moved")
        PIN = "pin", _("pinned")
        UNPIN = "unpin", _("unpinned")
        RENAME = "rename", _("renamed")

    verb = models.CharField(_("what"), max_length=10, choices=Verb.choices)
    story = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="corrections"
    )
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    payload = models.JSONField(_("what exactly"))
    # The last membership there was: what came in later does not count as corrected.
    after = models.PositiveBigIntegerField(default=0)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("correction of a story")
        verbose_name_plural = _("corrections of stories")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"
