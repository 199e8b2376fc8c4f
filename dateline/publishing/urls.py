"""Addresses at which other servers reach Python."""

from django.urls import path

from dateline.publishing import views

app_name = "publishing"
urlpatterns = [
    path(".well-known/webfinger", views.webfinger, name="webfinger"),
    path("-/fediverse/inbox", views.inbox, name="fediverse-shared-inbox"),
    path("-/fediverse/<str:handle>/inbox", views.inbox, name="fediverse-inbox"),
    path("-/fediverse/<str:handle>/followers", views.followers, name="fediverse-followers"),
]
