"""How the desk edits an article, and takes in a picture."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from dateline.intake.queries.brought import embargo_of

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
        self.embargo = self._embargo()
        if self.embargo and "go_live_at" in self.fields and not self.instance.go_live_at:
            self.initial["go_live_at"] = self.embargo  # the first moment at which the gate opens

    def _embargo(self) -> datetime | None:
        """Return until when the article's source keeps it back, None where it is live or nothing does."""
        if not self.instance.original_id or self.instance.live:
            return None
        return embargo_of(self.instance.original_id, now=timezone.now())

    def clean_go_live_at(self) -> datetime | None:
        """Refuse a time before the end of the source's embargo."""
        at: datetime | None = self.cleaned_data.get("go_live_at")
        if at and self.embargo and at < self.embargo:
            raise ValidationError(
                _("Its source is under embargo until %s: schedule it for then or later.")
                % date_format(timezone.localtime(self.embargo), "j F Y, H:i e")
            )
        return at


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
