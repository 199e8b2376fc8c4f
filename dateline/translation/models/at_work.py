"""Who is on a translation's page just now."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.translation.models.job import Job
from dateline.translation.models.segment import Segment


class AtWork(models.Model):
    """Somebody has a translation open, at a sentence. It locks nothing: who is not seen for a while is gone."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="company")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField(_("seen"))

    class Meta:
        verbose_name = _("person at work")
        verbose_name_plural = _("people at work")
        constraints = [models.UniqueConstraint(fields=["job", "user"], name="at_work_once_a_job")]

    def __str__(self) -> str:
        return f"{self.user}: {self.job}"
