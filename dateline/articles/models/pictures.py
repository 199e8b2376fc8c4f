"""Pictures: each with its own credit and its own right."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from dateline.rights.models import PicturePermission
from dateline.site.fields import AddressField


class Picture(AbstractImage):
    """A picture with its own credit and its own permission."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)
    permission = models.ForeignKey(
        PicturePermission, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("permission")
    )
    source_url = AddressField(_("where it was found"), max_length=1000, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit", "permission", "source_url")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_picture", _("Can choose picture"))]

    def __str__(self) -> str:
        return str(self.title)

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> ContentFile[bytes]:  # noqa: A002
        """Return the picture at one size, in memory: Wagtail would leave the temporary file that it drew into open."""
        drawn = super().generate_rendition_file(filter, source=source)
        with drawn:
            drawn.seek(0)
            return ContentFile(drawn.read(), name=drawn.name)


class Rendition(AbstractRendition):
    """A picture at one size."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_spec"
            )
        ]
