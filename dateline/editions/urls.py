"""Addresses at which readers of letters reach Python."""

from django.urls import path

from dateline.editions import views

urlpatterns = [
    path("-/letters/", views.sign_up, name="letters"),
    path("-/letters/confirm/<str:token>/", views.confirm, name="letters-confirm"),
    path("-/letters/manage/<str:token>/", views.manage, name="letters-manage"),
    path("-/letters/stop/<str:token>/", views.stop, name="letters-stop"),
]
