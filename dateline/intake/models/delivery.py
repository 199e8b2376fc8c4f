"""What was brought to us: letters, files, pushes. Kept raw first, then taken apart."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.sources.models import Channel


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Which deliveries want what."""

    def waiting(self) -> Self:
        """Return those that nobody has read yet, oldest first."""
        return self.filter(state=Delivery.State.WAITING).order_by("pk")

    def unclaimed(self) -> Self:
        """Return the letters of senders who belong to no outlet, newest first."""
        return self.filter(state=Delivery.State.UNCLAIMED).order_by("-pk")

    def of_sender(self, *, sender: str, list_id: str = "") -> Self:
        """Return what came from this address or, where it is given, this list."""
        return self.filter(list_id=list_id) if list_id else self.filter(sender=sender)


class Delivery(models.Model):
    """One letter or file as it came: waiting → read, or refused, or unclaimed until somebody says whose it is."""

    class Kind(models.TextChoices):
        """The way by which it came."""

        LETTER = "letter", _("letter")
        FILE = "file", _("file")
        POST = "post", _("sent by HTTP")
        PUSH = "push", _("sent by a hub")

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("waiting")
        READ = "read", _("read")
        REFUSED = "refused", _("refused")
        UNCLAIMED = "unclaimed", _("of nobody we know")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # None: a letter from a sender without an outlet.
    channel = models.ForeignKey(
        Channel,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deliveries",
        verbose_name=_("channel"),
    )
    # The subject of a letter, the name of a file.
    name = models.CharField(_("name"), max_length=500, blank=True)
    sender = models.CharField(_("sender"), max_length=254, blank=True, db_index=True)
    sender_name = models.CharField(_("sender's name"), max_length=200, blank=True)
    list_id = models.CharField(_("list"), max_length=250, blank=True, db_index=True)
    received_at = models.DateTimeField(_("received"), db_index=True)
    sha256 = models.CharField(_("hash"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING, db_index=True
    )
    form = models.CharField(_("format"), max_length=20, blank=True)
    pieces = models.PositiveIntegerField(_("pieces"), default=0)
    new = models.PositiveIntegerField(_("new pieces"), default=0)
    # What was left out, and why a letter was read as it was.
    remarks = models.TextField(_("remarks"), blank=True)
    trouble = models.TextField(_("what is wrong"), blank=True)
    # Where a file lies until it is read; empty for what is only in the store.
    path = models.CharField(max_length=1000, blank=True, editable=False)
    # The identifier that a sender by HTTP is told.
    receipt = models.CharField(max_length=40, blank=True, editable=False, db_index=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name or self.sha256[:12]

    @property
    def whose(self) -> str:
        """The sender, as people call it."""
        return self.sender_name or self.sender

    @staticmethod
    def bytes_since(channel: Channel, since: datetime) -> int:
        """Return how much came by a channel since a moment."""
        total = Delivery.objects.filter(channel=channel, received_at__gt=since).aggregate(
            total=models.Sum("size")
        )
        return int(total["total"] or 0)
