"""DeepL's service, with the operator's own key.

Documented at developers.deepl.com and in deepl-openapi 2.7.1: at most 50 texts and 128 KiB a request; free keys
end with `:fx` and have a host of their own; what is given as context is not charged.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from dateline.lib.scripts import primary
from dateline.lib.text import cut
from dateline.translation.machines.base import Capability, Drafted, MachineFailed, Pair, Unit
from dateline.translation.machines.environment import (
    BadPairs,
    Service,
    best_for,
    by_pair,
    pairs_told,
    service,
    told,
)
from dateline.translation.machines.services import count_is_wrong, each, post, spoiled
from dateline.translation.machines.tags import from_tags, to_tags

PAID: Final = "https://api.deepl.com"
FREE: Final = "https://api-free.deepl.com"
LONGEST_CONTEXT: Final = 2_000
GLOSSARIES: Final = "DATELINE_DEEPL_GLOSSARIES"
_NAMES = {"no": "NB", "nn": "NB"}
_TARGETS = {"en": "EN-GB", "pt": "PT-PT", "zh": "ZH-HANS"}
_VARIANTS = frozenset({"EN-GB", "EN-US", "PT-PT", "PT-BR", "ZH-HANS", "ZH-HANT", "ES-419"})


class DeepL:
    """What DeepL makes of it; without `DATELINE_DEEPL_PAIRS` it is asked for every pair."""

    @property
    def capability(self) -> Capability:
        """Say what it is; its model are the glossaries that are chosen for it."""
        return Capability(
            name="deepl", label="DeepL", batch=50, is_charged=True, model=cut(told(GLOSSARIES), 100)
        )

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs in the settings."""
        return pairs_told("DATELINE_DEEPL_PAIRS")

    def faults(self) -> list[str]:
        """Return what is missing or cannot be read."""
        found = [] if _service().key else ["DATELINE_DEEPL_KEY is not set."]
        try:
            by_pair(told(GLOSSARIES))
        except BadPairs as error:
            found.append(f"{GLOSSARIES}: {error}")
        return found

    def draft(self, units: Sequence[Unit], *, source: str, target: str, deadline: float) -> list[Drafted]:
        """Ask for all of them at once."""
        at, asked = _service(), list(units)
        headers = {"Authorization": f"DeepL-Auth-Key {at.key}"}
        payload = _payload(asked, source=source, target=target)
        answer = post(at, "/v2/translate", payload, headers=headers, deadline=deadline)
        came = answer.get("translations") if isinstance(answer, dict) else None
        if not isinstance(came, list):
            raise spoiled(at, _("the answer has no translations."))
        if len(came) != len(asked):
            raise count_is_wrong(at, asked=len(asked), came=len(came))
        texts = [one.get("text") if isinstance(one, dict) else None for one in came]
        return each(asked, texts, lambda unit, text: from_tags(unit.text, text))


def _payload(units: Sequence[Unit], *, source: str, target: str) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "text": [to_tags(unit.text) for unit in units],
        "source_lang": _NAMES.get(primary(source), primary(source).upper()),
        "target_lang": _target(target),
        "split_sentences": "0",
        "preserve_formatting": True,
        "tag_handling": "xml",
    }
    context = "\n".join(dict.fromkeys(unit.context for unit in units if unit.context))
    if context:
        payload["context"] = cut(context, LONGEST_CONTEXT)
    glossary = _glossary(source, target)
    if glossary:
        payload["glossary_id"] = glossary
    return payload


def _glossary(source: str, target: str) -> str:
    try:
        return best_for(by_pair(told(GLOSSARIES)), source=source, target=target)
    except BadPairs as error:
        raise MachineFailed(f"{GLOSSARIES}: {error}") from None


def _target(tag: str) -> str:
    """Return DeepL's name of a language to translate into: English, Portuguese and Chinese want a variety."""
    if tag.upper() in _VARIANTS:
        return tag.upper()
    first = primary(tag)
    return _TARGETS.get(first) or _NAMES.get(first) or first.upper()


def _service() -> Service:
    free = told("DATELINE_DEEPL_KEY").endswith(":fx")
    return service("DATELINE_DEEPL", label="DeepL", url=FREE if free else PAID)
