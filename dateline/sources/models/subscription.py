"""Hubs that tell us when a feed has something new."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.sources.models.channel import Channel


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Which subscriptions want what."""

    def to_ask(self, *, now: datetime) -> Self:
        """Return those whose hub is to be asked, first or again, by `now`."""
        return self.filter(ask_at__lte=now, channel__is_watched=True).order_by("ask_at")


class Subscription(models.Model):
    """What we asked of a feed's hub: offered → asked → active, or refused; unreliable where it misses pieces.

    topic: the feed's own address as the hub knows it. token: the unguessable end of our callback's address.
    secret: the hub signs with it what it sends.
    Source: W3C WebSub, 2018.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OFFERED = "offered", _("offered by the feed")
        ASKED = "asked", _("asked for")
        ACTIVE = "active", _("active")
        REFUSED = "refused", _("refused by the hub")
        UNRELIABLE = "unreliable", _("misses pieces")

    channel = models.OneToOneField(
        Channel, on_delete=models.CASCADE, related_name="subscription", verbose_name=_("channel")
    )
    hub = models.CharField(_("hub"), max_length=2000)
    topic = models.CharField(_("topic"), max_length=2000)
    token = models.CharField(max_length=64, unique=True, editable=False)
    secret = models.CharField(max_length=100, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.OFFERED)
    # None: the hub is not asked again by itself.
    ask_at = models.DateTimeField(_("hub asked next"), null=True, blank=True, db_index=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    active_since = models.DateTimeField(_("active since"), null=True, blank=True)
    last_push_at = models.DateTimeField(_("last push"), null=True, blank=True)
    # How often in a row a check found pieces that the hub had not told us of.
    missed = models.PositiveSmallIntegerField(_("missed"), default=0)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    trouble = models.CharField(_("what is wrong"), max_length=500, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")

    def __str__(self) -> str:
        return f"{self.topic} ({self.get_state_display()})"

    def is_trusted(self, *, now: datetime) -> bool:
        """Whether the hub may be relied on to tell us what is new."""
        return self.state == self.State.ACTIVE and self.lease_until is not None and self.lease_until > now
