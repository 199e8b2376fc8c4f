"""What people fill in about pictures."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, UnidentifiedImageError

from dateline.agreements.licences import UnknownLicence, licence
from dateline.agreements.models import Agreement
from dateline.articles.forms import PictureField
from dateline.desk.actions.pictures import twins
from dateline.publishing.clean_pictures import FORMATS, MOST_PIXELS
from dateline.rights.models import PicturePermission

if TYPE_CHECKING:
    from dateline.articles.models import Picture

# The part of the form that says why a picture may be shown, where no right that is kept already is chosen.
_RIGHT: Final = ("ground", "holder", "agreement", "licence", "starts_on", "ends_on", "evidence")
_DAY: Final = {"type": "date"}


class PictureFileField(PictureField):
    """A file that is a whole picture of a kind we show: it is read to its last row before it is believed."""

    def to_python(self, data: Any) -> Any:
        """Return the file. Raises ValidationError that says what is wrong with it."""
        try:
            found = super().to_python(data)
            if found:
                _read_whole(found)
        except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
            raise ValidationError(_why(error)) from None
        return found


def _read_whole(file: Any) -> None:
    file.seek(0)
    with Image.open(file, formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        picture.load()
    file.seek(0)


def _why(error: Exception) -> str:
    if isinstance(error, Image.DecompressionBombError):
        return _("It has more pixels than a page can show (%s). Make it smaller first.") % MOST_PIXELS
    if isinstance(error, UnidentifiedImageError):
        return _("It is no picture of a kind that pages show: JPEG, PNG, WebP, AVIF or GIF.")
    return _("The file is torn: it ends before its picture does, or does not add up. Fetch it again.")


class UploadForm(forms.Form):
    """A picture, with its credit and why we may show it: a right that is kept already, or a new one."""

    file = PictureFileField(label=gettext_lazy("File"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    description = forms.CharField(
        label=gettext_lazy("Alternative words"),
        max_length=255,
        required=False,
        help_text=gettext_lazy("What can be seen, for those who cannot see it."),
    )
    credit = forms.CharField(label=gettext_lazy("Credit"), max_length=200)
    source_url = forms.URLField(
        label=gettext_lazy("Where it was found"), max_length=1000, required=False, assume_scheme="https"
    )
    kept = forms.ModelChoiceField(
        label=gettext_lazy("A right that is kept already"),
        queryset=PicturePermission.objects.none(),
        required=False,
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Or a new one: it rests on"),
        choices=[("", "—"), *PicturePermission.Ground.choices],
        required=False,
    )
    holder = forms.CharField(label=gettext_lazy("Holder of the rights"), max_length=200, required=False)
    agreement = forms.ModelChoiceField(
        label=gettext_lazy("Agreement"), queryset=Agreement.objects.none(), required=False
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("its SPDX name, such as CC-BY-4.0"),
    )
    starts_on = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs=_DAY)
    )
    ends_on = forms.DateField(label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs=_DAY))
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Who granted it, when and how."),
    )
    again = forms.BooleanField(
        label=gettext_lazy("We have this very file: take it in a second time"), required=False
    )

    def __init__(self, *args: Any, may_permit: bool, **kwargs: Any) -> None:
        """may_permit: may who fills it in lay down new rights?"""
        super().__init__(*args, **kwargs)
        self.twins: list[Picture] = []
        self.fields["kept"].queryset = PicturePermission.objects.filter(is_revoked=False).order_by("-pk")  # type: ignore[attr-defined]  # of a choice of rows
        if may_permit:
            self.fields["agreement"].queryset = Agreement.objects.select_related("outlet").order_by("-pk")  # type: ignore[attr-defined]  # of a choice of rows
        else:
            for name in _RIGHT:
                del self.fields[name]
            self.fields["kept"].required = True

    def clean_licence(self) -> str:
        """Take the name of an open licence that is known, or words of another."""
        name = str(self.cleaned_data["licence"]).strip()
        if self.cleaned_data.get("ground") == PicturePermission.Ground.LICENCE:
            try:
                licence(name)
            except UnknownLicence as error:
                raise ValidationError(str(error)) from None
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("file"):
            self._look_for_twins(cleaned)
        if not cleaned.get("kept") and "ground" in self.fields and not self.errors:
            self._check_right(cleaned)
        return cleaned

    def _look_for_twins(self, cleaned: dict[str, Any]) -> None:
        self.twins = twins(cleaned["file"])
        if self.twins and not cleaned.get("again"):
            self.add_error("file", _("This very file is in the library already: use that picture again."))

    def _check_right(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("ground"):
            self.add_error("kept", _("Choose a right that is kept already, or say what a new one rests on."))
            return
        try:
            self._right(cleaned).full_clean()
        except ValidationError as error:
            # A field that the form has not says it for the whole form.
            for name, words in error.update_error_dict({}).items():
                self.add_error(name if name in self.fields else None, words)

    def _right(self, cleaned: dict[str, Any]) -> PicturePermission:
        told = {name: cleaned[name] for name in _RIGHT}
        return PicturePermission(**told)

    def wanted(self) -> dict[str, Any]:
        """Return what was filled in, as the verb takes it."""
        cleaned = self.cleaned_data
        file = cleaned["file"]
        width, height = file.image.get_size()
        return {
            "content": file,
            "width": width,
            "height": height,
            "permission": cleaned.get("kept") or self._right(cleaned),
            **{name: cleaned[name] for name in ("title", "description", "credit", "source_url")},
        }
