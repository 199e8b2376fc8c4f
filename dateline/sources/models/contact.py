"""People at an outlet."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from dateline.sources.models.outlet import Outlet


class Contact(models.Model):
    """Somebody at an outlet to whom one writes: for permissions, for pictures, for a correction."""

    outlet = ParentalKey(Outlet, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("outlet"))
    name = models.CharField(_("name"), max_length=160, blank=True)
    role = models.CharField(_("role"), max_length=160, blank=True, help_text=_("such as “rights desk”"))
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("sort_order", "pk")

    def __str__(self) -> str:
        return self.name or self.role or self.email

    def clean(self, *args: Any, **kwargs: Any) -> None:
        """Raise ValidationError where it names nobody."""
        super().clean(*args, **kwargs)
        if not (self.name or self.role or self.email):
            raise ValidationError(_("Write a name, a role or an e-mail address."))
