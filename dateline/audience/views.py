"""Readers' post: the one page on which a reader writes to us. No account, no cookie, no script, nobody else's server.

The page may lie in a cache: what it carries is the time at which it was made, signed. A letter from a page of another
site is not taken; there is no session that it could misuse, so nothing else is guarded.
"""

from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dateline.articles.models import Article
from dateline.audience import actions, post
from dateline.audience.dressing import dressed
from dateline.audience.forms import PostForm
from dateline.audience.queries import piece_at
from dateline.lib.scripts import in_digits_of
from dateline.site.queries import identity, languages

AN_HOUR: Final = 3600
# Letters of one address in an hour, and of all addresses together.
MOST: Final = 6
MOST_OF_ALL: Final = 120
# A person needs longer than this, and does not leave the page open for more than that.
QUICKEST_SECONDS: Final = 4
OLDEST: Final = timedelta(days=2)
SALT: Final = "readers-post"
UNFIT: Final = 422


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def readers_post(request: HttpRequest) -> HttpResponse:
    """Show the form, or take a letter in."""
    if request.method == "POST":
        return _taken(request)
    form = PostForm(initial={"about": _path(request.GET.get("about", "")), "kind": post.ERROR})
    is_sent = "sent" in request.GET
    answer = _page(request, form, about=str(form.initial["about"]), told="sent" if is_sent else "")
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def _taken(request: HttpRequest) -> HttpResponse:
    form, about = PostForm(request.POST), _path(request.POST.get("about", ""))
    if _is_from_elsewhere(request):
        return _page(request, form, about=about, told="elsewhere", status=403)
    if _is_too_often(request):
        answer = _page(request, form, about=about, told="busy", status=429)
        answer["Retry-After"] = str(AN_HOUR)
        return answer
    if request.POST.get("website"):
        return _thanks(request)  # a machine is told nothing
    with override(_language(request)):
        is_fit = form.is_valid()
    if not is_fit or not _took_its_time(request.POST.get("opened", "")):
        return _page(request, form, about=about, told="unfit" if not is_fit else "again", status=UNFIT)
    _receive(request, form.cleaned_data)
    return _thanks(request)


def _receive(request: HttpRequest, told: dict[str, Any]) -> None:
    piece = piece_at(told["about"])
    actions.receive(
        kind=told["kind"],
        text=told["text"],
        name=told["name"],
        email=told["email"],
        about=piece.get_absolute_url() if piece else told["about"],
        piece=piece.uid if piece else None,
        language=_language(request),
        now=timezone.now(),
    )


def _thanks(request: HttpRequest) -> HttpResponse:
    query = urlencode({"in": _language(request), "sent": "1"})
    answer = HttpResponseRedirect(f"{request.path}?{query}")
    answer.status_code = 303
    return answer


def _page(request: HttpRequest, form: PostForm, *, about: str, told: str, status: int = 200) -> HttpResponse:
    language = _language(request)
    with override(language):
        shows = {
            "form": form,
            "told": told,
            "piece": _shown(piece_at(about)) if about else None,
            "language": language,
            "opened": signing.dumps("", salt=SALT),
            "action": request.path,
            "email": identity().email,
            "kept": _kept(),
        }
        made = dressed("post", title=str(_("Write to us")), language=language, shows=shows)
    answer = HttpResponse(made.content, status=status)
    answer["Content-Security-Policy"] = made.policy
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "no-store"
    return answer


def _kept() -> list[str]:
    """Return how long letters are kept, as the page says it."""
    error, other = post.KEPT_DAYS[post.ERROR], post.KEPT_DAYS[post.ACCESS]
    told = [
        ngettext("A note about an error: %d day.", "A note about an error: %d days.", error) % error,
        ngettext("A reply or a request: %d day.", "A reply or a request: %d days.", other) % other,
    ]
    return [in_digits_of(get_language() or "", line) for line in told]


def _shown(piece: Article | None) -> dict[str, str] | None:
    """Return what the page says of a piece that stands."""
    if piece is None or not piece.live:
        return None
    return {"headline": piece.headline, "href": piece.get_absolute_url(), "language": piece.language}


def _language(request: HttpRequest) -> str:
    """Return the language of the page: as asked for, else that of the piece, else the site's first."""
    codes = [row.code for row in languages(identity())]
    about = request.POST.get("about") or request.GET.get("about", "")
    asked = (request.POST.get("in") or request.GET.get("in", ""), _path(about).lstrip("/").partition("/")[0])
    return next((code for code in asked if code in codes), codes[0])


def _path(address: str) -> str:
    """Return what stands after the host's name in an address, shortened: nothing of it is fetched or followed."""
    try:
        return urlsplit(address.strip()[:500]).path
    except ValueError:
        return ""


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Was the letter sent by a page of another site? Browsers say so; who says nothing is no browser's page."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()


def _took_its_time(opened: str) -> bool:
    try:
        signing.loads(opened, salt=SALT, max_age=OLDEST)
    except signing.BadSignature:
        return False
    try:
        signing.loads(opened, salt=SALT, max_age=QUICKEST_SECONDS)
    except signing.SignatureExpired:
        return True
    return False


def _is_too_often(request: HttpRequest) -> bool:
    """Count the letters of an hour, in each process by itself. No address is written anywhere else."""
    own = _count(f"readers-post:{_network(request.META.get('REMOTE_ADDR', ''))}") > MOST
    return own or _count("readers-post:all") > MOST_OF_ALL


def _network(address: str) -> str:
    """Return the address, of the newer kind the network that one household has."""
    try:
        told = ip_address(address)
    except ValueError:
        return ""
    return str(told) if told.version == 4 else str(ip_network(f"{told}/64", strict=False))  # noqa: PLR2004


def _count(key: str) -> int:
    cache.add(key, 0, AN_HOUR)
    try:
        return int(cache.incr(key))
    except ValueError:  # the hour ended in between
        return 0
