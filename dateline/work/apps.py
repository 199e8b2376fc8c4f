"""The room work, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.work"
    label = "work"
    verbose_name = _("Background work")

    def ready(self) -> None:
        """Let the runner alone say how jobs fare: each error once, with the job's name and id."""
        from django_tasks import signals

        signals.task_started.disconnect(signals.log_task_started)
        signals.task_finished.disconnect(signals.log_task_finished)
