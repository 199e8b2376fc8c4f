"""Addresses of the translation memory's pages, and of our own pieces' way to the translation desk."""

from django.urls import path

from dateline.desk.views import memory, own_translation

urlpatterns = [
    path("memory/", memory.memory, name="memory"),
    path("memory/import/", memory.bring, name="bring-memory"),
    path("memory/forget/", memory.forget, name="forget-memory"),
    path("articles/<int:pk>/translate/", own_translation.translate_own, name="translate-own"),
    path("memory/export/<int:pk>/", memory.export, name="export-memory"),
]
