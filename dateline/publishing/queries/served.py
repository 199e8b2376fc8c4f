"""What another web server has to be told of the site as it is baked now."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max, Min, QuerySet

from dateline.articles.addresses import lite_path
from dateline.publishing.models import BakedFile
from dateline.publishing.purgers.base import has_cache
from dateline.publishing.serving.served import Served, styles_in
from dateline.publishing.stores.disk import BACKSTAGE
from dateline.site.queries import identity, languages

_OK = 200
_LITE = lite_path("/").removeprefix("/")


def served(*, listen: int, upstream: str, name: str = "") -> Served:
    """Return it. name: the host that readers use; where it is empty, that of DATELINE_URL."""
    site, media = settings.HOME.site, settings.HOME.media
    return Served(
        name=name or urlsplit(settings.DATELINE_URL).hostname or "localhost",
        root=site,
        images=media / "images",
        identity=media / "identity",
        listen=listen,
        upstream=upstream,
        languages=tuple(one.code for one in languages(identity())),
        statuses=dict(BakedFile.objects.exclude(status=_OK).values_list("file", "status")),
        redirects=_redirects(),
        styles=styles_in(_pages()),
        is_secure=settings.DATELINE_URL.startswith("https://"),
        has_cache=has_cache(),
    )


def _redirects() -> dict[str, str]:
    try:
        places = json.loads((settings.HOME.site / BACKSTAGE / "redirects.json").read_text())
    except FileNotFoundError:
        return {}
    return {str(old): str(new) for old, new in places.items()}


def _pages() -> Iterator[bytes]:
    """Pages in which all styles stand that are in use, those of the text-only versions as well."""
    pages = BakedFile.objects.filter(file__endswith=".html")
    yield from _ends_of(pages.exclude(file__startswith=_LITE))
    yield from _ends_of(pages.filter(file__startswith=_LITE))


def _ends_of(pages: QuerySet[BakedFile]) -> Iterator[bytes]:
    """The newest and the oldest page of each kind and language."""
    ends = pages.values("kind", "language").annotate(newest=Max("baked_at"), oldest=Min("baked_at"))
    for row in ends.order_by():
        alike = pages.filter(kind=row["kind"], language=row["language"])
        for moment in {row["newest"], row["oldest"]}:
            file = settings.HOME.site / alike.filter(baked_at=moment).values_list("file", flat=True)[0]
            if file.is_file():
                yield file.read_bytes()
