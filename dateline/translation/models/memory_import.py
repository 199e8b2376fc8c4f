"""A file of translations that somebody brought."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MemoryImport(models.Model):
    """A memory brought in a file: reading → sorting → ready; in steps, each whole, from any of which it goes on.

    `done` counts the entries of the file that are behind us, `added` the units that came of them. `run` is the run
    of lists that is being written.
    """

    class State(models.TextChoices):
        """How far it is."""

        READING = "reading", _("being read")
        SORTING = "sorting", _("being sorted in")
        READY = "ready", _("ready")
        FAILED = "failed", _("not readable")
        PURGING = "purging", _("being taken out")

    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to="memories/", blank=True)
    form = models.CharField(_("format"), max_length=10)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.READING)
    source_language = models.CharField(_("from"), max_length=20, blank=True)
    language = models.CharField(_("into"), max_length=20, blank=True)
    scope = models.CharField(_("offered to"), max_length=10, default="imported")
    desk = models.CharField(_("desk"), max_length=150, blank=True)
    penalty = models.PositiveSmallIntegerField(_("taken off the score"), default=0)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    done = models.PositiveIntegerField(_("entries read"), default=0)
    added = models.PositiveIntegerField(_("units"), default=0)
    passed_over = models.PositiveIntegerField(_("passed over"), default=0)
    trouble = models.CharField(_("what is wrong"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(_("brought"))

    class Meta:
        verbose_name = _("imported memory")
        verbose_name_plural = _("imported memories")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.name
