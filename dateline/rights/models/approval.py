"""A text that an outlet is asked to approve before it goes out."""

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.rights.models.letter import Letter
from dateline.rights.models.permission import Permission


def new_token() -> str:
    """Return the secret part of a private address: 256 bits."""
    return secrets.token_urlsafe(32)


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Which approvals are where."""

    def with_all(self) -> Self:
        """Return them with what a page shows of each."""
        return self.select_related("permission__original__outlet", "letter", "by")


class Approval(models.Model):
    """One text of a piece, as it was shown to the outlet: open → approved | change asked; open or approved → closed.

    A text that is changed is another text: it is shown anew, and the older page is closed.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("shown to the outlet")
        APPROVED = "approved", _("approved")
        CHANGE = "change", _("a change is asked for")
        CLOSED = "closed", _("closed")

    permission = models.ForeignKey(Permission, on_delete=models.PROTECT, related_name="approvals")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="approval")
    piece = models.UUIDField(_("piece"), db_index=True)
    token = models.CharField(max_length=60, unique=True, default=new_token, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    language = models.CharField(_("language of the text"), max_length=20)
    headline = models.CharField(_("headline"), max_length=300)
    standfirst = models.TextField(_("standfirst"), blank=True)
    paragraphs = models.JSONField(_("text"), default=list)
    credit_line = models.CharField(_("credit line"), max_length=300, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    note = models.TextField(_("what they said"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("shown"))
    expires_at = models.DateTimeField(_("the page is open until"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval by an outlet")
        verbose_name_plural = _("approvals by outlets")
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["piece"], condition=models.Q(state="open"), name="one_open_page_a_piece"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="change") | ~models.Q(note=""),
                name="a_change_is_described",
                violation_error_message=_("Say what should be changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline}: {self.get_state_display()}"
