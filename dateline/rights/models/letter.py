"""Letters that go out: each once, under a name of its own."""

from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.rights.models.template import LetterTemplate

# To a reader we write freely: there is no template.
TO_A_READER: Final = "reader"


class Letter(models.Model):
    """A letter to an outlet, a translator or a reader: draft → waiting → sent, or sent by hand where no mail is set up.

    Its Message-ID is made once: whoever is sent it twice by a crash has a mail program that shows it once.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("draft")
        WAITING = "waiting", _("waiting to be sent")
        SENT = "sent", _("sent")
        BY_HAND = "by-hand", _("sent by hand")

    kind = models.CharField(
        _("letter"), max_length=10, choices=[*LetterTemplate.Kind.choices, (TO_A_READER, _("to a reader"))]
    )
    language = models.CharField(_("language"), max_length=20)
    to = models.EmailField(_("to"), blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("letter"))
    attached_name = models.CharField(_("attached file"), max_length=120, blank=True)
    attached = models.TextField(blank=True, editable=False)
    message_id = models.CharField(max_length=200, unique=True, editable=False)
    answers = models.CharField(max_length=200, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    trouble = models.CharField(_("what is wrong"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "waiting"]) | models.Q(sent_at__isnull=False),
                name="a_sent_letter_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_gone(self) -> bool:
        """Did it leave the house?"""
        return self.state in {self.State.SENT, self.State.BY_HAND}
