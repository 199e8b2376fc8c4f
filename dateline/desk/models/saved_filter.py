"""A narrowing of the newslist that somebody named, for themselves or for the whole desk."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.people.models import User


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    """Saved filters, and whose."""

    def for_user(self, user: User) -> Self:
        """Return a person's own and those that are shared with the desk."""
        return self.filter(Q(by=user) | Q(is_shared=True)).select_related("by")


class SavedFilter(models.Model):
    """The newslist, narrowed in one way, under a name. `query` is the part of its address after the `?`."""

    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000, blank=True)
    is_shared = models.BooleanField(_("for the whole desk"), default=False)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_filters")
    made_at = models.DateTimeField(_("saved"))

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ("name", "pk")
        constraints = [models.UniqueConstraint(fields=["by", "name"], name="one_filter_of_a_name")]

    def __str__(self) -> str:
        return self.name
