"""The publication's identity: the owner's own words, languages and menus, on one settings page."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from dateline.site.fields import AddressField
from dateline.site.zones import is_zone, zone_choices

# What the owner may choose; names are SPDX's, a test holds them against what `agreements` knows.
REPUBLISHING = (
    ("", _("only who asks us")),
    *((name, name) for name in ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-ND-4.0")),
    *((name, name) for name in ("CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0")),
)

# What stands above a page until a reader has answered it.
BARS = (
    ("", _("none")),
    ("notice", _("notice: who uses the site agrees to its terms")),
    ("consent", _("consent: embedded films and posts load at once only for who agrees")),
)


@register_setting(icon="home")
class Identity(BaseGenericSetting, ClusterableModel):
    """Who publishes this site. One row."""

    name = models.CharField(_("name"), max_length=120, default="Dateline")
    logo_light = models.ImageField(_("logo on light ground"), upload_to="identity/", blank=True)
    logo_dark = models.ImageField(_("logo on dark ground"), upload_to="identity/", blank=True)
    logo_small = models.ImageField(_("small logo"), upload_to="identity/", blank=True)
    icon = models.ImageField(_("icon"), upload_to="identity/", blank=True)
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    email = models.EmailField(_("public e-mail"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC", choices=zone_choices)
    is_commercial = models.BooleanField(
        _("commercial"),
        default=False,
        help_text=_("A commercial site may not use what is licensed for non-commercial use only."),
    )
    two_pairs_of_eyes = models.BooleanField(
        _("two pairs of eyes"),
        default=False,
        help_text=_("Nothing goes out before somebody else than its writer has read it."),
    )

    notice = models.CharField(
        _("bar at the top"),
        max_length=8,
        choices=BARS,
        blank=True,
        help_text=_(
            "A default site sets no cookie and calls nobody: it needs no consent. A notice is your choice."
        ),
    )
    accounts = models.BooleanField(
        _("accounts for readers"),
        default=False,
        help_text=_(
            "Readers sign in to keep what they save on all their devices. Mail must be set up: addresses are confirmed."
        ),
    )
    republish_licence = models.CharField(
        _("others may republish our own pieces"),
        max_length=20,
        choices=REPUBLISHING,
        blank=True,
        help_text=_("Under which licence. Reprints never; translations where their originals allow it."),
    )
    republish_credit = models.CharField(
        _("credit line of what others republish"),
        max_length=200,
        blank=True,
        help_text=_("The link to the piece and the licence follow it. Empty: first published by us."),
    )

    is_mining_reserved = models.BooleanField(
        _("mining of texts and data is reserved"),
        default=True,
        help_text=_(
            "Tells machines that they may find our pages for readers and quote them, and must ask before they learn"
            " from them. What others wrote is always reserved."
        ),
    )

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if not is_zone(self.time_zone):
            raise ValidationError({"time_zone": _("There is no such time zone.")})


class SiteLanguage(Orderable):
    """A language the site publishes in, with what the owner says of the site in it."""

    identity = ParentalKey(Identity, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(_("language"), max_length=20)
    name = models.CharField(_("name of the site in it"), max_length=120, blank=True)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    blurb = models.TextField(_("who we are, in a few sentences"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [models.UniqueConstraint(fields=["identity", "code"], name="one_row_a_language")]

    def __str__(self) -> str:
        return self.code


class MenuItem(Orderable):
    """A line of a menu: a section, topic or page, or a link of the owner's. Indented ones hang on the one above."""

    class Menu(models.TextChoices):
        """The two menus, each in its own order."""

        MAIN = "main", _("main menu")
        SIDE = "side", _("side menu")

    identity = ParentalKey(Identity, on_delete=models.CASCADE, related_name="menu_items")
    menu = models.CharField(_("menu"), max_length=8, choices=Menu.choices, default=Menu.MAIN)
    is_child = models.BooleanField(_("indented: below the item above"), default=False)
    label = models.CharField(_("label"), max_length=80, blank=True)
    language = models.CharField(_("only in this language"), max_length=20, blank=True)
    link = models.CharField(_("address"), max_length=500, blank=True)
    target_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.CASCADE)
    target_id = models.PositiveBigIntegerField(null=True, blank=True)
    target = GenericForeignKey("target_type", "target_id")

    class Meta(Orderable.Meta):
        verbose_name = _("menu item")
        verbose_name_plural = _("menu items")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target_type__isnull=False) | ~models.Q(link=""),
                name="menu_item_leads_somewhere",
                violation_error_message=_("Choose a section, topic or page, or give an address."),
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.link or str(self.target)


class SocialLink(Orderable):
    """Where else the site can be followed."""

    identity = ParentalKey(Identity, on_delete=models.CASCADE, related_name="social_links")
    name = models.CharField(_("name"), max_length=60)
    link = AddressField(_("address"))

    class Meta(Orderable.Meta):
        verbose_name = _("social link")
        verbose_name_plural = _("social links")

    def __str__(self) -> str:
        return self.name


class UsefulLink(Orderable):
    """A neighbour worth a visit, with a logo and its alternative text."""

    identity = ParentalKey(Identity, on_delete=models.CASCADE, related_name="useful_links")
    name = models.CharField(_("name"), max_length=80)
    link = AddressField(_("address"))
    logo = models.ImageField(_("logo"), upload_to="identity/", blank=True)
    alt = models.CharField(_("alternative text"), max_length=160, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("useful link")
        verbose_name_plural = _("useful links")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(logo="") | ~models.Q(alt=""),
                name="a_logo_has_alternative_text",
                violation_error_message=_("Say what the logo shows, for those who cannot see it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
