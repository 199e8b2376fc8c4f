"""The index of a site whose database is PostgreSQL, and the words in it. Elsewhere these tables stay empty."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchedPage(models.Model):
    """A piece as it is searched. Its vector of words, a column that no model can describe, is laid by `actions`."""

    uid = models.UUIDField(_("article"), unique=True)
    language = models.CharField(_("language"), max_length=20)
    kind = models.CharField(_("kind"), max_length=12)
    section = models.CharField(_("section"), max_length=80, blank=True)
    outlet = models.CharField(_("outlet"), max_length=20, blank=True)
    day = models.DateField(_("day"))
    at = models.BigIntegerField(_("seconds since 1970"), db_index=True)
    headline = models.TextField(_("headline"))
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("searched page")
        verbose_name_plural = _("searched pages")

    def __str__(self) -> str:
        return self.headline


class SearchedWord(models.Model):
    """A word that stands in a searched page: what a mistyped one may have meant."""

    word = models.CharField(_("word"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("searched word")
        verbose_name_plural = _("searched words")

    def __str__(self) -> str:
        return self.word
