"""How the desk edits an article, and takes in a picture."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

COMPOSED = ("headline", "standfirst", "body")


class ArticleForm(WagtailAdminModelForm):
    """An article's form. What is composed from segments can only be read here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_composed:
            for name in COMPOSED:
                if name in self.fields:
                    self.fields[name].disabled = True
                    self.fields[name].help_text = _("Composed on the translation desk; change it there.")


class PictureField(WagtailImageField):
    """A picture's file. One that begins like a picture and is none is refused in words."""

    def check_image_pixel_size(self, f: Any) -> None:
        """Open the picture. Raises ValidationError where it has too many pixels, or is torn."""
        try:
            super().check_image_pixel_size(f)
        except (OSError, SyntaxError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class PictureForm(BaseImageForm):
    """How a picture is uploaded and described."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(
                label=given.label, required=given.required, widget=given.widget
            )
