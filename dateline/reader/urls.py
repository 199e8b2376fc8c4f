"""Addresses at which readers reach Python: search, and the beacon of a page that is looked at."""

from django.urls import path

from dateline.reader.views import search, seen

urlpatterns = [
    path("-/search/", search.page, name="reader-search"),
    path("-/search/suggest/", search.suggestions, name="reader-search-suggest"),
    path("-/seen/", seen.seen, name="reader-seen"),
]
