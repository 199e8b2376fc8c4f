"""Addresses of one's own account, inside Wagtail's admin."""

from django.urls import path

from dateline.people.views import second_factor

app_name = "people"
urlpatterns = [path("second-factor/", second_factor.second_factor, name="second-factor")]
