"""What is kept of texts to know them again, and which original repeats which."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.intake.models.original import Original


class Fingerprint(models.Model):
    """What is kept of an original's text to know it again (`duplicates_print.Print`), in the order of coming in."""

    original = models.OneToOneField(Original, on_delete=models.CASCADE, related_name="fingerprint")
    whole = models.BigIntegerField(db_index=True)
    # The site of its address, without www: what that prints everywhere weighs less.
    host = models.CharField(max_length=253)
    size = models.PositiveIntegerField()
    # Hashes of runs of words, eight bytes each: every eighth one, those of the opening, all others of a short text.
    sampled = models.BinaryField()
    opening = models.BinaryField()
    further = models.BinaryField()

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")

    def __str__(self) -> str:
        return f"{self.original_id} ({self.size})"


class Run(models.Model):
    """One run of five words that a text holds: where a look-up begins. A run that very many hold is kept no more."""

    fingerprint = models.ForeignKey(
        Fingerprint, on_delete=models.CASCADE, related_name="runs", db_index=False
    )
    hash = models.BigIntegerField()
    # The site once more, so that one look into the index answers.
    host = models.BigIntegerField()

    class Meta:
        verbose_name = _("run of words")
        verbose_name_plural = _("runs of words")
        constraints = [
            models.UniqueConstraint(fields=["hash", "fingerprint", "host"], name="a_run_once_a_text"),
        ]
        indexes = [models.Index(fields=["fingerprint"], name="runs_of_a_text")]

    def __str__(self) -> str:
        return f"{self.hash:x}"


class Likeness(models.Model):
    """An original repeats an earlier one, wholly or in part. Who had it first is said where it can be known."""

    class Kind(models.TextChoices):
        """How they are the same; the words of `duplicates.Kind`."""

        EXACT = "exact", _("the same text")
        REISSUED = "re-issued", _("issued again by the same outlet")
        NEAR = "near-duplicate", _("nearly the same text")
        PARTIAL = "partial", _("a reprint in part")

    original = models.OneToOneField(
        Original, on_delete=models.CASCADE, related_name="likeness", verbose_name=_("original")
    )
    earlier = models.ForeignKey(
        Original, on_delete=models.CASCADE, related_name="repeated_by", verbose_name=_("what it repeats")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    # Share of the smaller text that is in the other, 0 to 1.
    containment = models.FloatField(_("share"))
    # Which of the two is in the other: "this", "other" or "both".
    contained = models.CharField(max_length=5)
    # Null where neither times nor credits tell.
    first = models.ForeignKey(
        Original,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("who had it first"),
    )
    # [{"code": "credit", "name": "…", "in": pk}, {"code": "hours", "hours": 3.5}, …]
    evidence = models.JSONField(_("evidence"), default=list, blank=True)

    class Meta:
        verbose_name = _("likeness")
        verbose_name_plural = _("likenesses")
        constraints = [
            models.CheckConstraint(condition=~Q(original=models.F("earlier")), name="nothing_repeats_itself"),
            models.CheckConstraint(
                condition=Q(containment__gte=0, containment__lte=1), name="a_share_is_within_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original_id} {self.kind} {self.earlier_id}"
