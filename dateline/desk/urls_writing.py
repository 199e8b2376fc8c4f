"""Addresses of what the desk does to its own pieces: writing, putting right, the other side's reply."""

from django.urls import path

from dateline.desk.views import putting_right, review, submit
from dateline.desk.views.segment_comments import segment_comments

urlpatterns = [
    path("my-pieces/", submit.my_pieces, name="my-pieces"),
    path("my-pieces/hand-in/", submit.hand_in_piece, name="hand-in"),
    path("my-pieces/<int:pk>/", submit.hand_in_piece, name="hand-in-again"),
    path("submitted-pictures/<int:pk>/", submit.submitted_picture, name="submitted-picture"),
    path("writing/", submit.writing, name="writing"),
    path("writing/idea/", submit.add_idea, name="add-idea"),
    path("writing/idea/<int:pk>/answer/", submit.answer_idea, name="answer-idea"),
    path("writing/submissions/<int:pk>/", submit.submission, name="submission"),
    path("articles/<int:pk>/second-look/", submit.second_look, name="second-look"),
    path("articles/<int:pk>/review/", review.review, name="review"),
    path("sentences/<int:pk>/comments/", segment_comments, name="segment-comments"),
    path("articles/<int:pk>/put-right/", putting_right.put_right, name="put-right"),
    path("articles/<int:pk>/source/", putting_right.source_changed, name="source-changed"),
    path("articles/<int:pk>/replies/", putting_right.replies, name="replies"),
    path("notes/<int:pk>/back/", putting_right.take_note_back, name="take-note-back"),
    path("replies/<int:pk>/note/", putting_right.note_reply, name="note-reply"),
]
