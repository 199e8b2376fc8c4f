"""What a machine made of a sentence, so that it is not asked twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.translation.models.machine_call import MachineCall


class MachineAnswer(models.Model):
    """A sentence that a machine was asked for, known by its fingerprint, with the answer once there is one.

    The fingerprint is of machine, model, languages, sentence and the terms that the machine was told. The words are
    untrusted: whoever takes them checks their placeholders again.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    call = models.ForeignKey(MachineCall, on_delete=models.CASCADE, related_name="answers")
    # Of the sentence that was asked, so that its answers can be forgotten; empty for those of older versions.
    source_digest = models.CharField(max_length=64, blank=True, db_index=True)
    text = models.TextField(_("translation"), blank=True)
    trouble = models.CharField(_("what is wrong"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("answer of a machine")
        verbose_name_plural = _("answers of machines")

    def __str__(self) -> str:
        return self.text[:80]
