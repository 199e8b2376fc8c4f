"""Which pieces are in which index, as they stood when they were put in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Indexed(models.Model):
    """A piece is in an index. stamp: what of it was put in; index: the identity of the index, lost with it."""

    piece = models.UUIDField(_("article"), unique=True)
    index = models.CharField(_("index"), max_length=80)
    stamp = models.CharField(_("as it stood"), max_length=80)

    class Meta:
        verbose_name = _("piece in the search index")
        verbose_name_plural = _("pieces in the search index")

    def __str__(self) -> str:
        return str(self.piece)
