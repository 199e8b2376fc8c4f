"""The room publishing, as Django knows it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from dateline.articles.models import Article
    from dateline.audience.dressing import Dressed
    from dateline.rights.models import Withdrawal


class PublishingConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        """Listen for what changes pages; answer for withdrawals, previews, menus and the cleanness of pictures."""
        from dateline.articles import preview
        from dateline.audience import dressing
        from dateline.publishing import clean_pictures, signals
        from dateline.publishing.actions import SURFACES
        from dateline.rights import surfaces

        signals.connect()
        clean_pictures.sign_in()
        preview.sign_in(_preview)
        dressing.sign_in(_dress)
        for name in SURFACES:
            surfaces.sign_in(name, partial(_take_down, name))
        surfaces.sign_in("store elsewhere", _take_from_elsewhere)
        _sign_in_menus()


def _take_from_elsewhere(withdrawals: Sequence["Withdrawal"]) -> None:
    from django.utils import timezone

    from dateline.publishing.actions.bringing import take_from_elsewhere

    take_from_elsewhere(withdrawals=withdrawals, now=timezone.now())


def _sign_in_menus() -> None:
    from dateline.articles.models import Section, Topic
    from dateline.publishing.models import PlainPage
    from dateline.publishing.queries import frames
    from dateline.site import menus

    menus.sign_in(Section, frames.menu_place_of_section)
    menus.sign_in(Topic, frames.menu_place_of_topic)
    menus.sign_in(PlainPage, frames.menu_place_of_page)


def _take_down(surface: str, withdrawals: Sequence["Withdrawal"]) -> None:
    from django.utils import timezone

    from dateline.publishing.actions import take_down

    take_down(surface=surface, withdrawals=withdrawals, now=timezone.now())


def _preview(article: "Article") -> str:
    from django.utils import timezone

    from dateline.publishing.actions import preview

    return preview(article=article, now=timezone.now())


def _dress(template: str, title: str, language: str, shows: Mapping[str, Any]) -> "Dressed":
    from django.utils import timezone

    from dateline.publishing.queries.dressing import dress

    return dress(template, title, language, shows, now=timezone.now())
