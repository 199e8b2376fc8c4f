"""An issue of a letter, how it was worded, and what became of it for each reader."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.editions import letter_states as states
from dateline.editions.models.edition import Edition
from dateline.editions.models.letter import Letter
from dateline.editions.models.subscription import Subscription


class Issue(models.Model):
    """One letter made of one edition; or a correction that follows it, to exactly those who got it."""

    class State(models.TextChoices):
        """Where it stands."""

        HELD = states.HELD, _("waits for a person")
        SENDING = states.SENDING, _("goes out")
        PAUSED = states.PAUSED, _("paused")
        STOPPED = states.STOPPED, _("stopped")
        SENT = states.SENT, _("sent")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, related_name="issues", verbose_name=_("letter")
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="issues", verbose_name=_("edition")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.HELD)
    # What it puts right, and in which words; of a correction alone.
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    said = models.TextField(_("what is right"), blank=True)
    released_at = models.DateTimeField(_("released"))
    # When every reader of it has a row; until then it is not sent, whatever stands in the rows.
    laid_at = models.DateTimeField(_("readers written down"), null=True, blank=True)
    first_handed_at = models.DateTimeField(_("first letter out"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    # Why nothing goes out now, in words for the desk.
    trouble = models.CharField(_("what is wrong"), max_length=400, blank=True)
    # How many stood where when the rows of its readers were cleared away.
    tally = models.JSONField(null=True, blank=True, editable=False)
    # The wording that goes out now; None where it has to be made again first.
    wording = models.ForeignKey(
        "Wording", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("issue of a letter")
        verbose_name_plural = _("issues of letters")
        ordering = ("-released_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "edition"],
                condition=Q(corrects__isnull=True),
                name="one_issue_a_letter_and_edition",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(laid_at__isnull=False), name="what_was_sent_had_its_readers"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(said=""),
                name="a_correction_says_what_is_right",
                violation_error_message=_("Say what is right."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}, {self.edition}"

    @property
    def is_open(self) -> bool:
        """Is somebody still to get it?"""
        return self.state in {self.State.HELD, self.State.SENDING, self.State.PAUSED}


class Wording(models.Model):
    """An issue as it was worded for a while: what those were sent who got it then. Never changed."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="wordings")
    digest = models.CharField(max_length=64)
    subject = models.CharField(_("subject"), max_length=300)
    # The numbers of the pieces in it, with a space between; before the long columns, since it is searched.
    pieces = models.TextField(blank=True)
    html = models.TextField()
    text = models.TextField()
    # Marks the places of a reader's own addresses.
    nonce = models.CharField(max_length=32)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("wording of an issue")
        verbose_name_plural = _("wordings of issues")
        ordering = ("made_at", "pk")
        constraints = [models.UniqueConstraint(fields=["issue", "digest"], name="each_wording_once")]

    def __str__(self) -> str:
        return f"{self.issue}, {self.made_at:%H:%M}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """One reader's letters as sending and the desk ask for them."""

    def in_state(self, *names: str) -> Self:
        """Return those in one of these states."""
        return self.filter(state__in=names)

    def due(self, *, now: object) -> Self:
        """Return those that may go now, the longest due first."""
        return self.filter(state=states.WAITING, due_at__lte=now, issue__state=states.SENDING).order_by(
            "due_at", "pk"
        )


class Delivery(models.Model):
    """One issue for one reader, once: waiting → claimed → handed over → done | refused | unknown.

    `handed` is written before the mail server hears of the letter: who dies after that leaves it for a person.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = states.WAITING, _("waiting")
        CLAIMED = states.CLAIMED, _("about to go")
        HANDED = states.HANDED, _("being handed over")
        DONE = states.DONE, _("taken by the mail server")
        REFUSED = states.REFUSED, _("refused")
        UNKNOWN = states.UNKNOWN, _("nobody knows")
        LEFT_OUT = states.LEFT_OUT, _("not sent")

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(
        Subscription, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    # The mark of the address: nobody gets an issue twice, whatever became of the subscription meanwhile.
    reader = models.CharField(max_length=32, editable=False)
    domain = models.CharField(max_length=255, editable=False, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(_("due"))
    claim = models.CharField(max_length=32, blank=True, editable=False)
    handed_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    ended_at = models.DateTimeField(_("answered"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    wording = models.ForeignKey(Wording, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said = models.CharField(_("what the mail server said"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader’s letter of an issue")
        verbose_name_plural = _("readers’ letters of an issue")
        ordering = ("issue", "pk")
        constraints = [
            models.UniqueConstraint(fields=["issue", "reader"], name="nobody_gets_an_issue_twice"),
            models.CheckConstraint(
                condition=~Q(state__in=["handed", "done", "unknown"]) | Q(handed_at__isnull=False),
                name="what_may_have_gone_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="editions_due_letters"),
            models.Index(fields=["issue", "state"], name="editions_letters_left"),
            models.Index(fields=["handed_at"], name="editions_letters_pace"),
        ]

    def __str__(self) -> str:
        return f"{self.issue} {self.pk}: {self.get_state_display()}"


class SentWithdrawal(models.Model):
    """A piece taken back after it had gone out in a letter: mail cannot be called back, so it is recorded."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="withdrawals")
    piece = models.UUIDField(_("piece"))
    title = models.CharField(_("headline"), max_length=300)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"))
    readers = models.PositiveIntegerField(_("readers who had it"))

    class Meta:
        verbose_name = _("piece taken back after sending")
        verbose_name_plural = _("pieces taken back after sending")
        ordering = ("at", "pk")
        constraints = [models.UniqueConstraint(fields=["issue", "piece"], name="each_taken_back_once")]

    def __str__(self) -> str:
        return self.title
