"""What the desk says about a piece among itself."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.articles.models import Article
from dateline.intake.models import Original
from dateline.people.models import User
from dateline.translation.models import Segment


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments as pages show them."""

    def threads(self) -> Self:
        """Return the first word of each thread, the open ones before the settled, the oldest first."""
        first = self.filter(parent=None).select_related("by", "resolved_by")
        return first.order_by(models.F("resolved_at").asc(nulls_first=True), "at", "pk")


class Comment(models.Model):
    """Words about an article or an original: the first of a thread, or an answer in one.

    open → resolved → open. Only the first of a thread is resolved, and the thread with it. Of a translation it may be
    about one sentence (`segment`).
    """

    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.CASCADE, related_name="desk_comments"
    )
    original = models.ForeignKey(
        Original, null=True, blank=True, on_delete=models.CASCADE, related_name="desk_comments"
    )
    segment = models.ForeignKey(
        Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="desk_comments"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers"
    )
    text = models.TextField(_("comment"), max_length=5000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, original__isnull=True)
                | Q(article__isnull=True, original__isnull=False),
                name="a_comment_is_about_one_piece",
            ),
            models.CheckConstraint(
                condition=Q(segment__isnull=True) | Q(article__isnull=False),
                name="a_comment_on_a_sentence_is_on_its_article",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(resolved_at__isnull=True),
                name="only_threads_are_resolved",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class MentionQuerySet(models.QuerySet["Mention"]):
    """Mentions, and those that wait."""

    def waiting_for(self, user: User) -> Self:
        """Return those that a person has not seen, the oldest first."""
        waiting = self.filter(who=user, seen_at=None).order_by("comment__at", "pk")
        return waiting.select_related("comment__article__locale", "comment__original", "comment__by")


class Mention(models.Model):
    """A comment names somebody."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["comment", "who"], name="mentioned_once")]

    def __str__(self) -> str:
        return f"@{self.who.username}: {self.comment}"
