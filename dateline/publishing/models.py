"""What has been baked: one row a file that readers can ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BakedFile(models.Model):
    """A file in the site's folder: address, kind, whose it is, and what the server answers with it."""

    path = models.CharField(_("address"), max_length=700, unique=True)
    kind = models.CharField(_("kind"), max_length=20)
    language = models.CharField(_("language"), max_length=20, blank=True)
    piece = models.UUIDField(_("article"), null=True, blank=True, db_index=True)
    status = models.PositiveSmallIntegerField(_("status"), default=200)
    file = models.CharField(_("file"), max_length=700)
    sha256 = models.CharField(_("hash"), max_length=64)
    baked_at = models.DateTimeField(_("baked"))

    class Meta:
        verbose_name = _("baked file")
        verbose_name_plural = _("baked files")
        ordering = ("path",)

    def __str__(self) -> str:
        return self.path
