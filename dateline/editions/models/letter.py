"""A letter that readers can have: one kind, in one language."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.editions.letters.kind import LetterKind
from dateline.editions.letters.register import CHOICES, KINDS
from dateline.editions.models.run import Run


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters, and those on offer."""

    def on_offer(self) -> Self:
        """Return those that readers may sign up for."""
        return self.filter(is_on=True)


class Letter(models.Model):
    """A kind of letter in a language, and what the owner says of it."""

    kind = models.CharField(_("kind"), max_length=20, choices=CHOICES)
    language = models.CharField(_("language"), max_length=20)
    is_on = models.BooleanField(_("on offer"), default=True)
    is_by_hand = models.BooleanField(
        _("waits for a person"),
        default=False,
        help_text=_("An issue goes out when somebody says so, and not by itself when the edition closes."),
    )
    # Of which run's editions it is made; where none is chosen, of the first run with the kind's rhythm.
    run = models.ForeignKey(
        Run, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("run")
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    sender_name = models.CharField(_("from whom"), max_length=80, blank=True)
    hour = models.PositiveSmallIntegerField(_("hour that is proposed to readers"), null=True, blank=True)
    footer = models.TextField(
        _("at the foot"),
        blank=True,
        help_text=_("Who sends it, with a postal address where the law asks for one."),
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("kind", "language")
        constraints = [
            models.UniqueConstraint(fields=["kind", "language"], name="one_letter_a_kind_and_language"),
            models.CheckConstraint(
                condition=models.Q(hour__isnull=True) | models.Q(hour__lt=24), name="a_letter_hour_of_the_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name} ({self.language})"

    @property
    def shown_name(self) -> str:
        """What readers know it by."""
        return self.name or str(self.member.name)

    @property
    def member(self) -> LetterKind:
        """The kind, as the register has it."""
        return KINDS[self.kind]
