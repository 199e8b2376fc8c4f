"""What came with a piece besides its text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.intake.models.entry import Entry


class Particulars(models.Model):
    """What a publisher says of a piece that no page has: its version and status, terms, embargo, first publisher."""

    class Status(models.TextChoices):
        """What its publisher lets one do with it."""

        USABLE = "usable", _("usable")
        WITHHELD = "withheld", _("withheld")
        CANCELED = "canceled", _("canceled by its publisher")

    entry = models.OneToOneField(
        Entry, on_delete=models.CASCADE, related_name="particulars", verbose_name=_("entry")
    )
    version = models.CharField(_("version"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.USABLE)
    # When it was first seen to be withheld or canceled; None while it is usable.
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    embargo_until = models.DateTimeField(_("embargoed until"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    rights = models.TextField(_("terms of use"), blank=True)
    note = models.TextField(_("note to editors"), blank=True)
    # Who first published it, where the channel's outlet only passes it on.
    via_name = models.CharField(_("first published by"), max_length=200, blank=True)
    via_url = models.CharField(_("first published at"), max_length=2000, blank=True)
    # Dicts with href, alt, caption and credit: pictures by reference.
    pictures = models.JSONField(_("pictures"), default=list, blank=True)

    class Meta:
        verbose_name = _("particulars")
        verbose_name_plural = _("particulars")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="usable", stopped_at__isnull=True)
                | (~models.Q(status="usable") & models.Q(stopped_at__isnull=False)),
                name="stopped_pieces_say_since_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry} ({self.version or self.status})"

    @property
    def is_stopped(self) -> bool:
        """Whether its publisher does not want it used."""
        return self.status != self.Status.USABLE
