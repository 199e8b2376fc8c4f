"""Addresses of what the desk does to its own pieces: writing, putting right, the other side's reply."""

from django.urls import path

from dateline.desk.views import putting_right

urlpatterns = [
    path("articles/<int:pk>/put-right/", putting_right.put_right, name="put-right"),
    path("articles/<int:pk>/source/", putting_right.source_changed, name="source-changed"),
    path("articles/<int:pk>/replies/", putting_right.replies, name="replies"),
    path("notes/<int:pk>/back/", putting_right.take_note_back, name="take-note-back"),
    path("replies/<int:pk>/note/", putting_right.note_reply, name="note-reply"),
]
