"""Lines of channels, and how far we are with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.intake.models.original import Original
from dateline.sources.models import Channel, validate_web_address


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
    # Where the channel brought the piece itself (a newsletter, a delivery, a pasted text): its sanitised body,
    # and the hash under which what came is kept. Then no page is asked for.
    content_html = models.TextField(_("text that came with it"), blank=True)
    raw_sha256 = models.CharField(max_length=64, blank=True, editable=False)
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
    original = models.ForeignKey(Original, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ("-seen_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["channel", "guid"], name="one_entry_a_guid")]

    def __str__(self) -> str:
        return self.title or self.url
