"""Lists of outlets that somebody brought."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dateline.people.models import User


class ImportedList(models.Model):
    """A list that was read and looked at, and how far adding it has come: looked at → being added → added.

    lines: `lists.ListedOutlet` as JSON values, in the file's order. chosen: the channels to be added, as
    positions (line, channel). done: how many of `chosen` are behind us; it grows in the transaction that adds
    each, so that one that was broken off goes on where it was. refused: (address, why).
    """

    class State(models.TextChoices):
        """Where it stands."""

        LOOKED_AT = "looked-at", _("looked at")
        ADDING = "adding", _("being added")
        ADDED = "added", _("added")

    name = models.CharField(_("name"), max_length=200)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    brought_at = models.DateTimeField(_("brought"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.LOOKED_AT)
    lines: Any = models.JSONField(default=list)
    unusable: Any = models.JSONField(default=list)
    chosen: Any = models.JSONField(default=list)
    refused: Any = models.JSONField(default=list)
    total = models.PositiveIntegerField(_("channels to add"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    added = models.PositiveIntegerField(_("added"), default=0)

    class Meta:
        verbose_name = _("imported list")
        verbose_name_plural = _("imported lists")
        ordering = ("-brought_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="no_more_done_than_there_is"),
            models.CheckConstraint(condition=Q(added__lte=F("done")), name="no_more_added_than_done"),
        ]

    def __str__(self) -> str:
        return self.name
