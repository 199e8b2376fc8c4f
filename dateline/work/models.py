"""A job in the queue, and a beat that puts one there again and again."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

# No worker may ask for more: a lease that reaches further was written before the clock jumped back.
LONGEST_LEASE = timedelta(minutes=10)


class JobQuerySet(models.QuerySet["Job"]):
    """Which jobs are where."""

    def ready(self) -> Self:
        """Return those that wait for a worker, due or not."""
        return self.filter(state=Job.State.READY)

    def claimed(self) -> Self:
        """Return those that a worker holds."""
        return self.filter(state=Job.State.CLAIMED)

    def dead(self) -> Self:
        """Return those that were given up, latest first."""
        return self.filter(state=Job.State.DEAD).order_by("-finished_at")

    def due(self, *, now: datetime) -> Self:
        """Return those that a worker may take now, in the order in which it should.

        A key that is being worked on holds back the next job with that key.
        """
        busy = Job.objects.claimed().filter(unique_key=OuterRef("unique_key"))
        return (
            self.ready()
            .filter(Q(unique_key="") | ~Exists(busy), run_after__lte=now)
            .order_by("-priority", "run_after", "enqueued_at")
        )

    def expired(self, *, now: datetime) -> Self:
        """Return those whose lease ran out, or ends later than any lease can."""
        return self.claimed().filter(Q(lease_until__lt=now) | Q(lease_until__gt=now + LONGEST_LEASE))

    def held(self, *, job_id: uuid.UUID, token: int) -> Self:
        """Return the job if the holder of `token` still has it, else nothing."""
        return self.claimed().filter(pk=job_id, token=token)


class Job(models.Model):
    """One piece of work that must be done even if whoever does it dies.

    ready -> claimed -> done; from claimed back to ready (failed, handed back or lease run out),
    to dead after `max_attempts`, or to folded where a later job with the same key will do it.
    """

    class State(models.TextChoices):
        """Where a job stands."""

        READY = "ready", _("waiting")
        CLAIMED = "claimed", _("being worked on")
        DONE = "done", _("done")
        FOLDED = "folded", _("left to a later job with the same key")
        DEAD = "dead", _("given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # A registered name ("publishing.bake"), else the dotted path of a task.
    task = models.CharField(_("task"), max_length=255)
    args = models.JSONField(default=list, blank=True)
    kwargs = models.JSONField(default=dict, blank=True)
    queue = models.CharField(_("queue"), max_length=64)
    priority = models.SmallIntegerField(_("priority"), default=0)
    # Empty: this job is never the same as another.
    unique_key = models.CharField(_("key"), max_length=255, default="", blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.READY)

    enqueued_at = models.DateTimeField(_("enqueued"))
    run_after = models.DateTimeField(_("not before"))
    started_at = models.DateTimeField(_("last started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    stop_asked_at = models.DateTimeField(_("asked to stop"), null=True, blank=True)

    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    max_attempts = models.PositiveSmallIntegerField(_("attempts allowed"), default=5)
    claimed_by = models.CharField(_("worker"), max_length=128, default="", blank=True)
    lease_until = models.DateTimeField(_("lease ends"), null=True, blank=True)
    # Grows with every claim: whoever holds an older one can no longer write.
    token = models.PositiveBigIntegerField(_("fencing token"), default=0)

    progress_done = models.PositiveIntegerField(_("steps done"), default=0)
    progress_total = models.PositiveIntegerField(_("steps"), default=0)
    progress_message = models.CharField(_("progress"), max_length=255, default="", blank=True)

    result = models.JSONField(null=True, blank=True)
    error_class = models.CharField(_("kind of error"), max_length=255, default="", blank=True)
    error = models.TextField(_("error"), default="", blank=True)
    error_trace = models.TextField(_("where it failed"), default="", blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        """One ready and one claimed job for each key; only a claimed job has a lease."""

        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["unique_key", "state"],
                condition=Q(state__in=["ready", "claimed"]) & ~Q(unique_key=""),
                name="work_job_one_of_a_key",
            ),
            models.CheckConstraint(
                condition=Q(state="claimed", lease_until__isnull=False)
                | (~Q(state="claimed") & Q(lease_until__isnull=True)),
                name="work_job_claimed_has_a_lease",
            ),
        ]
        # Not partial ones: SQLite does not use those for a state that is a bound parameter.
        indexes = [
            models.Index(fields=["state", "-priority", "run_after", "enqueued_at"], name="work_job_next"),
            models.Index(fields=["unique_key", "state"], name="work_job_key"),
            models.Index(fields=["state", "finished_at"], name="work_job_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.id}"


class Beat(models.Model):
    """When a recurring job comes next."""

    name = models.CharField(_("name"), max_length=128, unique=True)
    every_seconds = models.PositiveIntegerField(_("period in seconds"))
    next_run_at = models.DateTimeField(_("next"))

    class Meta:
        """Named as the register names the job."""

        verbose_name = _("beat")
        verbose_name_plural = _("beats")

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> timedelta:
        """The time from one run to the next."""
        return timedelta(seconds=self.every_seconds)

    def is_due(self, *, now: datetime) -> bool:
        """Return whether its time has come, or is more than a period ahead (the clock went back)."""
        return not now < self.next_run_at <= now + self.period
