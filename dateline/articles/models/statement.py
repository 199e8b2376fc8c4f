"""Statements: who issued one, what it answers, and whether the other side was asked."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from dateline.articles.kinds import Relation
from dateline.articles.models.article import Article
from dateline.articles.models.shelves import Contributor
from dateline.intake.models import Original, Snapshot
from dateline.site.fields import AddressField
from dateline.sources.models import Outlet


class Issuer(Orderable):
    """An organisation or person who issued a statement; with a page where it is an outlet or a contributor."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="issuers")
    name = models.CharField(
        _("name, where it stands otherwise than on their page, or there is none"), max_length=160, blank=True
    )
    is_person = models.BooleanField(_("a person"), default=False)
    contributor = models.ForeignKey(
        Contributor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="issued",
        verbose_name=_("contributor"),
    )
    outlet = models.ForeignKey(
        Outlet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="issued",
        verbose_name=_("outlet"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("issuer")
        verbose_name_plural = _("issuers")
        constraints = [
            models.CheckConstraint(
                condition=Q(contributor__isnull=False) | Q(outlet__isnull=False) | ~Q(name=""),
                name="an_issuer_is_somebody",
                violation_error_message=_("Choose a contributor or an outlet, or write a name."),
            ),
            models.CheckConstraint(
                condition=Q(contributor__isnull=True) | Q(outlet__isnull=True),
                name="an_issuer_is_one",
                violation_error_message=_("Choose a contributor or an outlet, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name as the statement gives it."""
        if self.name:
            return self.name
        if self.outlet:
            return str(self.outlet.shown_name)
        return self.contributor.name if self.contributor else ""

    @property
    def is_organisation(self) -> bool:
        """Whether it is no person."""
        if self.contributor:
            return bool(self.contributor.is_house)
        return not self.is_person


class Answer(Orderable):
    """What a statement does to another: an article of ours, an original, or a page elsewhere, with the claim quoted.

    An original's snapshot proves that the claim stood there. Without anything to lead to, the claim alone stands,
    and the gate warns.
    """

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="answers")
    relation = models.CharField(_("relation"), max_length=12, choices=Relation.choices)
    to_article = models.ForeignKey(
        Article,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answered_by",
        verbose_name=_("article"),
    )
    to_original = models.ForeignKey(
        Original,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answered_by",
        verbose_name=_("original"),
    )
    snapshot = models.ForeignKey(
        Snapshot,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("snapshot that proves the claim"),
        help_text=_("Left empty, the first of the original that has the claim is taken."),
    )
    to_address = AddressField(_("address of a page elsewhere"), max_length=1000, blank=True)
    to_title = models.CharField(_("what stands there"), max_length=300, blank=True)
    claim = models.TextField(_("the claim, quoted"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_article__isnull=False)
                | Q(to_original__isnull=False)
                | ~Q(to_address="")
                | ~Q(claim=""),
                name="an_answer_answers_something",
                violation_error_message=_(
                    "Choose the article or the original that it answers, give an address, or quote the claim."
                ),
            ),
            models.CheckConstraint(
                condition=Q(snapshot__isnull=True) | Q(to_original__isnull=False),
                name="a_snapshot_proves_an_original",
                violation_error_message=_("A snapshot proves what an original said: choose the original."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.shown_target}"

    def clean(self) -> None:
        """A statement answers others, and by their own snapshots. Raises ValidationError."""
        super().clean()
        if self.to_article_id and self.to_article_id == self.article_id:
            raise ValidationError({"to_article": _("A statement cannot answer itself.")})
        if self.snapshot and self.snapshot.original_id != self.to_original_id:
            raise ValidationError({"snapshot": _("The snapshot is of another original.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it; where it quotes an original, with the first snapshot that has the claim."""
        if self.to_original and self.claim and self.snapshot is None:
            self.snapshot = first_that_says(self.claim, self.to_original)
        super().save(*args, **kwargs)

    @property
    def shown_target(self) -> str:
        """What it answers, as the desk says it."""
        return str(self.to_article or self.to_original or self.to_title or self.to_address or self.claim)

    @property
    def is_proven(self) -> bool:
        """Whether a snapshot of the original has the claim, or no claim is quoted from one."""
        if not self.to_original or not self.claim or self.snapshot:
            return True
        return first_that_says(self.claim, self.to_original) is not None

    @property
    def is_linked(self) -> bool:
        """Whether it says where what it answers can be read."""
        return bool(self.to_article_id or self.to_original_id or self.to_address)


class ReplyTask(models.Model):
    """The right of reply: somebody is to be asked about a piece before or after it goes out.

    open → asked → answered | declined; answered and declined may be opened again.
    """

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("to be asked")
        ASKED = "asked", _("asked")
        ANSWERED = "answered", _("answered")
        DECLINED = "declined", _("declined to answer")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="reply_tasks", verbose_name=_("article")
    )
    of_whom = models.CharField(_("who is to be asked"), max_length=160)
    contact = models.CharField(_("how to reach them"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN, db_index=True
    )
    due_on = models.DateField(_("answer by"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    reply = models.ForeignKey(
        Article,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("the reply"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("right of reply")
        verbose_name_plural = _("rights of reply")
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "of_whom"],
                name="asked_once_of_each",
                violation_error_message=_("That they are asked about this article is noted already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_whom}: {self.get_state_display()}"


def first_that_says(claim: str, original: Original) -> Snapshot | None:
    """Return the oldest snapshot of an original in whose text the claim stands, None where it is in none."""
    shots = original.snapshots.order_by("fetched_at", "pk")
    return next((one for one in shots if stands_in(claim, f"{one.headline}\n{one.body_text}")), None)


def stands_in(claim: str, text: str) -> bool:
    """Tell whether a quoted claim stands in a text, apart from spacing, case and the marks of quotation."""
    wanted = _plain(claim)
    return bool(wanted) and wanted in _plain(text)


_MARKS = {ord(mark): " " for mark in "“”„«»‹›\"'’‘"}


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKS).casefold().split())
