"""What people fill in about outlets."""

from typing import Any, Final

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dateline.lib.countries import country_name
from dateline.lib.text import one_line
from dateline.sources.fields import LANGUAGE_TAG, TagsFormField, validate_language_tags
from dateline.sources.models import Channel, DirectoryEntry, Outlet

MOST_BYTES: Final = 20 * 1024 * 1024
HEALTHS: Final = {
    "": _("however they do"),
    "well": _("well"),
    "trouble": _("in trouble"),
    "stopped": _("stopped"),
    "unread": _("not read yet"),
}


def country_choices(codes: QuerySet[Any, Any]) -> list[tuple[str, Any]]:
    """Return a menu of countries by their names in the desk's language."""
    language = get_language() or "en"
    named = sorted((country_name(code, language), code) for code in codes if code and code == one_line(code))
    return [("", _("every country")), *((code, name) for name, code in named)]


def language_choices(lists: Any) -> list[tuple[str, Any]]:
    """Return a menu of the languages that stand in these lists of tags."""
    tags = sorted({tag for listed in lists for tag in listed if _is_tag(tag)})
    return [("", _("every language")), *((tag, tag) for tag in tags)]


def _is_tag(tag: object) -> bool:
    return isinstance(tag, str) and bool(LANGUAGE_TAG.fullmatch(tag))


class _Narrowing(forms.Form):
    """A form of menus in an address: nonsense narrows nothing."""

    def asked(self) -> dict[str, Any]:
        """Return what makes sense of what was asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class OutletFilterForm(_Narrowing):
    """What the list of outlets is narrowed to."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("every kind")), *Outlet.Kind.choices]
    )
    health = forms.ChoiceField(label=_("How they do"), required=False, choices=list(HEALTHS.items()))
    q = forms.CharField(label=_("In name or address"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = Outlet.objects.order_by().values_list("country", flat=True).distinct()
        told = Outlet.objects.values_list("languages", "language")
        tags = [[*languages, language] if language else languages for languages, language in told]
        self.fields["country"].choices = country_choices(countries)  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["language"].choices = language_choices(tags)  # type: ignore[attr-defined]  # it is a ChoiceField

    def narrowed(self, outlets: QuerySet[Outlet]) -> QuerySet[Outlet]:
        """Return those that were asked for."""
        asked = self.asked()
        if "country" in asked:
            outlets = outlets.filter(country=asked["country"])
        if "kind" in asked:
            outlets = outlets.filter(kind=asked["kind"])
        if "language" in asked:
            told = f'"{asked["language"]}"'
            outlets = outlets.annotate(tags=Cast("languages", TextField())).filter(
                Q(tags__contains=told) | Q(language=asked["language"])
            )
        if "q" in asked:
            outlets = _with_words(outlets, asked["q"])
        return _doing(outlets, asked.get("health", ""))


def _with_words(outlets: QuerySet[Outlet], words: str) -> QuerySet[Outlet]:
    feeds = Channel.objects.filter(outlet=OuterRef("pk"), address__icontains=words)
    return outlets.filter(
        Q(name__icontains=words)
        | Q(name_here__icontains=words)
        | Q(home_url__icontains=words)
        | Exists(feeds)
    )


def _doing(outlets: QuerySet[Outlet], health: str) -> QuerySet[Outlet]:
    watched = Channel.objects.filter(outlet=OuterRef("pk"), is_watched=True)
    ill = watched.exclude(trouble="")
    if health == "trouble":
        return outlets.filter(Exists(ill))
    if health == "stopped":
        return outlets.filter(~Exists(watched))
    if health == "unread":
        return outlets.filter(Exists(watched), ~Exists(watched.filter(last_checked_at__isnull=False)))
    if health == "well":
        return outlets.filter(Exists(watched), ~Exists(ill))
    return outlets


class DirectoryFilterForm(_Narrowing):
    """What the directory is narrowed to."""

    listing = forms.ChoiceField(label=_("Directory"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    q = forms.CharField(label=_("In name or address"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = DirectoryEntry.objects.order_by()
        listings = sorted(entries.values_list("listing", flat=True).distinct())
        countries = entries.values_list("country", flat=True).distinct()
        tags = entries.values_list("languages", flat=True).distinct()
        self.fields["listing"].choices = [("", _("every directory")), *((one, one) for one in listings)]  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["country"].choices = country_choices(countries)  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["language"].choices = language_choices(tags)  # type: ignore[attr-defined]  # it is a ChoiceField

    def narrowed(self) -> QuerySet[DirectoryEntry]:
        """Return those that were asked for."""
        asked = self.asked()
        exact = {name: asked[name] for name in ("listing", "country") if name in asked}
        entries = DirectoryEntry.objects.filter(**exact)
        if "language" in asked:
            told = f'"{asked["language"]}"'
            entries = entries.annotate(tags=Cast("languages", TextField())).filter(tags__contains=told)
        if "q" in asked:
            words = asked["q"]
            entries = entries.filter(
                Q(name__icontains=words) | Q(name_here__icontains=words) | Q(home_url__icontains=words)
            )
        return entries


class FoundForm(forms.Form):
    """The outlet whose feeds were found. What is left empty is taken from its feed."""

    name = forms.CharField(label=_("Name in its own script"), max_length=160, required=False)
    name_here = forms.CharField(label=_("Name as we write it"), max_length=160, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Outlet.Kind.choices, initial=Outlet.Kind.NEWSPAPER)
    country = forms.CharField(
        label=_("Country or place"),
        max_length=80,
        required=False,
        help_text=_("by its name in any language, or its code"),
    )
    languages = TagsFormField(
        label=_("Languages"),
        required=False,
        validators=[validate_language_tags],
        help_text=_("their codes, the main one first: fa, en, pt-BR"),
    )


class ListForm(forms.Form):
    """A list of outlets in a file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("OPML from any feed reader, or a directory of outlets as JSON or CSV; 20 MB at most"),
        widget=forms.FileInput(attrs={"accept": ".opml,.xml,.json,.csv,text/xml,application/json,text/csv"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too long to be a list."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB. Split it."))
        return file
