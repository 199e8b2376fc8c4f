"""The second pair of eyes: somebody else than its writer has read these very words."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.articles.bodies import text_print
from dateline.articles.models.article import Article


class SecondLookQuerySet(models.QuerySet["SecondLook"]):
    """Looks at what an article says now."""

    def at_words_of(self, article: Article) -> Self:
        """Return the looks at these very words, the latest first."""
        return self.filter(article_id=article.pk, text_sha256=text_print(article)).select_related("by")


class SecondLook(models.Model):
    """Who has read an article's words, and which: another word wants another look."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="second_looks")
    text_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    objects = SecondLookQuerySet.as_manager()

    class Meta:
        verbose_name = _("second look")
        verbose_name_plural = _("second looks")
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["article", "text_sha256", "by"], name="each_looks_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.by}"
