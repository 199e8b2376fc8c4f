"""Addresses at which readers reach Python: search, the beacon of a page that is looked at, the reading list."""

from django.urls import path

from dateline.reader.views import saved, search, seen

urlpatterns = [
    path("-/search/", search.page, name="reader-search"),
    path("-/search/suggest/", search.suggestions, name="reader-search-suggest"),
    path("-/seen/", seen.seen, name="reader-seen"),
    path("-/saved/", saved.reading_list, name="reader-saved"),
]
