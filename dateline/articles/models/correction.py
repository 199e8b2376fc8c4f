"""What we put right: corrections, updates, recalls and kills; and what we made of changes at the source."""

from collections.abc import Collection
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from dateline.articles.models.article import Article
from dateline.intake.models import Change


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections as readers may see them."""

    def standing(self) -> Self:
        """Return those that nobody has taken back."""
        return self.filter(taken_back_at__isnull=True)

    def public(self) -> Self:
        """Return those that readers are told of: all but what was killed."""
        return self.standing().exclude(kind=Correction.Kind.KILL)

    def notes_of(self, article: Article) -> Self:
        """Return what stands on an article's own page, oldest first."""
        return self.on_pages().filter(article=article)

    def on_pages(self) -> Self:
        """Return what stands on the pages of its articles, oldest first."""
        on_page = (Correction.Kind.CORRECTION, Correction.Kind.UPDATE)
        return self.standing().filter(kind__in=on_page).order_by("at", "pk")


class Correction(models.Model):
    """What was wrong with a piece and what is right; what was added; or that it was recalled or killed.

    A correction or update can be taken back; a recall and a kill stand, as their withdrawal does.
    """

    class Kind(models.TextChoices):
        """What was done."""

        CORRECTION = "correction", _("Correction")
        UPDATE = "update", _("Update")
        RECALL = "recall", _("Recalled")
        KILL = "kill", _("Killed")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("article")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    was_wrong = models.TextField(_("what was wrong"), blank=True)
    # Of a correction what is right, of an update what is new, of a recall the note, of a kill the reason.
    said = models.TextField(_("what is right now"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"), db_index=True)
    before = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    after = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(said=""),
                name="a_correction_says_something",
                violation_error_message=_("Say what is right now."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="correction") | ~Q(was_wrong=""),
                name="a_correction_says_what_was_wrong",
                violation_error_message=_("Say what was wrong."),
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(kind__in=["correction", "update"]),
                name="a_recall_stands",
                violation_error_message=_("A recall and a kill cannot be taken back."),
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(kind__in=["recall", "kill"]),
                name="recalled_or_killed_once",
                violation_error_message=_("It was recalled or killed already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.article}"


class SourceAnswerQuerySet(models.QuerySet["SourceAnswer"]):
    """Answers, and the changes that wait for one."""

    def unanswered(self, article: Article) -> models.QuerySet[Change]:
        """Return the changes at the source of one article that nobody has answered for it, oldest first."""
        if article.original_id is None:
            return Change.objects.none()
        answered = self.filter(article=article).values("change")
        changes = Change.objects.open().filter(original=article.original_id).exclude(pk__in=answered)
        return changes.select_related("original__outlet").order_by("found_at", "pk")

    def waiting(self, articles: Collection[int]) -> set[int]:
        """Return the keys of those articles whose source has changed without an answer: “look” on a board's line."""
        answered = self.filter(article=OuterRef(OuterRef("pk")), change=OuterRef("pk"))
        open_ones = Change.objects.open().filter(~Exists(answered), original=OuterRef("original"))
        return set(Article.objects.filter(Exists(open_ones), pk__in=articles).values_list("pk", flat=True))


class SourceAnswer(models.Model):
    """What was decided for one article about one change at its source."""

    class Verdict(models.TextChoices):
        """What was decided."""

        CORRECTED = "corrected", _("correction made")
        NO_NEED = "no-need", _("no change needed")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="source_answers")
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="source_answers")
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    correction = models.ForeignKey(
        Correction, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))

    objects = SourceAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a change at the source")
        verbose_name_plural = _("answers to changes at the source")
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["article", "change"], name="each_change_answered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.get_verdict_display()}"
