"""What people fill in at the workbench."""

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dateline.agreements.models import Agreement
from dateline.desk.queries import FOLDS, ORDERS, STATES, VIEWS, Filters, Offer
from dateline.intake.models import Original
from dateline.intake.queries.stories import place_name
from dateline.lib.text import cut, one_line
from dateline.rights.models import Permission, Withdrawal
from dateline.sources.models import Outlet

NO_PERMISSION = "none"
GRANT = "grant"
STATE_NAMES = {
    "open": _("open"),
    "picked": _("picked"),
    "spiked": _("spiked"),
    "all": _("all"),
}
FOLD_NAMES = {"over": _("over the line"), "under": _("folded away"), "all": _("both")}
VIEW_NAMES = {"stories": _("stories"), "pieces": _("single pieces")}
ORDER_NAMES = {
    "day": _("by day, strongest first"),
    "score": _("strongest first"),
    "newest": _("newest first"),
}


class OutletChoice(forms.ModelChoiceField[Outlet]):
    """A menu of outlets, their names without what could turn a line around."""

    def label_from_instance(self, obj: Outlet) -> str:
        """Return the name as the page shows it."""
        return one_line(str(obj))


class PlainMenu(forms.Select):
    """A menu that is written without a template for each choice: with two hundred outlets one waits for those."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002
    ) -> Any:
        """Return the menu. Its choices are in no groups."""
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((told, flatatt({"selected": str(told) == chosen}), label) for told, label in self.choices),
        )
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs({**self.attrs, "name": name}, attrs)),
            options,
        )


class FilterForm(forms.Form):
    """What the newslist is narrowed to. Nonsense in the address narrows nothing."""

    # What stands open above the list; the rest is in a panel.
    OPEN: Final = ("q", "state")

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={"type": "search", "data-key": "/", "autocomplete": "off", "placeholder": _("Words")}
        ),
    )
    state = forms.ChoiceField(
        label=_("Show"),
        choices=[(state, STATE_NAMES[state]) for state in STATES],
        required=False,
        widget=PlainMenu,
    )
    outlet = forms.ChoiceField(label=_("Outlet"), required=False, widget=PlainMenu)
    country = forms.ChoiceField(label=_("Country or place"), required=False, widget=PlainMenu)
    language = forms.ChoiceField(label=_("Language"), required=False, widget=PlainMenu)
    view = forms.ChoiceField(
        label=_("As"), choices=[(view, VIEW_NAMES[view]) for view in VIEWS], required=False, widget=PlainMenu
    )
    fold = forms.ChoiceField(
        label=_("The beat's line"),
        choices=[(fold, FOLD_NAMES[fold]) for fold in FOLDS],
        required=False,
        widget=PlainMenu,
    )
    label = forms.ChoiceField(label=_("Label"), required=False, widget=PlainMenu)
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[(order, ORDER_NAMES[order]) for order in ORDERS],
        required=False,
        widget=PlainMenu,
    )
    text = forms.BooleanField(label=_("words in the text too"), required=False)
    unread = forms.BooleanField(label=_("only what I have not seen"), required=False)

    def __init__(self, *args: Any, labels: list[str] | None, **kwargs: Any) -> None:
        """labels: those of the beat; None where there is no beat, and no line and order either."""
        super().__init__(*args, **kwargs)
        if labels is None:
            for name in ("fold", "label", "order"):
                del self.fields[name]
        else:
            self._offer("label", _("every label"), ((label, label) for label in labels))
        self._offer("outlet", _("every outlet"), _outlets())
        self._offer("language", _("every language"), _languages())
        self._offer("country", _("everywhere"), _places())

    def _offer(self, name: str, none: Any, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", none), *choices]  # type: ignore[attr-defined]  # it is a ChoiceField

    @property
    def first(self) -> list[forms.BoundField]:
        """What stands open above the list."""
        return [self[name] for name in self.OPEN]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What the panel holds."""
        return [self[name] for name in self.fields if name not in self.OPEN]

    def narrowing(self) -> list[tuple[str, str, str]]:
        """Return what the panel narrows now: the field's name, what it is called, and to what."""
        self.is_valid()
        told = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            choices: list[Any] = list(getattr(field, "choices", ()))
            # The first of a menu is what it is without being asked.
            if not value or name in self.OPEN or (choices and value == choices[0][0]):
                continue
            words = dict(choices).get(value, "")
            told.append((name, str(field.label), str(words)))
        return told

    def filters(self) -> Filters:
        """Return what was asked for, without what is no answer to its question."""
        self.is_valid()
        asked = self.cleaned_data
        return Filters(
            state=asked.get("state") or "open",
            view=asked.get("view") or "stories",
            is_unread=bool(asked.get("unread")),
            is_in_text=bool(asked.get("text")),
            country=asked.get("country") or "",
            outlet=int(asked["outlet"]) if asked.get("outlet") else None,
            language=asked.get("language") or "",
            words=asked.get("q") or "",
            fold=asked.get("fold") or "over",
            label=asked.get("label") or "",
            order=asked.get("order") or "day",
        )

    def query(self) -> str:
        """Return what was asked for as an address says it, without what is no answer to its question."""
        self.is_valid()
        told = {}
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if value:
                told[name] = "on" if value is True else value
        return urlencode(told)


def _outlets() -> list[tuple[str, str]]:
    rows = Outlet.objects.order_by(*Outlet._meta.ordering).values_list("pk", "name_here", "name")
    return [(str(number), one_line(here or name)) for number, here, name in rows]


def _languages() -> list[tuple[str, str]]:
    names = dict(settings.LANGUAGES)
    tags = Original.objects.order_by("language").values_list("language", flat=True).distinct()
    return [(tag, names.get(tag, tag)) for tag in tags]


def _places() -> list[tuple[str, str]]:
    places = Outlet.objects.exclude(country="").order_by("country").values_list("country", flat=True)
    # A name with signs that turn text around is no place, and would turn the menu around.
    return [(place, place_name(place)) for place in places.distinct() if place == one_line(place)]


class SaveFilterForm(forms.Form):
    """A name for a narrowing of the newslist."""

    name = forms.CharField(label=_("Name"), max_length=80, strip=True)
    is_shared = forms.BooleanField(label=_("for the whole desk"), required=False)


class CoverForm(forms.Form):
    """Which permission covers a piece: an agreement that fits, a grant for it, or none yet."""

    cover = forms.ChoiceField(label=_("Permission"), widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("Who granted it, when and how"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        offers: tuple[Offer, ...],
        grants: tuple[Permission, ...],
        may_wait: bool,
        may_grant: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers = [offer for offer in offers if offer.fits]
        self.grants = {f"permission:{one.pk}": one for one in grants}
        self.has_grant = may_grant
        told = [(str(offer.agreement.pk), one_line(offer.agreement.title)) for offer in self.offers]
        told += [(code, _granted(one)) for code, one in self.grants.items()]
        if may_grant:
            told.append((GRANT, gettext("record a grant for this piece")))
        if may_wait:
            told.append((NO_PERMISSION, gettext("none yet: it can be worked on, and not be published")))
        field = self.fields["cover"]
        field.choices = told  # type: ignore[attr-defined]  # it is a ChoiceField
        is_covered = self.offers or self.grants
        field.initial = told[0][0] if is_covered else (NO_PERMISSION if may_wait else GRANT)

    def clean(self) -> dict[str, Any]:
        """A grant needs its evidence."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        if asked.get("cover") == GRANT and not asked.get("evidence"):
            self.add_error("evidence", _("Say who granted it, when and how."))
        return asked

    @property
    def agreement(self) -> Agreement | None:
        """The agreement that was chosen, None where it was something else."""
        chosen = self.cleaned_data["cover"]
        return next((one.agreement for one in self.offers if str(one.agreement.pk) == chosen), None)

    @property
    def permission(self) -> Permission | None:
        """The grant on file that was chosen, None where it was something else."""
        return self.grants.get(self.cleaned_data["cover"])

    @property
    def grant(self) -> str:
        """The evidence of a grant for this piece, empty where it rests on something else."""
        is_grant = self.cleaned_data["cover"] == GRANT
        return str(self.cleaned_data["evidence"]) if is_grant else ""


def _granted(permission: Permission) -> str:
    return gettext("granted for this piece: %s") % cut(one_line(permission.evidence), 80)


class OutletForm(forms.Form):
    """An outlet to be watched. What is left empty is taken from its feed."""

    url = forms.CharField(
        label=_("Address"),
        max_length=1000,
        help_text=_("of its feed, or of any page of its site: the feed is found from there"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(label=_("Name"), max_length=160, required=False)
    language = forms.ChoiceField(
        label=_("Main language"),
        required=False,
        choices=[("", _("as the feed says")), *settings.LANGUAGES],
    )
    country = forms.CharField(label=_("Country or place"), max_length=80, required=False)


class WithdrawForm(forms.Form):
    """Why a piece is taken back."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=Withdrawal.Ground.choices, initial=Withdrawal.Ground.EDITORIAL
    )
    reason = forms.CharField(
        label=_("Reason"),
        strip=True,
        max_length=2000,
        help_text=_("It is kept with the withdrawal and shown to the staff."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    at = forms.DateTimeField(
        label=_("When"),
        required=False,
        help_text=_("Empty means now. On the publication's clocks."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"),
    )
