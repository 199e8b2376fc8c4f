"""The outlets we watch."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from dateline.lib.countries import country_code
from dateline.lib.urls import is_web_address
from dateline.site.fields import AddressField
from dateline.sources.fields import LanguageTags


def validate_web_address(text: str) -> None:
    """Raise ValidationError where our one reader of addresses does not take `text` for one on the web.

    Django's own URLField refuses hosts that exist, such as those with an underscore.
    """
    if not is_web_address(text):
        raise ValidationError(_("This is no http or https address."), code="address")


class Outlet(ClusterableModel):
    """A newspaper, agency, office or blog whose pieces we take.

    country: an ISO 3166 code where the country has one (typed names become it), else a place as typed.
    language: its main one; languages: all, the main one among them. Persons to write to are its contacts.
    """

    class Kind(models.TextChoices):
        """What sort of publisher it is."""

        NEWSPAPER = "newspaper", _("newspaper")
        MAGAZINE = "magazine", _("magazine")
        BROADCASTER = "broadcaster", _("broadcaster")
        AGENCY = "agency", _("news agency")
        OFFICE = "office", _("office or institution")
        SOCIETY = "society", _("society or organisation")
        BLOG = "blog", _("blog")

    class Pictures(models.TextChoices):
        """What we do with its pictures."""

        NEVER = "never", _("never taken")
        ASK = "ask", _("asked for each time")
        AGREED = "agreed", _("as agreed")
        FREE = "free", _("under a free licence")

    name = models.CharField(_("name in its own script"), max_length=160)
    name_here = models.CharField(_("name as we write it"), max_length=160, blank=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.NEWSPAPER)
    home_url = AddressField(_("address"), max_length=500)
    country = models.CharField(_("country or place"), max_length=80, blank=True)
    language = models.CharField(_("main language"), max_length=20, blank=True)
    languages = LanguageTags(
        verbose_name=_("languages"), help_text=_("all that it writes in, by their codes: fa, en, pt-BR")
    )
    owner = models.CharField(_("owner"), max_length=160, blank=True)
    leaning = models.CharField(
        _("leaning"), max_length=160, blank=True, help_text=_("as the desk sees it; for the desk only")
    )
    pictures = models.CharField(_("pictures"), max_length=10, choices=Pictures.choices, default=Pictures.ASK)
    contact_email = models.EmailField(_("contact"), blank=True)
    notes = models.TextField(_("what the desk knows of it"), blank=True)

    # Said aloud since what it inherits from is untyped.
    objects: "ClassVar[models.Manager[Outlet]]" = models.Manager()

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.shown_name

    def clean_fields(self, exclude: Any = None) -> None:
        """Keep a country by its code, and the main language among the languages, before they are looked at."""
        self.country = country_code(self.country) or self.country
        if self.language and isinstance(self.languages, list) and self.language not in self.languages:
            self.languages = [self.language, *self.languages]
        super().clean_fields(exclude=exclude)

    @property
    def shown_name(self) -> str:
        """The name as we write it, else its own."""
        return self.name_here or self.name
