"""Addresses of the translation memory's pages."""

from django.urls import path

from dateline.desk.views import memory

urlpatterns = [
    path("memory/", memory.memory, name="memory"),
    path("memory/import/", memory.bring, name="bring-memory"),
    path("memory/forget/", memory.forget, name="forget-memory"),
    path("memory/export/<int:pk>/", memory.export, name="export-memory"),
]
