"""LibreTranslate: the free service, on an inner network or at somebody's.

Documented at docs.libretranslate.com: `POST /translate` with a list of texts gives a list of translations.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from dateline.lib.scripts import primary, script_of
from dateline.translation.machines.base import Capability, Drafted, Pair, Unit
from dateline.translation.machines.environment import Service, pairs_told, service
from dateline.translation.machines.services import count_is_wrong, each, post, spoiled
from dateline.translation.machines.tags import from_tags, to_tags

_CHINESE = {"Hans": "zh-Hans", "Hant": "zh-Hant"}


class LibreTranslate:
    """What `DATELINE_LIBRETRANSLATE_URL` answers; without `…_PAIRS` it is asked for every pair."""

    @property
    def capability(self) -> Capability:
        """Say what it is; with a key, somebody pays."""
        return Capability(
            name="libretranslate",
            label="LibreTranslate",
            batch=50,
            most_characters=8_000,
            is_charged=bool(_service().key),
        )

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs in the settings."""
        return pairs_told("DATELINE_LIBRETRANSLATE_PAIRS")

    def faults(self) -> list[str]:
        """Return what is missing."""
        return [] if _service().url else ["DATELINE_LIBRETRANSLATE_URL is not set."]

    def draft(self, units: Sequence[Unit], *, source: str, target: str, deadline: float) -> list[Drafted]:
        """Ask for all of them at once."""
        at, asked = _service(), list(units)
        payload: dict[str, Any] = {
            "q": [to_tags(unit.text) for unit in asked],
            "source": _code(source),
            "target": _code(target),
            "format": "html",
        }
        if at.key:
            payload["api_key"] = at.key
        answer = post(at, "/translate", payload, headers={}, deadline=deadline)
        texts = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(texts, list):
            raise spoiled(at, _("the answer has no translations."))
        if len(texts) != len(asked):
            raise count_is_wrong(at, asked=len(asked), came=len(texts))
        return each(asked, texts, lambda unit, text: from_tags(unit.text, text))


def _service() -> Service:
    return service("DATELINE_LIBRETRANSLATE", label="LibreTranslate")


def _code(tag: str) -> str:
    return _CHINESE.get(script_of(tag), "zh-Hans") if primary(tag) == "zh" else primary(tag)
