"""The outlets we watch, and by which channels."""

from datetime import datetime
from typing import Self

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


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Which channels want what."""

    def due(self, *, now: datetime) -> Self:
        """Return those to be checked by `now`, longest waiting first."""
        return self.watched().filter(next_check_at__lte=now).order_by("next_check_at")

    def watched(self) -> Self:
        """Return those that are checked by themselves."""
        return self.filter(is_watched=True)

    def in_trouble(self) -> Self:
        """Return the watched ones whose last check went wrong, longest ill first."""
        return self.watched().exclude(trouble="").order_by("trouble_since")


class Channel(models.Model):
    """One way by which an outlet's pieces reach us: today, a feed."""

    class Kind(models.TextChoices):
        """How it is read."""

        FEED = "feed", _("feed")

    outlet = models.ForeignKey(
        Outlet, on_delete=models.CASCADE, related_name="channels", verbose_name=_("outlet")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.FEED)
    address = models.CharField(_("address"), max_length=1000, unique=True, validators=[validate_web_address])
    title = models.CharField(_("title"), max_length=200, blank=True)
    is_watched = models.BooleanField(_("watched"), default=True)
    # Validators are opaque: kept and sent back byte for byte.
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=200, blank=True, editable=False)
    body_hash = models.CharField(max_length=64, blank=True, editable=False)
    ttl_seconds = models.PositiveIntegerField(default=0, editable=False)
    next_check_at = models.DateTimeField(_("next check"), db_index=True)
    last_checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)
    last_success_at = models.DateTimeField(_("last read"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    trouble = models.CharField(_("what is wrong"), max_length=500, blank=True)
    trouble_since = models.DateTimeField(_("wrong since"), null=True, blank=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ("outlet", "address")

    def __str__(self) -> str:
        return self.title or self.address
