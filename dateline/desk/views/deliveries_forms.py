"""What people say about what was brought."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dateline.desk.forms import OutletChoice
from dateline.intake.brought_letter import LINKS, PIECE
from dateline.intake.models import Delivery
from dateline.lib.urls import is_web_address
from dateline.people.models import User
from dateline.sources.actions import typed_address
from dateline.sources.actions.adding import add_outlet_by_hand
from dateline.sources.models import Channel, Outlet


class ClaimForm(forms.Form):
    """Whose letters these are: an outlet of ours, or a new one."""

    outlet = OutletChoice(
        label=_("Outlet"),
        queryset=Outlet.objects.order_by("name"),
        required=False,
        empty_label=_("a new one"),
    )
    name = forms.CharField(label=_("Name of the new outlet"), max_length=160, required=False)
    home_url = forms.CharField(label=_("Its address"), max_length=500, required=False)

    def __init__(self, *args: Any, delivery: Delivery, **kwargs: Any) -> None:
        self.delivery = delivery
        host = delivery.sender.rpartition("@")[2]
        kwargs.setdefault("initial", {"name": delivery.whose, "home_url": f"https://{host}/" if host else ""})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A new outlet needs its name and its address."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not told.get("outlet"):
            if not told.get("name"):
                self.add_error("name", _("Say what it is called, or choose one that we have."))
            if not is_web_address(typed_address(told.get("home_url") or "")):
                self.add_error("home_url", _("Say where it is on the web."))
        return told

    def new_outlet(self, *, by: User, now: datetime) -> Outlet:
        """Return the outlet that was described."""
        told = self.cleaned_data
        return add_outlet_by_hand(name=told["name"], home_url=typed_address(told["home_url"]), by=by, now=now)


class WayForm(forms.Form):
    """How a sender's letters are read."""

    letter = forms.ChoiceField(
        label=_("Read as"),
        required=False,
        choices=[("", _("as each looks")), (PIECE, _("one piece")), (LINKS, _("a list of pieces"))],
    )


class DropForm(forms.Form):
    """For whom a drop is opened."""

    outlet = OutletChoice(label=_("Outlet"), queryset=Outlet.objects.order_by("name"))


class DigestForm(forms.Form):
    """Which feed is another digest's."""

    channel = forms.ModelChoiceField(
        label=_("Feed"),
        queryset=Channel.objects.filter(kind__in=[Channel.Kind.FEED, Channel.Kind.DATELINE]).order_by(
            "address"
        ),
    )
    is_digest = forms.BooleanField(label=_("It is another digest's"), required=False, initial=True)
