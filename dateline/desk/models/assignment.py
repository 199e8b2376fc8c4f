"""Who was asked to do what, by when; and the steps of a piece that no other row says."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.articles.models import Article
from dateline.intake.models import Original
from dateline.people.models import User


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments, and those that matter now."""

    def open(self) -> Self:
        """Return those that are not done."""
        return self.filter(done_at=None)

    def of(self, user: User) -> Self:
        """Return what one person was asked to do."""
        return self.filter(who=user)

    def overdue(self, *, now: datetime) -> Self:
        """Return the open ones whose time is over."""
        return self.open().filter(due_at__lt=now)

    def soonest(self) -> Self:
        """Return them by when they are due; what has no day comes last."""
        return self.order_by(models.F("due_at").asc(nulls_last=True), "given_at", "pk")


class Assignment(models.Model):
    """Somebody is to do one thing: for an article, about an original, or to make something of an idea.

    given → done. Exactly one of `article`, `original` and `idea` says what it is about.
    """

    class Task(models.TextChoices):
        """What is to be done."""

        WRITE = "write", _("write")
        TRANSLATE = "translate", _("translate")
        EDIT = "edit", _("edit")
        CHECK = "check", _("check")
        ASK = "ask", _("ask for the rights")

    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("who")
    )
    task = models.CharField(_("what"), max_length=10, choices=Task.choices)
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.CASCADE, related_name="assignments"
    )
    original = models.ForeignKey(
        Original, null=True, blank=True, on_delete=models.CASCADE, related_name="assignments"
    )
    idea = models.CharField(_("idea"), max_length=300, blank=True)
    due_at = models.DateTimeField(_("by when"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(_("given"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("-given_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, original__isnull=True, idea="")
                | Q(article__isnull=True, original__isnull=False, idea="")
                | Q(article__isnull=True, original__isnull=True) & ~Q(idea=""),
                name="an_assignment_is_about_one_thing",
                violation_error_message=_("Say what it is about: an article, an original or an idea."),
            ),
            models.UniqueConstraint(
                fields=["who", "task", "article"],
                condition=Q(done_at=None, article__isnull=False),
                name="one_open_assignment_of_an_article",
                violation_error_message=_("This person has this assignment already."),
            ),
            models.UniqueConstraint(
                fields=["who", "task", "original"],
                condition=Q(done_at=None, original__isnull=False),
                name="one_open_assignment_of_an_original",
                violation_error_message=_("This person has this assignment already."),
            ),
        ]
        indexes = [models.Index(fields=["who", "done_at", "due_at"], name="assignments_of_somebody")]
        permissions = [("view_own_work", _("Can see what was given to them"))]

    def __str__(self) -> str:
        return f"{self.get_task_display()}: {self.subject}"

    @property
    def subject(self) -> str:
        """What it is about, as a headline."""
        return str(self.article or self.original or self.idea)

    def is_overdue(self, *, now: datetime) -> bool:
        """Is its time over, and it is not done?"""
        return self.done_at is None and self.due_at is not None and self.due_at < now


class DeskStep(models.Model):
    """A step of a piece that the desk took and that no other row says. Taking it back takes the row away."""

    class Kind(models.TextChoices):
        """Which step."""

        ACCEPTED = "accepted", _("accepted")
        READY = "ready", _("ready")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="desk_steps")
    kind = models.CharField(_("step"), max_length=10, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("step on the desk")
        verbose_name_plural = _("steps on the desk")
        constraints = [models.UniqueConstraint(fields=["article", "kind"], name="each_step_once")]

    def __str__(self) -> str:
        return f"{self.article}: {self.get_kind_display()}"
