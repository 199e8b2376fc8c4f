"""The room editions, as Django knows it."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dateline.intake import keepers

if TYPE_CHECKING:
    from datetime import datetime

    from dateline.articles.models import Article


class EditionsConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.editions"
    label = "editions"
    verbose_name = _("Editions")

    def ready(self) -> None:
        """Judge press reviews at the gate, keep what they quote, follow what changes a voice's right."""
        from django.db.models.signals import post_save

        from dateline.agreements.models import Agreement
        from dateline.articles import gate
        from dateline.articles.signals import went_out
        from dateline.editions.actions import listening
        from dateline.editions.queries.voices import voices
        from dateline.rights.models import Permission

        listening.connect()
        gate.sign_in("voices", voices)
        keepers.sign_in("editions", _resting)
        went_out.connect(_settle, dispatch_uid="editions.went-out")
        for model in (Agreement, Permission):
            post_save.connect(_under, sender=model, dispatch_uid=f"editions.under-{model.__name__}")


def _resting(originals: Collection[int]) -> dict[int, keepers.Ground]:
    """Return the originals that speak in a press review."""
    from dateline.editions.models import Voice

    rows = Voice.objects.filter(original__in=originals).order_by(
        "article__live"
    )  # a live one has the last word
    return {
        original: keepers.Ground(reason="it speaks in a press review", is_public=live)
        for original, live in rows.values_list("original", "article__live")
    }


def _settle(article: "Article", now: "datetime", **_signal: Any) -> None:
    from dateline.articles.kinds import Kind
    from dateline.editions.actions.voicing import settle_voices

    if article.kind == Kind.PRESS_REVIEW:
        settle_voices(article=article, now=now)


def _under(sender: type[Any], instance: Any, **signal: Any) -> None:
    """New ones carry nothing yet."""
    from dateline.work.actions import enqueue_by_name

    if not signal.get("raw") and not signal["created"]:
        enqueue_by_name("editions.settle_under", model=sender.__name__.lower(), number=instance.pk)
