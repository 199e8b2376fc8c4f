"""What a reader wrote to us, and what became of it."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.audience import post
from dateline.rights.models import Letter


class ReaderLetterQuerySet(models.QuerySet["ReaderLetter"]):
    """Which letters wait, and for whom."""

    def open(self) -> Self:
        """Return those that nobody has answered or closed."""
        return self.filter(state__in=post.OPEN)

    def soonest(self) -> Self:
        """Return those with a day first, the nearest first, then the oldest."""
        return self.order_by(models.F("answer_by").asc(nulls_last=True), "at", "pk")

    def waiting_for(self, user_id: int) -> Self:
        """Return what a person has taken, and what nobody has."""
        return self.open().filter(models.Q(taken_by=None) | models.Q(taken_by=user_id))

    def overdue(self, *, today: date) -> Self:
        """Return those whose day is over."""
        return self.open().filter(answer_by__lt=today)


class ReaderLetter(models.Model):
    """A letter of a reader: new → taken → answered | closed; answered and closed ones may be taken up again.

    What says who wrote it is erased when its time is over, or when they ask; that it came and was answered stays.
    """

    class Kind(models.TextChoices):
        """What it asks for."""

        ERROR = post.ERROR, _("an error in a piece")
        REPLY = post.REPLY, _("a right of reply")
        ACCESS = post.ACCESS, _("their data: what we have")
        ERASURE = post.ERASURE, _("their data: erase it")
        RECTIFY = post.RECTIFY, _("their data: put it right")

    class State(models.TextChoices):
        """Where it stands."""

        NEW = "new", _("new")
        TAKEN = "taken", _("taken")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed without an answer")

    kind = models.CharField(_("about"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    language = models.CharField(_("language"), max_length=20)
    # The piece that it is about, where the address is one of ours.
    piece = models.UUIDField(_("piece"), null=True, blank=True, db_index=True)
    about = models.CharField(_("address of the piece"), max_length=500, blank=True)
    name = models.CharField(_("name"), max_length=post.LONGEST_NAME, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    text = models.TextField(_("letter"), max_length=post.LONGEST_TEXT)
    at = models.DateTimeField(_("came"))
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    put_off_at = models.DateTimeField(_("told that it takes longer"), null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(_("answer"), blank=True)
    letter = models.OneToOneField(
        Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="reader_letter"
    )
    done_at = models.DateTimeField(_("answered or closed"), null=True, blank=True)
    reason = models.CharField(_("why it was closed"), max_length=300, blank=True)
    passed_on_at = models.DateTimeField(_("passed on to the editors"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = ReaderLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader's letter")
        verbose_name_plural = _("readers' post")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["state", "answer_by"], name="readers_post_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="taken") | models.Q(done_at__isnull=True),
                name="a_letter_that_is_taken_is_not_done",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["answered", "closed"]) | models.Q(done_at__isnull=False),
                name="a_letter_that_is_done_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(name="", email="", text="", answer="", letter__isnull=True),
                name="an_erased_letter_says_nothing_of_its_writer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Does it wait for somebody?"""
        return self.state in post.OPEN

    def may_be_put_off(self, *, today: date) -> bool:
        """May the person still be told that it takes up to two months more? Once, and within the first."""
        return (
            self.is_open
            and self.put_off_at is None
            and self.erased_at is None
            and self.answer_by is not None
            and today <= self.answer_by
        )

    def is_overdue(self, *, today: date) -> bool:
        """Is its day over?"""
        return self.is_open and self.answer_by is not None and self.answer_by < today
