"""What “Have we had this?” looks through."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dateline.articles.models import Article
from dateline.intake.models import Original


class Findable(models.Model):
    """The words of an original or of an article of ours, folded so that any spelling of them is found.

    It follows the pieces: a job brings it up to them, and it can be thrown away and made again.
    """

    original = models.OneToOneField(
        Original, null=True, blank=True, on_delete=models.CASCADE, related_name="findable"
    )
    article = models.OneToOneField(
        Article, null=True, blank=True, on_delete=models.CASCADE, related_name="findable"
    )
    headline = models.TextField()
    text = models.TextField()
    address = models.CharField(max_length=2000)
    at = models.DateTimeField(_("when"), db_index=True)
    # Of an article: when the words were saved.
    written_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("words to look through")
        verbose_name_plural = _("words to look through")
        constraints = [
            models.CheckConstraint(
                condition=Q(original__isnull=True, article__isnull=False)
                | Q(original__isnull=False, article__isnull=True),
                name="findable_is_of_one_piece",
            )
        ]

    def __str__(self) -> str:
        return str(self.original or self.article)
