"""Addresses of the rights desk, inside Wagtail's admin."""

from django.urls import path

from dateline.rights import views

app_name = "rights"
urlpatterns = [
    path("permissions/", views.permissions, name="permissions"),
    path("permissions/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("originals/<int:pk>/grant/", views.grant, name="grant"),
    path("withdrawals/", views.withdrawals, name="withdrawals"),
]
