"""The models that Firefox translates pages with, from a folder of the operator's; nothing is ever fetched.

`DATELINE_MACHINE_MODELS` has a folder for each pair, such as `fr-en`, with the model (`model.….bin`), its vocabulary
(`vocab.….spm`, or `srcvocab.….spm` and `trgvocab.….spm`) and, where there is one, the short list (`lex.….bin`), as
Mozilla's registry has them, unpacked. All of these models are from or into English: between two others the text goes
by way of English. Needs the package fxtranslate, which we do not bring. Source: the type stubs of fxtranslate 0.5.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from dateline.lib.scripts import primary
from dateline.translation.machines.base import Capability, Drafted, MachineFailed, Pair, Unit
from dateline.translation.machines.environment import told
from dateline.translation.machines.folder import Engine, drafted_by

PACKAGE: Final = "fxtranslate"
BETWEEN: Final = "en"


class Files(NamedTuple):
    """A pair's files. shortlist: empty where there is none."""

    model: Path
    before: Path
    after: Path
    shortlist: tuple[Path, ...] = ()


class FirefoxModels:
    """The pairs that have a folder, and those that two of them make by way of English."""

    capability = Capability(name="firefox", label="Firefox Translations", is_offline=True)

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs that have models."""
        direct = set(_folders())
        into = {source for source, target in direct if target == BETWEEN}
        out_of = {target for source, target in direct if source == BETWEEN}
        return frozenset(direct | {(one, other) for one in into for other in out_of if one != other})

    def faults(self) -> list[str]:
        """Return what is missing: the package, or models."""
        found = [] if find_spec(PACKAGE) else [_not_installed()]
        if not _folders():
            where = told("DATELINE_MACHINE_MODELS") or "(not set)"
            wanted = "a folder such as fr-en with model.….bin and vocab.….spm"
            found.append(f"no models in DATELINE_MACHINE_MODELS {where}: {wanted}.")
        return found

    def draft(self, units: Sequence[Unit], *, source: str, target: str, deadline: float) -> list[Drafted]:
        """Draft one sentence after the other until the time is over; marks are put in by their place."""
        ends = monotonic() + deadline
        route = _route((primary(source), primary(target)))
        if not route:
            raise MachineFailed(
                _("There is no model for %(one)s → %(other)s.") % {"one": source, "other": target}
            )
        engine = _one_after_the_other([_engine(files) for files in route])
        return [drafted_by(engine, unit, ends) for unit in units]


def _route(pair: Pair) -> list[Files]:
    """Return the models that lead from one language to the other: one, or two by way of English."""
    known = _folders()
    if pair in known:
        return [known[pair]]
    steps = [known.get((pair[0], BETWEEN)), known.get((BETWEEN, pair[1]))]
    return [step for step in steps if step is not None] if all(steps) else []


def _folders() -> dict[Pair, Files]:
    root = told("DATELINE_MACHINE_MODELS")
    found = {}
    for path in sorted(Path(root).glob("*-*")) if root else ():
        source, _dash, target = path.name.partition("-")
        files = _files(path)
        if source.isalpha() and target.isalpha() and files is not None:
            found[source, target] = files
    return found


def _files(folder: Path) -> Files | None:
    models, shared = sorted(folder.glob("model.*.bin")), sorted(folder.glob("vocab.*spm"))
    before = sorted(folder.glob("srcvocab.*spm")) or shared
    after = sorted(folder.glob("trgvocab.*spm")) or shared
    if not models or not before or not after:
        return None
    return Files(models[0], before[0], after[0], tuple(sorted(folder.glob("lex.*.bin"))[:1]))


def _one_after_the_other(engines: Sequence[Engine]) -> Engine:
    def translate(text: str) -> str:
        for engine in engines:
            text = engine(text)
        return text

    return translate


def _not_installed() -> str:
    return _("Firefox's models need a package: pip install fxtranslate.")


@lru_cache(maxsize=3)
def _engine(files: Files) -> Callable[[str], str]:
    """Return the engine of a model; the last three stay in memory."""
    try:
        from fxtranslate import Translator
    except ImportError:
        raise MachineFailed(_not_installed()) from None
    try:
        shortlist = files.shortlist[0].read_bytes() if files.shortlist else None
        translator = Translator(
            files.model.read_bytes(), files.before.read_bytes(), files.after.read_bytes(), shortlist
        )
    except (OSError, ValueError):
        raise MachineFailed(
            _("The model in %s cannot be read; fetch it again.") % files.model.parent.name
        ) from None

    def translate(text: str) -> str:
        return str(translator.translate(text))

    return translate
