"""Addresses at which readers reach Python: search."""

from django.urls import path

from dateline.reader.views import search

urlpatterns = [
    path("-/search/", search.page, name="reader-search"),
    path("-/search/suggest/", search.suggestions, name="reader-search-suggest"),
]
