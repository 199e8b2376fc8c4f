"""Neural models from a folder of the operator's: OPUS-MT and others, as CTranslate2 reads them.

`DATELINE_MACHINE_MODELS` has a folder for each pair, such as `fr-en`, with `model.bin`, `config.json` and the pieces
of words as `source.spm` and `target.spm`. Needs the packages ctranslate2 and sentencepiece, which we do not bring.
"""

import json
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from dateline.lib.scripts import primary
from dateline.translation.machines.base import Capability, Drafted, MachineFailed, Pair, Unit
from dateline.translation.machines.environment import told
from dateline.translation.marks import plain
from dateline.translation.placing import place_marks

PACKAGES: Final = ("ctranslate2", "sentencepiece")
FILES: Final = ("model.bin", "source.spm", "target.spm")
# The engine's time grows with the square of a sentence's length; a longer one is no sentence.
LONGEST: Final = 2_000
END: Final = "</s>"

Engine = Callable[[str], str]


class FolderModels:
    """The pairs that have a folder."""

    capability = Capability(name="folder", label="CTranslate2", is_offline=True)

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs that have a folder with all of its files."""
        return frozenset(_folders())

    def faults(self) -> list[str]:
        """Return what is missing: packages, or models."""
        found = [_not_installed()] if not all(map(find_spec, PACKAGES)) else []
        if not _folders():
            where = told("DATELINE_MACHINE_MODELS") or "(not set)"
            found.append(
                f"no models in DATELINE_MACHINE_MODELS {where}: a folder such as fr-en with {', '.join(FILES)}."
            )
        return found

    def draft(self, units: Sequence[Unit], *, source: str, target: str, deadline: float) -> list[Drafted]:
        """Draft one sentence after the other until the time is over; marks are put in by their place."""
        ends = time.monotonic() + deadline
        folder = _folders().get((primary(source), primary(target)))
        if folder is None:
            raise MachineFailed(
                _("There is no model for %(one)s → %(other)s.") % {"one": source, "other": target}
            )
        engine = _engine(folder)
        return [drafted_by(engine, unit, ends) for unit in units]


def _folders() -> dict[Pair, Path]:
    root = told("DATELINE_MACHINE_MODELS")
    found = {}
    for path in sorted(Path(root).glob("*-*")) if root else ():
        source, _, target = path.name.partition("-")
        if source.isalpha() and target.isalpha() and all((path / name).is_file() for name in FILES):
            found[source, target] = path
    return found


def _not_installed() -> str:
    return _("Models from a folder need two packages: pip install ctranslate2 sentencepiece.")


@lru_cache(maxsize=2)
def _engine(folder: Path) -> Engine:
    """Return the engine of a folder; the last two models stay in memory."""
    try:
        from ctranslate2 import Translator
        from sentencepiece import SentencePieceProcessor
    except ImportError:
        raise MachineFailed(_not_installed()) from None
    try:
        translator = Translator(str(folder), device="cpu", inter_threads=1, intra_threads=1)
        before = SentencePieceProcessor(model_file=str(folder / "source.spm"))
        after = SentencePieceProcessor(model_file=str(folder / "target.spm"))
        ending = _ending(folder)
    except (OSError, RuntimeError, ValueError):
        raise MachineFailed(_("The model in %s cannot be read; convert it again.") % folder.name) from None

    def translate(text: str) -> str:
        pieces = [*before.encode(text, out_type=str), *ending]
        hypothesis = translator.translate_batch([pieces])[0].hypotheses[0]
        return str(after.decode([piece for piece in hypothesis if piece != END]))

    return translate


def _ending(folder: Path) -> list[str]:
    """Return what the engine wants at the end of a sentence and does not add itself: OPUS-MT was taught with it."""
    path = folder / "config.json"
    told_so = json.loads(path.read_text()).get("add_source_eos") if path.is_file() else None
    return [END] if told_so is False else []


def drafted_by(engine: Engine, unit: Unit, ends: float) -> Drafted:
    """Return what an engine of words makes of a unit, with its marks; an error where it makes nothing, or too late."""
    if time.monotonic() >= ends:
        return Drafted(unit.id, error=_("The time was over."))
    bare = plain(unit.text)
    if len(bare) > LONGEST:
        return Drafted(unit.id, error=_("The sentence is longer than %s characters.") % LONGEST)
    try:
        words = engine(bare) if bare else ""
    except (RuntimeError, ValueError):
        return Drafted(unit.id, error=_("The model failed at this sentence."))
    if not words.strip():
        return Drafted(unit.id, error=_("The machine gave no words for it."))
    return Drafted(unit.id, text=place_marks(unit.text, words))
