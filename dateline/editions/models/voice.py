"""A voice of a press review: which original speaks, in which of its words, under which permission."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.articles.kinds import MachineHelp
from dateline.articles.models import Article
from dateline.editions.excerpts import Quoted, joined
from dateline.intake.models import Original
from dateline.rights.models import Permission


class VoiceQuerySet(models.QuerySet["Voice"]):
    """Voices as their review shows them."""

    def of(self, article: Article) -> Self:
        """Return the voices of a review in order, with what a page shows of each."""
        return self.filter(article=article).select_related(
            "original__outlet", "permission__agreement__outlet", "permission__original"
        )

    def under_permission(self, number: int) -> Self:
        """Return those that stand under a permission."""
        return self.filter(permission=number)

    def under_agreement(self, number: int) -> Self:
        """Return those that stand under an agreement."""
        return self.filter(permission__agreement=number)


class Voice(models.Model):
    """An original speaks in a press review: our short headline, its own sentences, and these in our language.

    Without a permission it is quoted as the law allows anybody to; with one, as far as that goes, and no longer.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="voices")
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="voices")
    permission = models.ForeignKey(
        Permission, null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    position = models.PositiveIntegerField(_("place"), default=0)
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    # [{"number": 3, "text": "…"}, …]: sentences of the original, by their places in it.
    quoted = models.JSONField(_("sentences of the original"), default=list, blank=True)
    excerpt = models.TextField(_("excerpt"), blank=True)
    machine_help = models.CharField(
        _("machine help"), max_length=8, choices=MachineHelp.choices, default=MachineHelp.NONE
    )
    machine_name = models.CharField(_("machine"), max_length=80, blank=True)
    # What the machine said, to see whether a person changed it; `trouble`: why it said nothing.
    machine_text = models.TextField(blank=True, editable=False)
    trouble = models.CharField(max_length=300, blank=True, editable=False)
    # What readers saw when it was last settled, and until when the right to it holds.
    is_shown = models.BooleanField(_("readers see the excerpt"), default=False, editable=False)
    shown_until = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("voice of a press review")
        verbose_name_plural = _("voices of press reviews")
        ordering = ("article", "position", "pk")
        constraints = [models.UniqueConstraint(fields=["article", "original"], name="each_voice_once")]

    def __str__(self) -> str:
        return f"{self.article} ← {self.original}"

    @property
    def sentences(self) -> tuple[Quoted, ...]:
        """The sentences of the original that were chosen, in its order."""
        rows: list[dict[str, Any]] = self.quoted
        return tuple(Quoted(int(row["number"]), str(row["text"])) for row in rows)

    @property
    def source_text(self) -> str:
        """The chosen sentences as they are quoted: what was left out between them is marked."""
        return joined(self.sentences)
