"""Taking a piece by hand: by its address, as a pasted text, or from a bookmarklet that opens this page filled in."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.desk.views.by_hand_forms import LONGEST_TEXT, AddressForm, TextForm
from dateline.desk.views.page import UNFIT, shown, user_of
from dateline.intake.actions import NotRead
from dateline.intake.actions.by_hand import AlreadyTaken, NoOutlet, Pasted, take_address, take_text
from dateline.intake.models import Entry, Original
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.text import cut, one_line, without_controls
from dateline.lib.urls import NotAWebAddress, is_web_address

# Opens the desk's page with what one is reading: a plain question (GET) without any secret in it.
BOOKMARKLET: Final = (
    "javascript:(()=>{{const s=String(getSelection()).slice(0,5000),"
    "q=new URLSearchParams({{url:location.href,title:document.title.slice(0,500),text:s}});"
    "open('{page}?'+q,'_blank','noopener')}})()"
)


@permission_required("intake.sort_original")
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Take a piece: its page is fetched now, or its text is taken as it was pasted."""
    is_text = request.POST.get("do") == "text"
    told, sent = _told(request), request.POST if request.method == "POST" else None
    address = AddressForm(None if is_text else sent, initial=told)
    text = TextForm(sent if is_text else None, initial=told)
    form = text if is_text else address
    asks = bool(sent) and form.is_valid() and is_text and text.wants_its_language_confirmed()
    known: Original | None = None
    if sent and form.is_valid() and not asks:
        try:
            entry = _take(request, text if is_text else None, address)
        except AlreadyTaken as error:
            known = error.original
        except (NoOutlet, NotAWebAddress, NotRead, Unreadable) as error:
            form.add_error(None, _said(error))
        else:
            if entry.original_id:
                return _opened(request, entry)
            form.add_error(None, entry.trouble)
    return shown(
        request,
        "desk/by_hand.html",
        title=_("Take a piece"),
        icon="download",
        trail=[],
        address=address,
        text=text,
        asks=asks,
        known=known,
        is_text=is_text or bool(told["text"]),
        bookmarklet=_bookmarklet(request),
        status=UNFIT if address.errors or text.errors else 200,
    )


def _take(request: HttpRequest, text: TextForm | None, address: AddressForm) -> Entry:
    by, now = user_of(request), timezone.now()
    if text is None:
        return take_address(url=address.cleaned_data["url"], by=by, now=now)
    told = text.cleaned_data
    pasted = Pasted(
        headline=told["headline"],
        text=told["text"],
        author=told["author"],
        url=told["url"],
        language=told["language"],
        published_at=told["published_at"],
    )
    return take_text(pasted=pasted, by=by, now=now, outlet=told["outlet"], outlet_name=told["outlet_name"])


def _opened(request: HttpRequest, entry: Entry) -> HttpResponse:
    messages.success(request, _("Taken. It is on the newslist."))
    return redirect("newsroom:original", entry.original_id)


def _said(error: Exception) -> str:
    return _("The address %s.") % _(str(error)) if isinstance(error, NotAWebAddress) else _(str(error))


def _told(request: HttpRequest) -> dict[str, str]:
    """Return what a bookmarklet brought, fit to be shown in a form; nothing of it is done by itself."""
    url = request.GET.get("url", "")[:2000]
    return {
        "url": url if is_web_address(url) else "",
        "headline": cut(one_line(request.GET.get("title", "")), 500),
        "text": without_controls(request.GET.get("text", ""))[:LONGEST_TEXT],
    }


def _bookmarklet(request: HttpRequest) -> str:
    """Return the link to be dragged to the browser's bar. Its address is ours, not anybody's input."""
    page = request.build_absolute_uri(reverse("newsroom:take"))
    script = BOOKMARKLET.format(page=page.replace("'", "%27"))
    return format_html(
        '<a class="button button-small button-secondary" href="{}">{}</a>', script, _("Take it")
    )
