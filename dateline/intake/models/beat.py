"""The beat as the desk described it, the scores by it, what editors judged, and the changes that follow from that."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dateline.intake.beat import USUAL_LINE, Reason
from dateline.intake.beat import Beat as Description
from dateline.intake.beat_reading import BadBeat, read_beat
from dateline.intake.beat_words import in_words
from dateline.intake.models.original import Original
from dateline.intake.models.story import Story
from dateline.people.models import User

_SEPARATOR: Final = "\n"


class BeatQuerySet(models.QuerySet["Beat"]):
    """Which beat counts."""

    def active(self) -> "Beat | None":
        """Return the beat that the desk works by, None where none is described."""
        return self.filter(is_active=True).first()


class Beat(models.Model):
    """What the digest is about. One is active; a change raises `version`, by which scores know that they are old.

    description: as `beat_reading` reads it. background: how often each concept stands alone in what came in,
    counted once for each version: {"pieces": 800, "alone": {"pot": 31}}.
    """

    name = models.CharField(_("name"), max_length=200)
    description = models.JSONField(_("description"))
    line = models.FloatField(_("line"), default=USUAL_LINE)
    is_active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    background = models.JSONField(default=dict, blank=True, editable=False)
    background_version = models.PositiveIntegerField(default=0, editable=False)
    described_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    described_at = models.DateTimeField(_("described"))

    objects = BeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("beat")
        verbose_name_plural = _("beats")
        ordering = ("-is_active", "name")
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"], condition=Q(is_active=True), name="one_active_beat"
            ),
            models.CheckConstraint(condition=Q(line__gt=0, line__lt=1), name="a_beat_has_a_line"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a description that cannot be read, saying all that is wrong."""
        try:
            self.read()
        except BadBeat as error:
            told = [
                ValidationError(gettext(fault.sentence), params=dict(fault.values)) for fault in error.faults
            ]
            raise ValidationError({"description": told}) from None

    def read(self) -> Description:
        """Return the description. Raises BadBeat."""
        return read_beat(self.description)


class BeatScore(models.Model):
    """How an original, or a story, is judged by a beat, and why."""

    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="scores")
    original = models.ForeignKey(
        Original, null=True, blank=True, on_delete=models.CASCADE, related_name="beat_scores"
    )
    story = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.CASCADE, related_name="beat_scores"
    )
    score = models.FloatField(_("score"))
    is_over_the_line = models.BooleanField(_("over the line"))
    # Set apart by line ends, with one before the first and after the last, so that one can be looked for.
    label_lines = models.TextField(_("labels"), blank=True)
    # [{"code": "title", "values": ["Lake Urmia"]}, …]
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    version = models.PositiveIntegerField(_("version of the beat"))
    scored_at = models.DateTimeField(_("scored"))

    class Meta:
        verbose_name = _("score by the beat")
        verbose_name_plural = _("scores by the beat")
        constraints = [
            models.CheckConstraint(
                condition=Q(original__isnull=False, story__isnull=True)
                | Q(original__isnull=True, story__isnull=False),
                name="a_score_is_of_an_original_or_a_story",
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="a_score_is_from_0_to_1"),
            models.UniqueConstraint(fields=["beat", "original"], name="one_score_an_original"),
            models.UniqueConstraint(fields=["beat", "story"], name="one_score_a_story"),
        ]
        indexes = [models.Index(fields=["beat", "is_over_the_line", "-score"], name="scores_by_the_line")]

    def __str__(self) -> str:
        return f"{self.original or self.story}: {self.score:.2f}"

    @property
    def labels(self) -> list[str]:
        """What routes the piece."""
        return [label for label in self.label_lines.split(_SEPARATOR) if label]

    @property
    def words(self) -> list[str]:
        """The reasons, in the reader's language."""
        return [in_words(Reason(one["code"], tuple(one["values"]))) for one in self.reasons]

    @staticmethod
    def lines_of(labels: Any) -> str:
        """Return labels as the column holds them."""
        told = [label.replace(_SEPARATOR, " ") for label in labels]
        return f"{_SEPARATOR}{_SEPARATOR.join(told)}{_SEPARATOR}" if told else ""


class Judgement(models.Model):
    """What an editor did with an original: wanted it, or put it aside. The last word stands."""

    original = models.OneToOneField(Original, on_delete=models.CASCADE, related_name="judgement")
    is_wanted = models.BooleanField(_("wanted"))
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")

    def __str__(self) -> str:
        return f"{self.original}: {'+' if self.is_wanted else '-'}"


class Proposal(models.Model):
    """A change to the beat that judgements speak for: proposed → accepted, or refused for good.

    change: as `beat_changes` does it. why: {"code": …, "values": […]}. originals: numbers of those it follows from.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="proposals")
    key = models.CharField(max_length=64)
    change = models.JSONField(_("change"))
    why = models.JSONField(_("why"))
    originals = models.JSONField(_("follows from"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    made_at = models.DateTimeField(_("proposed on"))
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal to the beat")
        verbose_name_plural = _("proposals to the beat")
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["beat", "key"], name="a_change_is_proposed_once"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="a_decided_proposal_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beat}: {self.key}"
