"""What we asked an outlet for, and what it said."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.rights.models.letter import Letter
from dateline.rights.models.permission import Permission
from dateline.rights.models.picture import PicturePermission


class RequestQuerySet(models.QuerySet["Request"]):
    """Which requests are where."""

    def with_all(self) -> Self:
        """Return them with what a list shows of each."""
        return self.select_related("permission__original__outlet", "letter", "reminder", "by")

    def open(self) -> Self:
        """Return those that wait for us or for an answer."""
        return self.filter(state__in=Request.OPEN)

    def in_trouble(self) -> Self:
        """Return those on which a person has to act: nobody answered, or a letter did not go. The oldest first."""
        unsent = ~models.Q(letter__trouble="") & models.Q(state=Request.State.ACCEPTED)
        return self.filter(models.Q(state=Request.State.SILENT) | unsent).order_by("answer_by", "pk")

    def overdue(self, *, today: date) -> Self:
        """Return those asked whose day is over."""
        return self.filter(state=Request.State.ASKED, answer_by__lt=today)


class Request(models.Model):
    """A request for one use of one original. Its permission goes with it, and grants once the outlet said yes.

    proposed → accepted → asked → granted | refused | silent; see `asking.Asking` for every step.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted, to be sent")
        ASKED = "asked", _("asked")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        SILENT = "silent", _("no answer")
        DROPPED = "dropped", _("dropped")

    OPEN = (State.PROPOSED, State.ACCEPTED, State.ASKED, State.SILENT)

    permission = models.OneToOneField(Permission, on_delete=models.PROTECT, related_name="request")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="request")
    reminder = models.OneToOneField(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="reminds_of"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    words = models.PositiveIntegerField(_("words at most"), null=True, blank=True)
    with_pictures = models.BooleanField(_("with its pictures"), default=False)
    answer_by = models.DateField(_("answer by"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("proposed"))
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    evidence = models.FileField(_("mail or contract"), upload_to="rights/", blank=True)
    pictures = models.ForeignKey(
        PicturePermission, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for permission")
        verbose_name_plural = _("requests for permission")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["granted", "refused"])
                | ~models.Q(answer="")
                | ~models.Q(evidence=""),
                name="an_answer_is_filed",
                violation_error_message=_("File the answer: its words, or the mail or contract."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["asked", "silent", "granted", "refused"])
                | models.Q(asked_at__isnull=False),
                name="what_was_asked_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.permission.original.headline}: {self.get_state_display()}"
