"""Addresses at which readers reach Python."""

from django.urls import path

from dateline.audience import views

urlpatterns = [path("-/post/", views.readers_post, name="readers-post")]
