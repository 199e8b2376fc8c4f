"""Rules that stand: tell me when something comes in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.intake.models import Original
from dateline.sources.models import Outlet


class StandingRule(models.Model):
    """“Tell me when outlet X writes about Y”: what is filled in must all be so; at least one thing is.

    `words` stand side by side where all must be in the text; commas divide what may stand for each other.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="standing_rules"
    )
    outlet = models.ForeignKey(
        Outlet, null=True, blank=True, on_delete=models.CASCADE, verbose_name=_("outlet")
    )
    language = models.CharField(_("language"), max_length=20, blank=True)
    words = models.CharField(
        _("words"),
        max_length=300,
        blank=True,
        help_text=_("all of them stand in the piece; a comma means “or”: harbour ferry, quay"),
    )
    person = models.CharField(_("signed by"), max_length=160, blank=True)
    label = models.CharField(_("label of the beat"), max_length=80, blank=True)
    made_at = models.DateTimeField(_("made"))
    # The number of the newest original that it has looked at.
    looked_to = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("standing rule")
        verbose_name_plural = _("standing rules")
        ordering = ("made_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(outlet__isnull=False) | ~Q(language="", words="", person="", label=""),
                name="a_rule_says_something",
                violation_error_message=_("Fill in at least one thing to look for."),
            )
        ]

    def __str__(self) -> str:
        told = [str(self.outlet or ""), self.language, self.words, self.person, self.label]
        return " · ".join(part for part in told if part)


class Notice(models.Model):
    """An original that a standing rule found, for the rule's owner."""

    rule = models.ForeignKey(StandingRule, on_delete=models.CASCADE, related_name="notices")
    original = models.ForeignKey(Original, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("when"))
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-at", "-pk")
        constraints = [models.UniqueConstraint(fields=["rule", "original"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.original}"
