"""How far we have read in the operator's mailboxes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mailbox(models.Model):
    """A mailbox of the settings: the last letter read there, and how the last reading went.

    uid_validity, last_uid: of RFC 3501; numbers of letters mean nothing under another validity.
    """

    address = models.CharField(_("address"), max_length=500, unique=True)  # without the password
    uid_validity = models.PositiveBigIntegerField(default=0, editable=False)
    last_uid = models.PositiveBigIntegerField(default=0, editable=False)
    last_read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    trouble = models.CharField(_("what is wrong"), max_length=500, blank=True)
    trouble_since = models.DateTimeField(_("wrong since"), null=True, blank=True)
    next_read_at = models.DateTimeField(_("next reading"), null=True, blank=True)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        ordering = ("address",)

    def __str__(self) -> str:
        return self.address
