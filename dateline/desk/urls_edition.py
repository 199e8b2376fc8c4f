"""Addresses of the editions and of press reviews."""

from django.urls import path

from dateline.desk.views import edition, press_review

urlpatterns = [
    path("editions/", edition.editions, name="editions"),
    path("editions/open/", edition.open_next, name="open-editions"),
    path("editions/runs/add/", edition.run, name="add-run"),
    path("editions/runs/<int:pk>/", edition.run, name="run"),
    path("editions/<int:pk>/", edition.edition, name="edition"),
    path("editions/<int:pk>/place/", edition.place, name="edition-place"),
    path("editions/<int:pk>/fill/", edition.fill, name="edition-fill"),
    path("editions/<int:pk>/places/<int:placement>/", edition.change_place, name="edition-change-place"),
    path("editions/<int:pk>/order/", edition.arrange, name="edition-arrange"),
    path("editions/<int:pk>/words/", edition.words, name="edition-words"),
    path("editions/<int:pk>/close/", edition.close, name="edition-close"),
    path("editions/<int:pk>/reopen/", edition.reopen, name="edition-reopen"),
    path("editions/<int:pk>/late/", edition.late, name="edition-late"),
    path("stories/<int:pk>/review/", press_review.begin, name="story-review"),
    path("reviews/<int:pk>/", press_review.review, name="review-page"),
    path("reviews/<int:pk>/save/", press_review.save, name="save-review"),
    path("reviews/<int:pk>/drafts/", press_review.drafts, name="review-drafts"),
    path("reviews/<int:pk>/voices/<int:voice>/drop/", press_review.drop, name="drop-voice"),
    path("reviews/<int:pk>/publish/", press_review.publish_it, name="publish-review"),
]
