"""Addresses of the translation desk, inside Wagtail's admin."""

from django.urls import path

from dateline.translation import views

app_name = "translation"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:job_id>/", views.job, name="job"),
    path("<int:job_id>/segments/<int:segment_id>/", views.segment, name="segment"),
    path("<int:job_id>/check/<int:segment_id>/", views.check, name="check"),
    path("<int:job_id>/segments/<int:segment_id>/findings/", views.findings, name="findings"),
]
