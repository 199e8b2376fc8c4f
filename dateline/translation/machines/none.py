"""The machine that drafts nothing: a desk that says so in its settings."""

from collections.abc import Sequence

from dateline.translation.machines.base import Capability, Drafted, MachineFailed, Pair, Unit


class NoMachine:
    """Knows no language."""

    capability = Capability(name="none", label="", is_offline=True)

    def pairs(self) -> frozenset[Pair]:
        """Return none."""
        return frozenset()

    def draft(self, units: Sequence[Unit], *, source: str, target: str, deadline: float) -> list[Drafted]:
        """Refuse."""
        raise MachineFailed(
            f"No machine is set up for {source} → {target}: {len(units)} sentences within {deadline:.0f} s "
            "wait for a person."
        )
