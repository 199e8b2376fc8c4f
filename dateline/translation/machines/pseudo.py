"""A machine for tests and for looking at layouts: the same words with accents, at once, into any language."""

from collections.abc import Sequence

from dateline.translation.machines.base import ANY_PAIR, Capability, Drafted, Pair, Unit
from dateline.translation.marks import Token, pieces

_ACCENTED = str.maketrans("aeiouAEIOUcnsz", "áéíóúÁÉÍÓÚçñšž")


class Pseudo:
    """Accents the source and puts the target language before it: “Ferry” becomes “[fa] Férry”."""

    capability = Capability(name="pseudo", label="pseudo", is_offline=True)

    def pairs(self) -> frozenset[Pair]:
        """Return every pair."""
        return frozenset({ANY_PAIR})

    def faults(self) -> list[str]:
        """Return nothing: there is nothing to set up."""
        return []

    def draft(
        self,
        units: Sequence[Unit],
        *,
        source: str,  # noqa: ARG002 - every machine is called alike
        target: str,
        deadline: float,  # noqa: ARG002
    ) -> list[Drafted]:
        """Return the accented sentences."""
        return [Drafted(unit.id, f"[{target}] {_accented(unit.text)}") for unit in units]


def _accented(text: str) -> str:
    return "".join(
        part.text if isinstance(part, Token) else part.translate(_ACCENTED) for part in pieces(text)
    )
