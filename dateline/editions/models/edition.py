"""The edition: a day's choice in one language, numbered, with the text on top."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.editions.addresses import edition_path
from dateline.editions.models.run import Run


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions as the desk and readers ask for them."""

    def open(self) -> Self:
        """Return those on which the desk works."""
        return self.filter(state=Edition.State.OPEN)

    def out(self) -> Self:
        """Return those that readers may see: closed, or sent."""
        return self.exclude(state=Edition.State.OPEN)

    def in_language(self, code: str) -> Self:
        """Return those in one language."""
        return self.filter(language=code)

    def newest(self) -> Self:
        """Return them as the list shows them."""
        return self.order_by("-date", "-closes_at", "-pk")


class Edition(models.Model):
    """One issue of the digest in one language: of a day and a run, with a number from its closing on.

    open → closed → sent. One that nobody has been sent may be opened again; it keeps its number and address.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        SENT = "sent", _("sent")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="editions", verbose_name=_("run"))
    language = models.CharField(_("language"), max_length=20)
    date = models.DateField(_("day"))
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    foreword = models.TextField(_("foreword"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    closes_at = models.DateTimeField(_("closes"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Why it could not close by itself at its time, in words.
    trouble = models.TextField(_("why it did not close"), blank=True, editable=False)
    # Counts the changes of the desk: who saves over a number that is not the one they saw is refused.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("-date", "-closes_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["language", "run", "date"], name="one_edition_a_run_and_day"),
            models.UniqueConstraint(
                fields=["language", "number"],
                condition=Q(number__isnull=False),
                name="one_edition_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | (Q(number__isnull=False) & Q(closed_at__isnull=False)),
                name="a_closed_edition_has_its_number",
            ),
        ]
        indexes = [models.Index(fields=["language", "state", "-date"], name="editions_out")]

    def __str__(self) -> str:
        return f"{self.run} {self.date:%Y-%m-%d} ({self.language})"

    @property
    def is_open(self) -> bool:
        """May the desk change it?"""
        return self.state == self.State.OPEN

    @property
    def path(self) -> str:
        """Its address for ever; empty before it was closed for the first time."""
        if self.number is None:
            return ""
        return edition_path(language=self.language, day=self.date, number=self.number)
