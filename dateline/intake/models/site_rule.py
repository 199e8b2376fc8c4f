"""What editors said about the pages of a site, and what it made of an original."""

from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.intake.models.original import Original
from dateline.intake.rules import FIELDS, LEAVE_OUT
from dateline.lib.urls import NotAWebAddress, read


def site_of(url: str) -> str:
    """Return the host that a site's rules go by, without `www.`; empty where the address has none."""
    try:
        return read(url).host.removeprefix("www.")
    except NotAWebAddress:
        return ""


class SiteRuleQuerySet(models.QuerySet["SiteRule"]):
    """Which rules hold where."""

    def for_page(self, url: str) -> "SiteRule | None":
        """Return the rule for the page at `url`: of those that fit, the one that says most of its path."""
        path = urlsplit(url).path or "/"
        fitting = [rule for rule in self.filter(host=site_of(url)) if rule.fits(path)]
        return max(fitting, key=lambda rule: len(rule.path_pattern), default=None)


class SiteRule(models.Model):
    """Where headline, body and the rest stand on the pages of a site, as an editor pointed at them.

    Its selectors are CSS or XPath (intake/rules.py). Each correction counts its version up; the audit has the former.
    """

    host = models.CharField(_("site"), max_length=253)
    path_pattern = models.CharField(
        _("paths"),
        max_length=200,
        blank=True,
        help_text=_("for which pages of the site, such as /news/*; all of them where it is empty"),
    )
    headline = models.CharField(_("headline"), max_length=2000, blank=True)
    standfirst = models.CharField(_("standfirst"), max_length=2000, blank=True)
    author = models.CharField(_("author"), max_length=2000, blank=True)
    date = models.CharField(_("date"), max_length=2000, blank=True)
    body = models.CharField(_("body"), max_length=2000, blank=True)
    leave_out = models.JSONField(_("blocks to leave out"), default=list, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"))
    from_original = models.ForeignKey(
        Original,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("made from"),
    )

    objects = SiteRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule for a site")
        verbose_name_plural = _("rules for sites")
        ordering = ("host", "path_pattern")
        constraints = [
            models.UniqueConstraint(fields=["host", "path_pattern"], name="one_rule_a_site_and_path"),
            models.CheckConstraint(condition=~models.Q(host=""), name="a_rule_names_its_site"),
        ]

    def __str__(self) -> str:
        return f"{self.host}{self.path_pattern}"

    def fits(self, path: str) -> bool:
        """Is it for pages at this path?"""
        return not self.path_pattern or fnmatchcase(path, self.path_pattern)

    def as_rules(self) -> dict[str, Any]:
        """Return its selectors as `rules.apply_rules` takes them, those that are given."""
        told = {name: getattr(self, name) for name in (*FIELDS, LEAVE_OUT)}
        return {name: value for name, value in told.items() if value}


class Correction(models.Model):
    """How an editor reads an original whose extraction was bad. The original itself stays as it was first read."""

    original = models.OneToOneField(
        Original, on_delete=models.CASCADE, related_name="correction", verbose_name=_("original")
    )
    rule = models.ForeignKey(
        SiteRule, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("rule for its site")
    )
    headline = models.CharField(_("headline"), max_length=500)
    standfirst = models.TextField(_("standfirst"), blank=True)
    authors = models.JSONField(_("authors"), default=list, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    body_html = models.TextField(_("body"))
    body_text = models.TextField(_("text"))
    # What the site's rule could not answer for on this page, as sentences.
    reasons = models.JSONField(_("why doubtful"), default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("corrected reading")
        verbose_name_plural = _("corrected readings")

    def __str__(self) -> str:
        return self.headline
