"""What a reader with an account keeps: pieces to read later, topics and outlets that are followed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.articles.models import Topic
from dateline.people.models import User
from dateline.sources.models import Outlet


class Saved(models.Model):
    """A piece that a reader saved. By its number alone: what is withdrawn is on nobody's list any more."""

    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved", verbose_name=_("reader"))
    piece = models.UUIDField(_("article"))
    kept_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("saved article")
        verbose_name_plural = _("saved articles")
        ordering = ("-kept_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["reader", "piece"], name="saved_once")]

    def __str__(self) -> str:
        return str(self.piece)


class Followed(models.Model):
    """A topic, or an outlet in the language in which the reader follows it."""

    reader = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="followed", verbose_name=_("reader")
    )
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    outlet = models.ForeignKey(Outlet, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=20, blank=True)
    kept_at = models.DateTimeField(_("followed"))

    class Meta:
        verbose_name = _("followed topic or outlet")
        verbose_name_plural = _("followed topics and outlets")
        ordering = ("-kept_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(topic__isnull=False, outlet__isnull=True)
                | models.Q(topic__isnull=True, outlet__isnull=False),
                name="a_topic_or_an_outlet_is_followed",
            ),
            models.UniqueConstraint(
                fields=["reader", "topic"],
                condition=models.Q(topic__isnull=False),
                name="topic_followed_once",
            ),
            models.UniqueConstraint(
                fields=["reader", "outlet", "language"],
                condition=models.Q(outlet__isnull=False),
                name="outlet_followed_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.topic or self.outlet)
