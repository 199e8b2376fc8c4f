"""Adding an outlet: an address, what was found there, which of it to watch."""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.desk.forms import OutletForm
from dateline.desk.views.outlet_forms import FoundForm
from dateline.desk.views.page import UNFIT, shown, told, user_of
from dateline.lib.countries import country_code
from dateline.lib.dates import parse_moment
from dateline.lib.urls import is_web_address
from dateline.net.doors import explain
from dateline.net.errors import FetchError
from dateline.sources import actions as sources
from dateline.sources.actions import AlreadyWatched, typed_address
from dateline.sources.actions.listed import NothingToWatch, watch_listed
from dateline.sources.finding import Findings, FoundFeed, NoFeedFound, look
from dateline.sources.lists import ListedChannel, ListedOutlet
from dateline.sources.models import Channel, Outlet
from dateline.sources.queries.known import everything_known

SALT: Final = "newsroom.found-feed"
# What somebody does not send back within a day they have to look for again.
LONGEST_SECONDS: Final = 24 * 3600


@dataclass(frozen=True)
class Offer:
    """A feed that was found. channel: ours, where we have it. code: the feed, signed, as the form sends it back."""

    feed: FoundFeed
    code: str
    newest_at: Any
    channel: Channel | None
    is_chosen: bool

    @property
    def kind(self) -> str:
        """What sort of channel it is."""
        return str(Channel.Kind(self.feed.kind).label)


@permission_required("sources.add_outlet")
@require_http_methods(["GET", "POST"])
def add_outlet(request: HttpRequest) -> HttpResponse:
    """Watch a new outlet by an address of it: at once by its first feed, or by what is chosen of all that it has."""
    if request.method == "POST" and request.POST.get("do") == "watch-chosen":
        return _watch_chosen(request)
    form = OutletForm(request.POST if request.method == "POST" else None, initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "look":
                return _look(request, form)
            added = sources.add_outlet(by=user_of(request), now=timezone.now(), **form.cleaned_data)
        except FetchError as error:
            form.add_error("url", explain(error))
        except (AlreadyWatched, NoFeedFound, ValidationError) as error:
            form.add_error("url", error.messages if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(
                request, told(_("It is watched now; its first check is on its way: %s"), str(added))
            )
            return redirect("newsroom:outlet", added.pk)
    return _page(request, form=form, status=UNFIT if form.errors else 200)


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("url", "name", "country") if name in request.GET}


def _page(request: HttpRequest, *, form: OutletForm, status: int = 200, **context: Any) -> HttpResponse:
    return shown(
        request,
        "desk/add_outlet.html",
        title=_("Add an outlet"),
        icon="globe",
        trail=[(_("Outlets"), reverse("newsroom:outlets"))],
        form=form,
        status=status,
        **context,
    )


def _look(request: HttpRequest, form: OutletForm) -> HttpResponse:
    """Show what is to be had at the address. Raises FetchError."""
    address = typed_address(form.cleaned_data["url"])
    findings = look(address)
    offers = _offers(findings)
    first = findings.feeds[0] if findings.feeds else None
    initial = {
        "name": form.cleaned_data["name"] or (first.title if first else ""),
        "country": form.cleaned_data["country"],
        "languages": _first_of(form.cleaned_data["language"], first.language if first else ""),
    }
    return _page(
        request,
        form=form,
        looked_at=address,
        findings=findings,
        offers=offers,
        found=FoundForm(initial=initial),
        home=_home_of(findings),
        joins=_outlet_there(findings),
    )


def _first_of(*tags: str) -> list[str]:
    return [next(filter(None, tags))] if any(tags) else []


def _offers(findings: Findings) -> list[Offer]:
    known = everything_known()
    offers: list[Offer] = []
    for feed in findings.feeds:
        channel = known.channel_at(feed.address)
        # The first is chosen; a sitemap only where there is no feed, since it names the same pieces.
        is_chosen = channel is None and not any(offer.is_chosen for offer in offers)
        offers.append(Offer(feed, _signed(feed), parse_moment(feed.newest_at), channel, is_chosen))
    return offers


def _signed(feed: FoundFeed) -> str:
    return signing.dumps([feed.address, feed.kind, feed.title], salt=SALT, compress=True)


def _home_of(findings: Findings) -> str:
    return next((one.home_url for one in findings.feeds if is_web_address(one.home_url)), "")


def _outlet_there(findings: Findings) -> Outlet | None:
    """Return the outlet of ours to which what was found belongs."""
    if not findings.feeds:
        return None
    return everything_known().outlet_of(_listed(findings.feeds[:1], home=_home_of(findings)))


def _listed(feeds: tuple[FoundFeed, ...], *, home: str = "") -> ListedOutlet:
    channels = tuple(ListedChannel(address=one.address, kind=one.kind, title=one.title) for one in feeds)
    return ListedOutlet(name=feeds[0].title if feeds else "", home=home, channels=channels)


def _watch_chosen(request: HttpRequest) -> HttpResponse:
    try:
        outlet = _watched(request)
    except (NothingToWatch, AlreadyWatched, ValidationError, signing.BadSignature) as error:
        for line in _in_words(error):
            messages.error(request, line)
        form = OutletForm(initial={"url": request.POST.get("url", "")[:1000]})
        return _page(request, form=form, status=UNFIT)
    messages.success(request, told(_("It is watched now; its first check is on its way: %s"), str(outlet)))
    return redirect("newsroom:outlet", outlet.pk)


def _watched(request: HttpRequest) -> Outlet:
    """Watch what was chosen, and return its outlet.

    Raises BadSignature, NothingToWatch, AlreadyWatched, ValidationError.
    """
    listed, form = _chosen(request), FoundForm(request.POST)
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    facts = form.cleaned_data
    listed = replace(
        listed,
        name=facts["name"] or listed.name,
        name_here=facts["name_here"],
        kind=facts["kind"],
        country=country_code(facts["country"]) or facts["country"],
        languages=tuple(facts["languages"]),
    )
    joins = request.POST.get("joins")
    outlet = Outlet.objects.filter(pk=joins).first() if _is_key(joins) else None
    return watch_listed(listed=listed, by=user_of(request), now=timezone.now(), joins=outlet)


def _is_key(text: str | None) -> bool:
    return bool(text) and str(text).isdecimal() and len(str(text)) < 10  # noqa: PLR2004 - as keys are


def _chosen(request: HttpRequest) -> ListedOutlet:
    """Return what was chosen. Raises BadSignature where the form was not ours, NothingToWatch."""
    codes = request.POST.getlist("feed")
    if not codes:
        raise NothingToWatch(_("Choose at least one of the feeds."))
    told_of = [signing.loads(code, salt=SALT, max_age=LONGEST_SECONDS) for code in codes[:50]]
    feeds = tuple(FoundFeed(address=address, kind=kind, title=title) for address, kind, title in told_of)
    home = request.POST.get("home", "")
    return _listed(feeds, home=home if is_web_address(home) else "")


def _in_words(error: Exception) -> list[str]:
    if isinstance(error, ValidationError):
        return list(error.messages)
    if isinstance(error, signing.BadSignature):
        return [_("This page was open for too long. Look again what is there.")]
    return [str(error)]
