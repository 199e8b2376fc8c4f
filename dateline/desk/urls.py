"""Addresses of the workbench, inside Wagtail's admin."""

from django.urls import path

from dateline.desk.views import articles, newslist, originals, outlets

app_name = "newsroom"
urlpatterns = [
    path("originals/<int:pk>/", originals.original, name="original"),
    path("originals/<int:pk>/pick/", originals.pick, name="pick"),
    path("originals/<int:pk>/spike/", originals.spike, name="spike"),
    path("originals/<int:pk>/unspike/", originals.unspike, name="unspike"),
    path("outlets/", outlets.outlets, name="outlets"),
    path("outlets/add/", outlets.add_outlet, name="add-outlet"),
    path("outlets/<int:pk>/", outlets.outlet, name="outlet"),
    path("channels/<int:pk>/check/", outlets.check_channel, name="check-channel"),
    path("channels/<int:pk>/stop/", outlets.stop_channel, name="stop-channel"),
    path("channels/<int:pk>/watch/", outlets.watch_channel, name="watch-channel"),
    path("entries/<int:pk>/again/", newslist.try_entry_again, name="try-entry"),
    path("jobs/<uuid:pk>/again/", newslist.run_job_again, name="run-job"),
    path("articles/<int:pk>/cover/", articles.cover, name="cover"),
    path("articles/<int:pk>/withdraw/", articles.withdraw, name="withdraw"),
    path("articles/<int:pk>/seen/", newslist.refusal_seen, name="refusal-seen"),
]
