"""The channels by which outlets' pieces reach us."""

from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.lib.urls import NotAWebAddress, read
from dateline.net.turns import turn_name
from dateline.sources.models.outlet import Outlet, validate_web_address


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Which channels want what."""

    def due(self, *, now: datetime) -> Self:
        """Return those to be looked at by `now`, longest waiting first; what people bring by hand never is."""
        due = self.watched().exclude(kind=Channel.Kind.HAND)
        return due.filter(next_check_at__lte=now).order_by("next_check_at")

    def watched(self) -> Self:
        """Return those that are checked by themselves."""
        return self.filter(is_watched=True)

    def in_trouble(self) -> Self:
        """Return the watched ones whose last check went wrong, longest ill first."""
        return self.watched().exclude(trouble="").order_by("trouble_since")


class Channel(models.Model):
    """One way by which an outlet's pieces reach us.

    address: on the web for what is asked there; `mailbox:…`, `drop:…` and `hand:…` for what is not.
    rules: how a page without a feed, a mailbox or a drop is read (intake/channels/README.md).
    """

    class Kind(models.TextChoices):
        """How it is read."""

        FEED = "feed", _("feed")
        SITEMAP = "sitemap", _("news sitemap")
        PAGE = "page", _("page without a feed")
        DATELINE = "dateline", _("another Dateline")
        MAILBOX = "mailbox", _("newsletter")
        DROP = "drop", _("delivery of files")
        HAND = "hand", _("by hand")

    # Those whose address is on the web and is asked again and again.
    ASKED = frozenset({Kind.FEED, Kind.SITEMAP, Kind.PAGE, Kind.DATELINE})

    outlet = models.ForeignKey(
        Outlet, on_delete=models.CASCADE, related_name="channels", verbose_name=_("outlet")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.FEED)
    address = models.CharField(_("address"), max_length=1000, unique=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    rules = models.JSONField(_("how it is read"), default=dict, blank=True)
    # The folders of an OPML file, as its owner sorted them.
    categories = models.JSONField(_("folders"), default=list, blank=True)
    former_addresses = models.JSONField(_("former addresses"), default=list, blank=True, editable=False)
    is_watched = models.BooleanField(_("watched"), default=True)
    # The sitemaps of an index that are read for it: each address with what its last answer said.
    parts = models.JSONField(default=dict, blank=True, editable=False)
    # Validators are opaque: kept and sent back byte for byte.
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=200, blank=True, editable=False)
    body_hash = models.CharField(max_length=64, blank=True, editable=False)
    ttl_seconds = models.PositiveIntegerField(default=0, editable=False)
    # Hours (0 to 23) and days (0 is Monday) in UTC at which the feed asks to be left alone.
    skip_hours = models.JSONField(default=list, blank=True, editable=False)
    skip_days = models.JSONField(default=list, blank=True, editable=False)
    # How often something new comes, as its own entries tell; 0 where nothing is known.
    pace_seconds = models.PositiveIntegerField(default=0, editable=False)
    # When we first read what it lists; empty where that was before anybody noted it.
    read_since = models.DateTimeField(null=True, blank=True, editable=False)
    # A hub tells us what is new in it (models.Subscription), so that it need not be asked often.
    is_pushed = models.BooleanField(default=False, editable=False)
    next_check_at = models.DateTimeField(_("next check"), db_index=True)
    last_checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)
    # What the server said last; 0 where it said nothing.
    last_status = models.PositiveSmallIntegerField(default=0, editable=False)
    # Its last body took long to be read: it is read where it holds up no other.
    is_slow = models.BooleanField(default=False, editable=False)
    last_success_at = models.DateTimeField(_("last read"), null=True, blank=True)
    last_new_at = models.DateTimeField(_("last new piece"), null=True, blank=True)
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

    @property
    def host(self) -> str:
        """The host whose turn it takes to ask, empty where the address is none on the web."""
        try:
            return turn_name(read(self.address))
        except NotAWebAddress:
            return ""

    def clean(self) -> None:
        super().clean()
        if self.kind in self.ASKED:
            try:
                validate_web_address(self.address)
            except ValidationError as error:
                raise ValidationError({"address": error.messages}) from error
