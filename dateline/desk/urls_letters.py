"""Addresses of the letters to readers, and of who reads them."""

from django.urls import path

from dateline.desk.views import letters_out, subscribers

urlpatterns = [
    path("issues/", letters_out.letters, name="letters-out"),
    path("issues/set-up/<str:language>/", letters_out.settings, name="letter-settings"),
    path("issues/unknown/", letters_out.unknown, name="letters-unknown"),
    path("issues/unknown/<int:pk>/", letters_out.decide, name="decide-letter"),
    path("issues/<int:pk>/do/", letters_out.act, name="act-on-issue"),
    path("issues/<int:pk>/correct/", letters_out.correct, name="correct-issue"),
    path("editions/<int:pk>/letters/", letters_out.of_edition, name="edition-letters"),
    path("editions/<int:pk>/letters/<int:letter>/test/", letters_out.test, name="test-letter"),
    path("editions/<int:pk>/letters/<int:letter>/<str:form>/", letters_out.preview, name="preview-letter"),
    path("subscribers/", subscribers.subscribers, name="subscribers"),
    path("subscribers/change/", subscribers.change, name="change-subscriber"),
    path("subscribers/bring/", subscribers.bring, name="bring-subscribers"),
    path("subscribers/lead-out/", subscribers.lead_out, name="lead-out-subscribers"),
]
