"""Outlets that one could watch."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.sources.fields import LanguageTags
from dateline.sources.models.outlet import Outlet


class DirectoryEntry(models.Model):
    """An outlet of a directory that was loaded from a file: known, not watched.

    listing: the directory's name; loading one again replaces its entries. key: what tells two entries of one
    listing apart. feeds: `lists.ListedChannel` as JSON values.
    """

    listing = models.CharField(_("directory"), max_length=160, db_index=True)
    key = models.CharField(max_length=64, editable=False)
    name = models.CharField(_("name in its own script"), max_length=160)
    name_here = models.CharField(_("name as we write it"), max_length=160, blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Outlet.Kind.choices, default=Outlet.Kind.NEWSPAPER
    )
    home_url = models.CharField(_("address"), max_length=500, blank=True)
    country = models.CharField(_("country or place"), max_length=80, blank=True, db_index=True)
    languages = LanguageTags(verbose_name=_("languages"))
    owner = models.CharField(_("owner"), max_length=160, blank=True)
    feeds: Any = models.JSONField(_("feeds"), default=list, blank=True)

    class Meta:
        verbose_name = _("entry of a directory")
        verbose_name_plural = _("entries of directories")
        ordering = ("country", "name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["listing", "key"], name="one_entry_a_key_of_a_listing")
        ]

    def __str__(self) -> str:
        return self.name_here or self.name
