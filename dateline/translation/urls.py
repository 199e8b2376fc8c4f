"""Addresses of the translation desk, inside Wagtail's admin."""

from django.urls import path

from dateline.translation.views.changes import correction, no_change
from dateline.translation.views.company import at_work
from dateline.translation.views.findings import before, check, findings
from dateline.translation.views.job import job
from dateline.translation.views.listing import index
from dateline.translation.views.panes import history, machine, panes, past, shape
from dateline.translation.views.people import people
from dateline.translation.views.preview import preview
from dateline.translation.views.sentence import segment

app_name = "translation"
urlpatterns = [
    path("", index, name="index"),
    path("<int:job_id>/", job, name="job"),
    path("<int:job_id>/preview/", preview, name="preview"),
    path("<int:job_id>/before/", before, name="before"),
    path("<int:job_id>/people/", people, name="people"),
    path("<int:job_id>/no-change/", no_change, name="no-change"),
    path("<int:job_id>/correction/", correction, name="correction"),
    path("<int:job_id>/past/", past, name="past"),
    path("<int:job_id>/panes/", panes, name="panes"),
    path("<int:job_id>/at-work/", at_work, name="at-work"),
    path("<int:job_id>/segments/<int:segment_id>/", segment, name="segment"),
    path("<int:job_id>/check/<int:segment_id>/", check, name="check"),
    path("<int:job_id>/segments/<int:segment_id>/findings/", findings, name="findings"),
    path("<int:job_id>/segments/<int:segment_id>/machine/", machine, name="machine"),
    path("<int:job_id>/segments/<int:segment_id>/shape/", shape, name="shape"),
    path("<int:job_id>/segments/<int:segment_id>/history/", history, name="history"),
]
