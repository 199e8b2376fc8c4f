"""The answers that prove an original."""

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from dateline.intake.models.original import Original


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots, and which of them still have what the server said."""

    def whole(self) -> "SnapshotQuerySet":
        """Return those whose evidence lies in the store."""
        return self.filter(state=Snapshot.State.WHOLE)

    def packed_bytes(self) -> int:
        """Return what the store gives for those that it has."""
        told = self.exclude(state=Snapshot.State.THINNED).aggregate(sum=Sum("packed_size"))
        return told["sum"] or 0


class Snapshot(models.Model):
    """What came at one time, with its hash, its circumstances, and what was read from it.

    The evidence itself is in the store. whole → thinning → thinned: after that only the text, the headers and the
    hashes are left, and why. A row is never deleted.
    """

    class State(models.TextChoices):
        """Where its evidence is."""

        WHOLE = "whole", _("whole")
        THINNING = "thinning", _("being thinned out")
        THINNED = "thinned", _("thinned out")

    class Why(models.TextChoices):
        """Why its evidence was thinned out."""

        AGE = "age", _("it was old, and nothing rested on it")
        BUDGET = "budget", _("the room for snapshots was used up")

    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="snapshots", verbose_name=_("original")
    )
    # A web address; the name of what was brought (mid:…, urn:…) where nobody was asked.
    url = models.CharField(_("asked for"), max_length=2000)
    final_url = models.CharField(_("answered from"), max_length=2000)
    status = models.PositiveSmallIntegerField(_("status"))  # 0: it was brought, nobody was asked
    headers = models.JSONField(_("headers"), default=list, blank=True)
    fetched_at = models.DateTimeField(_("fetched"), db_index=True)
    sha256 = models.CharField(_("hash"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("bytes"))
    packed_size = models.PositiveIntegerField(_("bytes in the store"), default=0)
    # The hash of what a reader would notice: headline and text, without the page around it.
    text_sha256 = models.CharField(max_length=64)
    headline = models.CharField(_("headline"), max_length=500)
    body_text = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WHOLE)
    thinned_at = models.DateTimeField(_("thinned out"), null=True, blank=True)
    thinned_why = models.CharField(_("why thinned out"), max_length=10, choices=Why.choices, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ("-fetched_at", "-pk")
        indexes = [models.Index(fields=["state", "fetched_at"], name="snapshots_by_age")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="whole", thinned_why="") | (~Q(state="whole") & ~Q(thinned_why="")),
                name="a_thinned_snapshot_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="thinned") | Q(thinned_at__isnull=False),
                name="a_thinned_snapshot_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original_id} {self.fetched_at:%Y-%m-%d %H:%M} {self.sha256[:12]}"

    @property
    def was_brought(self) -> bool:
        """Whether it came as a letter, a file or a pasted text, and nobody was asked."""
        return self.status == 0


class FurtherPage(models.Model):
    """Another answer that belongs to a snapshot: page 2, page 3 … of the same piece."""

    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.CASCADE, related_name="further", verbose_name=_("snapshot")
    )
    place = models.PositiveSmallIntegerField(_("place"))  # 0 is the first behind the snapshot's own
    url = models.CharField(_("asked for"), max_length=2000)
    final_url = models.CharField(_("answered from"), max_length=2000)
    status = models.PositiveSmallIntegerField(_("status"))
    headers = models.JSONField(_("headers"), default=list, blank=True)
    sha256 = models.CharField(_("hash"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("bytes"))

    class Meta:
        verbose_name = _("further page")
        verbose_name_plural = _("further pages")
        ordering = ("snapshot", "place")
        constraints = [models.UniqueConstraint(fields=["snapshot", "place"], name="one_page_a_place")]

    def __str__(self) -> str:
        return self.final_url
