"""Who reads a letter, since when, and how we know that they want it."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.editions import letter_states as states
from dateline.editions.models.letter import Letter
from dateline.site.zones import is_zone


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Subscriptions as sending and the desk ask for them."""

    def confirmed(self) -> Self:
        """Return those that get letters."""
        return self.filter(state=states.CONFIRMED)

    def of_reader(self, reader: str) -> Self:
        """Return all of one address. reader: the address's mark."""
        return self.filter(reader=reader)


class Subscription(models.Model):
    """One letter for one address: pending → confirmed → paused | ended | refused.

    What proves the consent stays beside it: when, how, and what the reader was told then.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PENDING = states.PENDING, _("not confirmed yet")
        CONFIRMED = states.CONFIRMED, _("gets the letter")
        PAUSED = states.PAUSED, _("paused")
        ENDED = states.ENDED, _("ended")
        REFUSED = states.REFUSED, _("the mail server refused it for good")

    class How(models.TextChoices):
        """Where the consent comes from."""

        FORM = "form", _("the form on the site, and a link in a mail to the address")
        IMPORT = "import", _("a list that was brought in")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, related_name="subscriptions", verbose_name=_("letter")
    )
    email = models.CharField(_("address"), max_length=254)
    # A keyed mark of the address: equal for two spellings of one mailbox.
    reader = models.CharField(max_length=32, editable=False, db_index=True)
    # Where letters to it are received, for the pace.
    domain = models.CharField(max_length=255, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    hour = models.PositiveSmallIntegerField(
        _("hour"), null=True, blank=True, help_text=_("Empty: as soon as the edition is out.")
    )
    asked_at = models.DateTimeField(_("asked for"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # What the mail server or the reader said when it ended.
    why = models.CharField(_("why it ended"), max_length=300, blank=True)
    how = models.CharField(_("consent by"), max_length=10, choices=How.choices, default=How.FORM)
    consent_at = models.DateTimeField(_("consent given"), null=True, blank=True)
    consent_text = models.CharField(_("what they agreed to"), max_length=20, blank=True)
    consent_source = models.CharField(_("proof of the consent"), max_length=300, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ("-asked_at", "-pk")
        permissions = [("export_subscription", _("Can lead out and bring in subscribers"))]
        constraints = [
            models.UniqueConstraint(fields=["letter", "reader"], name="one_subscription_a_letter_and_reader"),
            models.CheckConstraint(
                condition=models.Q(hour__isnull=True) | models.Q(hour__lt=24),
                name="a_readers_hour_of_the_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["confirmed", "paused"]) | models.Q(consent_at__isnull=False),
                name="nobody_gets_letters_without_consent",
            ),
            models.CheckConstraint(
                condition=~models.Q(how="import") | ~models.Q(consent_source=""),
                name="a_brought_consent_has_its_proof",
            ),
        ]
        indexes = [models.Index(fields=["letter", "state"], name="editions_readers")]

    def __str__(self) -> str:
        return f"{self.letter}: {self.pk}"  # never the address: this stands in logs and in the audit

    def clean(self) -> None:
        """Refuse a zone that there is not."""
        super().clean()
        if not is_zone(self.zone):
            self.zone = "UTC"

    @property
    def is_getting(self) -> bool:
        """Does it get letters?"""
        return self.state == self.State.CONFIRMED


class Suppression(models.Model):
    """An address that no list may bring in again, as a keyed mark: it outlives the erasure of who it was."""

    class Reason(models.TextChoices):
        """Why."""

        ENDED = "ended", _("they ended it")
        REFUSED = "refused", _("refused for good by the mail server")
        COMPLAINED = "complained", _("reported as unwanted")
        ERASED = "erased", _("erased at their wish")

    reader = models.CharField(max_length=32, unique=True, editable=False)
    reason = models.CharField(_("why"), max_length=12, choices=Reason.choices)
    at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("address that gets nothing")
        verbose_name_plural = _("addresses that get nothing")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {self.at:%Y-%m-%d}"


class Throttle(models.Model):
    """How often something was asked within an hour: by an address or a network, as a keyed mark. Kept for a day."""

    who = models.CharField(max_length=32, editable=False)
    hour_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of requests")
        verbose_name_plural = _("counts of requests")
        constraints = [models.UniqueConstraint(fields=["who", "hour_at"], name="one_count_an_hour")]

    def __str__(self) -> str:
        return f"{self.hour_at:%Y-%m-%d %H}: {self.times}"
