"""How the owner fills in the publication's identity."""

from pathlib import PurePosixPath
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from dateline.site.logos import NotAPicture, redrawn
from dateline.site.menus import safe_link
from dateline.site.models import Identity, MenuItem, SiteLanguage, UsefulLink
from dateline.site.queries import menu_targets, target_code, target_of

LARGEST_LOGO = 5_000_000


class LogoField(forms.FileField):
    """A picture that is drawn anew before it is kept, so that it can be nothing but a picture."""

    widget = forms.ClearableFileInput

    def to_python(self, data: Any) -> Any:
        """Draw it anew. Raises ValidationError for what is no picture of pixels, such as SVG."""
        file = super().to_python(data)
        if not isinstance(file, UploadedFile):
            return file
        if (file.size or 0) > LARGEST_LOGO:
            raise ValidationError(_("The file is larger than 5 MB."))
        try:
            picture = redrawn(file.read())
        except NotAPicture:
            raise ValidationError(
                _(
                    "This is no picture that we can draw anew. Take a PNG, JPEG, WebP or GIF of at most 16"
                    " megapixels; SVG is refused, since it can carry scripts."
                )
            ) from None
        stem = PurePosixPath(str(file.name)).stem[:60] or "logo"
        return ContentFile(picture.data, name=f"{stem}{picture.suffix}")


class IdentityForm(WagtailAdminModelForm):
    """Who publishes this site."""

    logo_light = LogoField(label=_("Logo on light ground"), required=False)
    logo_dark = LogoField(label=_("Logo on dark ground"), required=False)
    logo_small = LogoField(label=_("Small logo"), required=False)
    icon = LogoField(label=_("Icon"), required=False)

    class Meta:
        model = Identity
        fields = "__all__"


class LanguageForm(WagtailAdminModelForm):
    """A language that the site publishes in."""

    code = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = SiteLanguage
        fields: ClassVar = ["code", "name", "tagline", "blurb"]


class MenuItemForm(WagtailAdminModelForm):
    """A line of a menu: where it leads is chosen by name."""

    leads_to = forms.ChoiceField(label=_("Leads to"), required=False)
    language = forms.ChoiceField(
        label=_("Only in this language"),
        required=False,
        choices=[("", _("in every language")), *settings.LANGUAGES],
    )

    class Meta:
        model = MenuItem
        fields: ClassVar = ["menu", "is_child", "leads_to", "link", "label", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leads_to"].choices = [("", _("the address below")), *menu_targets()]
        if self.instance.target_type_id and self.instance.target:
            self.fields["leads_to"].initial = target_code(self.instance.target)

    def clean(self) -> dict[str, Any]:
        """A line leads somewhere: to one of ours, else to an address that a browser may follow."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        target = target_of(asked.get("leads_to") or "")
        link = (asked.get("link") or "").strip()
        if target is None and not link:
            self.add_error("leads_to", _("Choose a section, topic or page, or give an address."))
        elif target is None and not safe_link(link):
            self.add_error("link", _("Give an address that begins with / or https://."))
        self.instance.target_type = (
            ContentType.objects.get_for_model(target, for_concrete_model=False) if target else None
        )
        self.instance.target_id = target.pk if target else None
        return asked


class UsefulLinkForm(WagtailAdminModelForm):
    """A neighbour worth a visit."""

    logo = LogoField(label=_("Logo"), required=False)

    class Meta:
        model = UsefulLink
        fields: ClassVar = ["name", "link", "logo", "alt"]
