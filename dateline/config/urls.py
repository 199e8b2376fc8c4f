"""The addresses that Python answers. Everything else is a baked file."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from dateline.desk.views.newslist import home as newslist
from dateline.desk.views.other_side import for_outlet

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/documents/", include(wagtaildocs_urls)),
    # The desk begins with what came in; Wagtail's own first page would say how many pages there are.
    path("desk/", newslist),
    path("desk/", include(wagtailadmin_urls)),
    # An outlet's private page; the secret in the address is its key.
    path("for/<str:token>/", for_outlet, name="for-outlet"),
    # What partners and hubs bring.
    path("", include("dateline.intake.urls")),
    # What readers write to us.
    path("", include("dateline.audience.urls")),
    # Where readers sign up for letters, change them and stop them.
    path("", include("dateline.editions.urls")),
    # What servers elsewhere ask and bring, where the site can be followed.
    path("", include("dateline.publishing.urls")),
    # What readers look for.
    path("", include("dateline.reader.urls")),
]
if settings.EMAIL_BACKEND.startswith("anymail."):
    # What a vendor tells of bounces and complaints; its secret is ANYMAIL_WEBHOOK_SECRET.
    urlpatterns.append(path("-/mail/", include("anymail.urls")))
