"""The letters as this newsroom words them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.rights import letters


class LetterTemplate(models.Model):
    """A letter to outlets in one language, in the place of the one that is shipped."""

    class Kind(models.TextChoices):
        """What it is for."""

        REQUEST = letters.REQUEST, _("request for permission")
        REMINDER = letters.REMINDER, _("reminder")
        APPROVAL = letters.APPROVAL, _("a text for approval")
        ACCOUNT = letters.ACCOUNT, _("statement of use")

    kind = models.CharField(_("letter"), max_length=10, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=20)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("letter"))

    class Meta:
        verbose_name = _("template of a letter")
        verbose_name_plural = _("templates of letters")
        ordering = ("kind", "language")
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="one_template_a_language")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language})"

    def clean(self) -> None:
        super().clean()
        wrong = letters.problems(subject=self.subject, body=self.body, kind=self.kind)
        if wrong:
            raise ValidationError(wrong)
