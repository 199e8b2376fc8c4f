"""The outlets we watch."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.lib.urls import is_web_address
from dateline.site.fields import AddressField


def validate_web_address(text: str) -> None:
    """Raise ValidationError where our one reader of addresses does not take `text` for one on the web.

    Django's own URLField refuses hosts that exist, such as those with an underscore.
    """
    if not is_web_address(text):
        raise ValidationError(_("This is no http or https address."), code="address")


class Outlet(models.Model):
    """A newspaper, agency, office or blog whose pieces we take."""

    class Kind(models.TextChoices):
        """What sort of publisher it is."""

        NEWSPAPER = "newspaper", _("newspaper")
        MAGAZINE = "magazine", _("magazine")
        BROADCASTER = "broadcaster", _("broadcaster")
        AGENCY = "agency", _("news agency")
        OFFICE = "office", _("office or institution")
        SOCIETY = "society", _("society or organisation")
        BLOG = "blog", _("blog")

    name = models.CharField(_("name in its own script"), max_length=160)
    name_here = models.CharField(_("name as we write it"), max_length=160, blank=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.NEWSPAPER)
    home_url = AddressField(_("address"), max_length=500)
    country = models.CharField(_("country or place"), max_length=80, blank=True)
    language = models.CharField(_("main language"), max_length=20, blank=True)
    contact_email = models.EmailField(_("contact"), blank=True)
    notes = models.TextField(_("what the desk knows of it"), blank=True)

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name as we write it, else its own."""
        return self.name_here or self.name
