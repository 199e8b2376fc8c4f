"""The room translation, as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    """Signs the room in: its judge at the gate, and a look at the settings at every start."""

    name = "dateline.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        """Let an unfinished translation be seen at the gate."""
        from dateline.articles import gate
        from dateline.rights.signals import keep
        from dateline.translation import queries, signals
        from dateline.translation.actions.remembering import unpost_deleted
        from dateline.translation.models import MemoryUnit
        from dateline.translation.queries import document_findings

        gate.watch(document_findings.WATCH, document_findings.checks_warn)
        gate.sign_in("translation", queries.untranslated, sieve=queries.sieve_untranslated)
        keep(MemoryUnit, lambda unit: (None, unit.original_id))
        post_delete.connect(unpost_deleted, sender=MemoryUnit, dispatch_uid="translation.unpost")
        signals.connect()
        register(_machines_exist)


def _machines_exist(**_kwargs: Any) -> list[CheckMessage]:
    from dateline.translation.machines.registry import BadMachineSetting, UnknownMachine, check_settings

    try:
        check_settings()
    except (UnknownMachine, BadMachineSetting) as error:
        return [Error(str(error), id="translation.E001")]
    return []
