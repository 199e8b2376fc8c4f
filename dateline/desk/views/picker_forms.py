"""What people fill in at the picker."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dateline.desk.forms import OutletChoice
from dateline.intake.channels.page_rules import CONTENT_FILTERS, FULL_CONTENT, PARTS, TIME_FORMAT
from dateline.intake.rules import FIELDS, LEAVE_OUT
from dateline.sources.models import Outlet

ITEM = "item"
LABELS = {
    ITEM: _("Blocks"),
    "Title": _("Headline"),
    "Uri": _("Address"),
    "Timestamp": _("Date"),
    "Author": _("Author"),
    "Content": _("Text"),
    "Thumbnail": _("Picture"),
    "Categories": _("Categories"),
    "Uid": _("Identifier"),
}
OTHERS = (TIME_FORMAT, FULL_CONTENT, CONTENT_FILTERS[0])
_PLAIN = {"autocomplete": "off", "spellcheck": "false", "dir": "ltr", "autocapitalize": "off"}


def rule_field(label: Any, help_text: Any = "") -> forms.CharField:
    """Return a line for a rule, CSS or XPath."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )


class AddressForm(forms.Form):
    """Which page is to be watched."""

    address = forms.CharField(
        label=_("Address"),
        max_length=1000,
        help_text=_("of the page on which the outlet lists its pieces: its front page, or better a section"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    outlet = OutletChoice(
        label=_("Outlet"), queryset=Outlet.objects.all(), required=False, empty_label=_("a new one")
    )


class PageRulesForm(forms.Form):
    """The rules by which a page is read, as CSS or XPath, and whose it is."""

    item = rule_field(LABELS[ITEM], _("each one holds one piece; CSS, or XPath 1.0"))
    Title = rule_field(LABELS["Title"], _("from the block on"))
    Uri = rule_field(LABELS["Uri"], _("the link to the piece"))
    Timestamp = rule_field(LABELS["Timestamp"])
    Author = rule_field(LABELS["Author"])
    Content = rule_field(LABELS["Content"])
    Thumbnail = rule_field(LABELS["Thumbnail"])
    Categories = rule_field(LABELS["Categories"])
    Uid = rule_field(LABELS["Uid"], _("where the address is none; mostly empty"))
    xPathItemTimeFormat = rule_field(  # noqa: N815  # FreshRSS's names
        _("Format of dates"), _("in PHP's letters, such as d/m/Y H:i, where they cannot be read without")
    )
    cssFullContent = rule_field(  # noqa: N815
        _("Body on the article's own page"), _("CSS; mostly empty: the body is found without")
    )
    cssContentFilter = rule_field(_("Left out there"))  # noqa: N815
    outlet = OutletChoice(
        label=_("Outlet"), queryset=Outlet.objects.all(), required=False, empty_label=_("a new one")
    )
    name = forms.CharField(label=_("Name of a new outlet"), max_length=160, required=False)
    title = forms.CharField(label=_("Name of the channel"), max_length=200, required=False)

    def texts(self) -> dict[str, str]:
        """Return the rules by part, those that were written."""
        told = {"": self.cleaned_data[ITEM], **{part: self.cleaned_data[part] for part in PARTS}}
        return {part: text for part, text in told.items() if text}

    def others(self) -> dict[str, str]:
        """Return the rules that are neither CSS nor XPath of an item."""
        return {name: self.cleaned_data[name] for name in OTHERS if self.cleaned_data[name]}

    def rule_fields(self) -> list[forms.BoundField]:
        """Return the lines of the rules themselves, as the page shows them."""
        return [self[name] for name in (ITEM, "Title", "Uri", "Timestamp", "Author", "Content", "Thumbnail")]

    def further_fields(self) -> list[forms.BoundField]:
        """Return the lines that are rarely needed."""
        return [self[name] for name in ("Categories", "Uid", *OTHERS)]

    def outlet_fields(self) -> list[forms.BoundField]:
        """Return whose page it is."""
        return [self[name] for name in ("outlet", "name", "title")]


class CorrectForm(forms.Form):
    """Where the parts of an article stand on the pages of a site, and for which pages that holds."""

    headline = rule_field(_("Headline"))
    standfirst = rule_field(_("Standfirst"))
    author = rule_field(_("Author"))
    date = rule_field(_("Date"))
    body = rule_field(_("Body"), _("the block around its paragraphs"))
    leave_out = forms.CharField(
        label=_("Left out"),
        help_text=_("one on a line"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3, **_PLAIN}),
    )
    is_for_site = forms.BooleanField(
        label=_("From now on for every page of this site"), required=False, initial=True
    )
    path_pattern = forms.RegexField(
        regex=r"^/\S*$",
        label=_("Only for these paths"),
        help_text=_("such as /news/*; empty: for all of them"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=_PLAIN),
    )

    def rules(self) -> dict[str, Any]:
        """Return the rules as `rules.apply_rules` takes them."""
        told: dict[str, Any] = {name: self.cleaned_data[name] for name in FIELDS if self.cleaned_data[name]}
        left_out = [line.strip() for line in self.cleaned_data[LEAVE_OUT].splitlines() if line.strip()]
        return {**told, **({LEAVE_OUT: left_out} if left_out else {})}

    def rule_fields(self) -> list[forms.BoundField]:
        """Return the lines of the rules themselves."""
        return [self[name] for name in (*FIELDS, LEAVE_OUT)]
