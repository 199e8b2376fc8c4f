"""Addresses of this room's pages, inside Wagtail's admin."""

from django.urls import path

from dateline.articles.views import before_it_goes_out

app_name = "articles"
urlpatterns = [path("<int:pk>/before-it-goes-out/", before_it_goes_out, name="cautions")]
