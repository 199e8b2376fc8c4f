"""What became of a piece at its source: when we look again, and what we found changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.intake.changes_told import NAMES, Kind, sentences
from dateline.intake.models.original import Original
from dateline.intake.models.snapshot import Snapshot


class Watch(models.Model):
    """When the page of an original is looked at again, and with which validators. One for each original."""

    original = models.OneToOneField(
        Original, on_delete=models.CASCADE, related_name="watch", verbose_name=_("original")
    )
    # None: it is not looked at any more by itself.
    next_look_at = models.DateTimeField(_("next look"), null=True, blank=True, db_index=True)
    looks = models.PositiveSmallIntegerField(_("looks"), default=0)
    looked_at = models.DateTimeField(_("last looked at"), null=True, blank=True)
    etag = models.CharField(max_length=1000, blank=True)
    last_modified = models.CharField(max_length=1000, blank=True)
    # What the page said last where it differed from the snapshot in noise only: then nobody compares it again.
    noise_sha256 = models.CharField(max_length=64, blank=True)
    # Looks in a row that found the page gone, closed or unreadable, and how.
    misses = models.PositiveSmallIntegerField(_("looks in a row that missed it"), default=0)
    missed_as = models.CharField(_("missed as"), max_length=12, blank=True)
    trouble = models.CharField(_("what is wrong"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")

    def __str__(self) -> str:
        return str(self.original)


class ChangeQuerySet(models.QuerySet["Change"]):
    """Changes as the desk lists them."""

    def open(self) -> "ChangeQuerySet":
        """Return those that nobody has answered."""
        return self.exclude(state=Change.State.ANSWERED)

    def new(self) -> "ChangeQuerySet":
        """Return those that nobody has seen."""
        return self.filter(state=Change.State.NEW)

    def newest(self) -> "ChangeQuerySet":
        """Return them as a list shows them."""
        return self.select_related("original__outlet").order_by("-found_at", "-pk")


class Change(models.Model):
    """A piece changed at its source in a way that a reader would notice. new → seen → answered."""

    class State(models.TextChoices):
        """What the desk did about it."""

        NEW = "new", _("new")
        SEEN = "seen", _("seen")
        ANSWERED = "answered", _("answered")

    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="changes", verbose_name=_("original")
    )
    before = models.ForeignKey(
        Snapshot,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="changed_by",
        verbose_name=_("before"),
    )
    # None where there is no page any more that could be kept as the piece.
    after = models.OneToOneField(
        Snapshot,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="brought_by",
        verbose_name=_("after"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=[(kind.value, _(NAMES[kind])) for kind in Kind])
    facts = models.JSONField(_("facts"), default=list, blank=True)  # of changes_told
    passages = models.JSONField(_("what differs"), default=list, blank=True)  # of changes.Comparison
    weight = models.PositiveSmallIntegerField(_("weight"), default=0)
    found_at = models.DateTimeField(_("found"), db_index=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.NEW, db_index=True
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), null=True, blank=True)
    answer = models.CharField(_("what was done"), max_length=500, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change at the source")
        verbose_name_plural = _("changes at the source")
        ordering = ("-found_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="new") | Q(at__isnull=False), name="a_seen_change_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""), name="an_answered_change_says_how"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.original}"

    @property
    def summary(self) -> list[str]:
        """What happened, in sentences of the language that is active now."""
        return sentences(self.kind, self.facts)
