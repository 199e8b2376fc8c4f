"""Apertium: rules and dictionaries for related languages, as its own process on this machine.

Its pairs are packages of the system (Debian: apertium-eng-spa …); what is installed is read from the folder of its
modes. It costs little a sentence and much a start, so it is asked for a whole document at once.
"""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from dateline.lib.scripts import primary
from dateline.lib.text import one_line
from dateline.translation.machines.base import Capability, Drafted, MachineFailed, Pair, Unit
from dateline.translation.machines.environment import told
from dateline.translation.marks import plain
from dateline.translation.placing import place_marks

MODES: Final = "/usr/share/apertium/modes"
# Its names of languages are of ISO 639-3 where ours are of 639-1.
_SHORT: Final = {
    "afr": "af", "arg": "an", "ast": "ast", "bel": "be", "bre": "br", "bul": "bg", "cat": "ca", "cym": "cy",
    "dan": "da", "eng": "en", "epo": "eo", "eus": "eu", "fra": "fr", "glg": "gl", "hbs": "sh", "hin": "hi",
    "ind": "id", "isl": "is", "ita": "it", "kaz": "kk", "mkd": "mk", "nld": "nl", "nno": "nn", "nob": "nb",
    "oci": "oc", "pol": "pl", "por": "pt", "ron": "ro", "rus": "ru", "slv": "sl", "spa": "es", "srd": "sc",
    "swe": "sv", "tat": "tt", "tur": "tr", "ukr": "uk", "urd": "ur", "zlm": "ms",
}  # fmt: skip


class Apertium:
    """The pairs that are installed; `DATELINE_APERTIUM` and `…_MODES` say where, if not in the usual place."""

    capability = Capability(
        name="apertium", label="Apertium", batch=1_000, most_characters=300_000, is_offline=True
    )

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs whose modes are installed."""
        return frozenset(_modes())

    def faults(self) -> list[str]:
        """Return that nothing is installed, where it is so."""
        if not _modes():
            return [
                f"no pair is installed in {_folder()} (apt install apertium-…, or DATELINE_APERTIUM_MODES)."
            ]
        return []

    def draft(self, units: Sequence[Unit], *, source: str, target: str, deadline: float) -> list[Drafted]:
        """Ask for all of them, a line each, in one process."""
        mode = _modes().get((primary(source), primary(target)))
        if mode is None:
            raise MachineFailed(
                _("Apertium has no pair %(one)s → %(other)s.") % {"one": source, "other": target}
            )
        lines = _translated([plain(unit.text) for unit in units], mode, deadline)
        return [
            Drafted(unit.id, text=place_marks(unit.text, line))
            if line
            else Drafted(unit.id, error=_("The machine gave no words for it."))
            for unit, line in zip(units, lines, strict=True)
        ]


def _folder() -> Path:
    return Path(told("DATELINE_APERTIUM_MODES", MODES))


def _modes() -> dict[Pair, str]:
    """Return the installed modes that are a pair of languages; a variety (eng-spa_US) is left out."""
    found = {}
    for path in sorted(_folder().glob("*-*.mode")):
        parts = path.stem.split("-")
        if len(parts) == 2 and all(part.isalpha() for part in parts):  # noqa: PLR2004 - from and into
            found[_SHORT.get(parts[0], parts[0]), _SHORT.get(parts[1], parts[1])] = path.stem
    return found


def _translated(lines: list[str], mode: str, deadline: float) -> list[str]:
    """Return a translation of each line. Raises MachineFailed where the process fails or miscounts."""
    command = [told("DATELINE_APERTIUM", "apertium"), "-u", "-f", "line", mode]
    try:
        done = subprocess.run(
            command,
            input="".join(f"{line}\n" for line in lines).encode(),
            capture_output=True,
            timeout=max(deadline, 0.1),
            check=False,
            # Nothing of ours, keys among it, goes to the process.
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        raise MachineFailed(_("Apertium did not finish within %g seconds.") % deadline) from None
    except OSError:
        raise MachineFailed(_("Apertium cannot be started (%s). Is it installed?") % command[0]) from None
    if done.returncode:
        raise MachineFailed(_("Apertium failed with %d; is the pair installed whole?") % done.returncode)
    came = [one_line(line) for line in done.stdout.decode("utf-8", "replace").removesuffix("\n").split("\n")]
    if len(came) != len(lines):
        raise MachineFailed(
            _("Apertium was asked for %(asked)d sentences and gave %(came)d; none was taken.")
            % {"asked": len(lines), "came": len(came)}
        )
    return came
