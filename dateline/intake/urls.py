"""Addresses where machines bring us something. The secret in each is its key."""

from django.urls import path

from dateline.intake import views

app_name = "intake"
urlpatterns = [
    path("drop/<str:token>/", views.drop, name="drop"),
    path("drop/<str:token>/<slug:name>/", views.receipt, name="receipt"),
    path("websub/<str:token>/", views.websub, name="websub"),
]
