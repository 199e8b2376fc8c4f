"""What hosts say of machine use for all their pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TdmPolicy(models.Model):
    """A host's /.well-known/tdmrep.json as we last read it. An empty text: it has none, or none that can be read."""

    host = models.CharField(_("host"), max_length=260, unique=True)
    asked_at = models.DateTimeField(_("asked"))
    text = models.TextField(_("what it says"), blank=True)

    class Meta:
        verbose_name = _("policy of a host for machines")
        verbose_name_plural = _("policies of hosts for machines")

    def __str__(self) -> str:
        return self.host
