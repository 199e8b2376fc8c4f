"""What came in: entries of feeds, the originals they lead to, and the snapshots that prove them."""

from typing import Any, NoReturn, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.sources.models import Channel, Outlet, validate_web_address


class ImmutableOriginal(TypeError):
    """Somebody tried to change an original."""


class Entry(models.Model):
    """One line of a feed, and how far we are with it: new → taken, or failed, to be tried again."""

    class State(models.TextChoices):
        """Where it stands."""

        NEW = "new", _("new")
        TAKEN = "taken", _("taken")
        FAILED = "failed", _("failed")

    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="entries", verbose_name=_("channel")
    )
    guid = models.CharField(max_length=500)  # longer ones are kept as their hash
    # Empty where the feed names no page: such an entry fails and says so.
    url = models.CharField(_("address"), max_length=2000, blank=True, validators=[validate_web_address])
    title = models.CharField(_("title"), max_length=500, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    authors = models.JSONField(_("authors"), default=list, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    seen_at = models.DateTimeField(_("seen"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.NEW, db_index=True
    )
    trouble = models.CharField(_("what is wrong"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts in a row that failed"), default=0)
    # None: it is not tried again by itself.
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    original = models.ForeignKey("intake.Original", null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ("-seen_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["channel", "guid"], name="one_entry_a_guid")]

    def __str__(self) -> str:
        return self.title or self.url


class OriginalQuerySet(models.QuerySet["Original"]):
    """Originals are written once: what would change many at a time is closed."""

    def update(self, **_values: Any) -> NoReturn:
        """Refuse."""
        raise ImmutableOriginal(
            "An original is never changed. What its page says now is a new snapshot of it."
        )

    def newest(self) -> Self:
        """Return them as the newslist shows them."""
        return self.select_related("outlet").order_by("-taken_at", "-pk")


class Original(models.Model):
    """A foreign article as we first read it. Written once, never changed."""

    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, related_name="originals", verbose_name=_("outlet")
    )
    url = models.CharField(_("address"), max_length=2000, validators=[validate_web_address])
    # The address without what varies between two links to one piece (lib.urls.normalise).
    identity = models.CharField(max_length=2000, unique=True, editable=False)
    headline = models.CharField(_("headline"), max_length=500)
    standfirst = models.TextField(_("standfirst"), blank=True)
    authors = models.JSONField(_("authors"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=20)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken"), db_index=True)
    body_html = models.TextField(_("body"))
    body_text = models.TextField(_("text"))
    image = models.JSONField(_("lead picture"), null=True, blank=True)
    is_suspect = models.BooleanField(_("doubtful extraction"), default=False)
    reasons = models.JSONField(_("why doubtful"), default=list, blank=True)

    objects = OriginalQuerySet.as_manager()

    class Meta:
        verbose_name = _("original")
        verbose_name_plural = _("originals")
        ordering = ("-taken_at", "-pk")
        permissions = [("sort_original", _("Can pick and spike originals"))]

    def __str__(self) -> str:
        return self.headline

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it the first time. Raises ImmutableOriginal ever after."""
        if self.pk is not None and not self._state.adding:
            raise ImmutableOriginal(
                f"The original {self.pk} ({self.url}) is never changed; take a new snapshot of it."
            )
        super().save(*args, **kwargs)

    @property
    def author_names(self) -> list[str]:
        """Names of the persons who signed it, in order; organisations only where no person did."""
        persons = [author["name"] for author in self.authors if author.get("kind") == "person"]
        return persons or [author["name"] for author in self.authors]


class Snapshot(models.Model):
    """One response of the outlet's server, kept whole: hash, time, headers, and what was read from it."""

    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="snapshots", verbose_name=_("original")
    )
    url = models.CharField(_("asked for"), max_length=2000, validators=[validate_web_address])
    final_url = models.CharField(_("answered from"), max_length=2000, validators=[validate_web_address])
    status = models.PositiveSmallIntegerField(_("status"))
    headers = models.JSONField(_("headers"), default=list, blank=True)
    fetched_at = models.DateTimeField(_("fetched"))
    sha256 = models.CharField(_("hash"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("bytes"))
    # The hash of what a reader would notice: headline and text, without the page around it.
    text_sha256 = models.CharField(max_length=64)
    headline = models.CharField(_("headline"), max_length=500)
    body_text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ("-fetched_at", "-pk")

    def __str__(self) -> str:
        return f"{self.original_id} {self.fetched_at:%Y-%m-%d %H:%M} {self.sha256[:12]}"
