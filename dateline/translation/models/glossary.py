"""What the house calls things: concepts with their forms, and forms that editors keep putting in."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dateline.lib.formats.terms import ALLOWED, FORBIDDEN, KEEP, PREFERRED


class Term(models.Model):
    """A thing that one or more languages have a word for: a body, an office, a person, a place."""

    name = models.CharField(
        _("what it is"), max_length=200, help_text=_("How the desk refers to it; unique.")
    )
    definition = models.TextField(_("what it means"), blank=True)
    domain = models.CharField(
        _("field"), max_length=100, blank=True, help_text=_("such as law, places, persons")
    )
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("where this is from"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ("name", "pk")
        constraints = [models.UniqueConstraint(Lower("name"), name="one_term_a_name")]

    def __str__(self) -> str:
        return self.name


class TermForm(models.Model):
    """A spelling of a term in one language, and whether it is to be used."""

    class Status(models.TextChoices):
        """Whether it is to be used."""

        PREFERRED = PREFERRED, _("to be used")
        ALLOWED = ALLOWED, _("may be used")
        FORBIDDEN = FORBIDDEN, _("not to be used")
        KEEP = KEEP, _("stays as it is")

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="forms", verbose_name=_("term"))
    language = models.CharField(_("language"), max_length=20)
    form = models.CharField(_("form"), max_length=300)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PREFERRED)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("where this is from"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("form of a term")
        verbose_name_plural = _("forms of terms")
        ordering = ("language", "status", "form")
        constraints = [
            models.UniqueConstraint(fields=["term", "language", "form"], name="one_form_a_term"),
            models.CheckConstraint(condition=~models.Q(form=""), name="a_form_has_letters"),
        ]
        indexes = [models.Index(fields=["language"], name="term_forms_of_a_language")]

    def __str__(self) -> str:
        return self.form


class TermIdea(models.Model):
    """A word of a machine's that editors keep changing for the same other one: waiting → accepted or dismissed."""

    class State(models.TextChoices):
        """What a person said to it."""

        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        DISMISSED = "dismissed", _("dismissed")

    language = models.CharField(_("language"), max_length=20)
    was = models.CharField(_("a machine wrote"), max_length=300)
    became = models.CharField(_("editors wrote"), max_length=300)
    times = models.PositiveIntegerField(_("how often"))
    example = models.TextField(_("an example"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("idea for the glossary")
        verbose_name_plural = _("ideas for the glossary")
        ordering = ("-times", "became")
        constraints = [
            models.UniqueConstraint(fields=["language", "was", "became"], name="one_idea_a_change")
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"
