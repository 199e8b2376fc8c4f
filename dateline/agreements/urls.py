"""Addresses of agreements beside those of their snippet, inside Wagtail's admin."""

from django.urls import path

from dateline.agreements import views

app_name = "agreements"
urlpatterns = [
    path("<int:pk>/evidence/", views.evidence, name="evidence"),
    path("<int:pk>/revoke/", views.revoke, name="revoke"),
]
