"""What machines were asked, and what that cost."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MachineMeter(models.Model):
    """One row for each machine: whoever is about to ask it changes this row first, so that one counts at a time."""

    machine = models.CharField(_("machine"), max_length=40, unique=True)
    at = models.DateTimeField(_("when"))

    def __str__(self) -> str:
        return self.machine


class MachineCall(models.Model):
    """One batch that a machine was asked for: asked → answered, refused or spoiled.

    Written before the machine is asked. One that stays *asked* is of a process that died: what it was asked for
    counts, since it may have been charged. *Refused* was not charged, *spoiled* may have been. The circuit breaker
    is read from these rows, by all processes alike.
    """

    class State(models.TextChoices):
        """What became of it."""

        ASKED = "asked", _("asked")
        ANSWERED = "answered", _("answered")
        REFUSED = "refused", _("refused")
        SPOILED = "spoiled", _("without a usable answer")

    machine = models.CharField(_("machine"), max_length=40)
    model = models.CharField(_("model"), max_length=100, blank=True)
    source_language = models.CharField(_("from"), max_length=20)
    language = models.CharField(_("into"), max_length=20)
    sentences = models.PositiveIntegerField(_("sentences"))
    characters = models.PositiveIntegerField(_("characters"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    trouble = models.CharField(_("what is wrong"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # Until when the machine itself, by its answer, wants to be left alone.
    rests_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("call of a machine")
        verbose_name_plural = _("calls of machines")
        ordering = ("-asked_at", "-pk")
        indexes = [models.Index(fields=["machine", "asked_at"], name="calls_of_a_machine")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="asked", ended_at=None)
                | ~models.Q(state="asked") & ~models.Q(ended_at=None),
                name="asked_is_without_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.machine} {self.source_language} → {self.language}"
