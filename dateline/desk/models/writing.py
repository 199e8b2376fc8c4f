"""What becomes an exclusive: an idea of the newsroom, or a piece that a contributor hands in. Neither has a source."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from dateline.articles.models import Article, Section
from dateline.intake.models import Original


class Idea(models.Model):
    """Something to write. proposed → accepted (an article is begun) | declined."""

    class State(models.TextChoices):
        """What became of it."""

        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    title = models.CharField(_("idea"), max_length=200)
    note = models.TextField(_("note"), blank=True, max_length=4000)
    locale = models.ForeignKey(Locale, on_delete=models.PROTECT, related_name="+", verbose_name=_("language"))
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("section")
    )
    # What gave the idea. The piece is our own all the same: nothing of it is used.
    original = models.ForeignKey(
        Original,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="ideas",
        verbose_name=_("original"),
    )
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("who writes it"),
    )
    due_at = models.DateTimeField(_("by when"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PROPOSED, db_index=True
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("proposed"))
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    article = models.OneToOneField(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="idea"
    )

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.title


class Submission(models.Model):
    """A piece that somebody hands in. handed in → accepted (an article is begun) | returned → handed in | declined."""

    class State(models.TextChoices):
        """Where it lies."""

        HANDED_IN = "handed-in", _("handed in")
        RETURNED = "returned", _("returned")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions")
    locale = models.ForeignKey(Locale, on_delete=models.PROTECT, related_name="+", verbose_name=_("language"))
    headline = models.CharField(_("headline"), max_length=300)
    standfirst = models.TextField(_("standfirst"), blank=True, max_length=1000)
    text = models.TextField(_("text"), max_length=200_000)
    note = models.TextField(_("note to the desk"), blank=True, max_length=4000)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.HANDED_IN, db_index=True
    )
    at = models.DateTimeField(_("handed in"))
    answer = models.TextField(_("the desk's answer"), blank=True, max_length=4000)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    article = models.OneToOneField(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="submission"
    )

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="handed-in") | Q(answered_at__isnull=False),
                name="an_answered_submission_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "declined"]) | ~Q(answer=""),
                name="who_gets_it_back_is_told_why",
                violation_error_message=_("Say why it does not go out like this."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline
