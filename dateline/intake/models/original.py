"""Foreign articles as we first read them."""

from typing import Any, NoReturn, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.intake.signals import Reserved, Signal, reserved_uses
from dateline.sources.models import Outlet, validate_web_address


class ImmutableOriginal(TypeError):
    """Somebody tried to change an original."""


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
    word_count = models.PositiveIntegerField(_("words"), default=0)
    section = models.CharField(_("section at the outlet"), max_length=200, blank=True)
    # The address that the page gives as its own, as it gives it; `identity` says whether we believed it.
    canonical_url = models.CharField(_("canonical address"), max_length=2000, blank=True)
    image = models.JSONField(_("lead picture"), null=True, blank=True)
    # Candidates, the best first: url, alt, caption, credit, width, height (None where not told), origin.
    pictures = models.JSONField(_("pictures"), default=list, blank=True)
    # Which witness each value comes from, by the field's name (intake.origins says them in words).
    origins = models.JSONField(_("origins"), default=dict, blank=True)
    # What the publisher says of licences and of machine use: signal, value, where (intake.signals).
    signals = models.JSONField(_("licence and reservations"), default=list, blank=True)
    is_paywalled = models.BooleanField(_("behind a paywall"), default=False)
    paywall_evidence = models.JSONField(_("why we think so"), default=list, blank=True)
    is_suspect = models.BooleanField(_("doubtful extraction"), default=False)
    reasons = models.JSONField(_("why doubtful"), default=list, blank=True)

    objects = OriginalQuerySet.as_manager()

    class Meta:
        verbose_name = _("original")
        verbose_name_plural = _("originals")
        ordering = ("-taken_at", "-pk")
        permissions = [("sort_original", _("Can pick and spike originals"))]
        indexes = [
            models.Index(fields=["language", "-taken_at"], name="originals_in_a_language"),
            models.Index(fields=["outlet", "-taken_at"], name="originals_of_an_outlet"),
        ]

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
    def reserved_uses(self) -> frozenset[Reserved]:
        """What the publisher reserves against machines, each with the signal that says so."""
        return reserved_uses([Signal(**told) for told in self.signals])

    @property
    def author_names(self) -> list[str]:
        """Names of the persons who signed it, in order; organisations only where no person did."""
        persons = [author["name"] for author in self.authors if author.get("kind") == "person"]
        return persons or [author["name"] for author in self.authors]
