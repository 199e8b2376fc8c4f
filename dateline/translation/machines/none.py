"""The machine that drafts nothing: a desk that says so in its settings."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dateline.translation.machines.base import Capability, Drafted, MachineFailed, Pair, Unit


class NoMachine:
    """Knows no language."""

    capability = Capability(name="none", label="", is_offline=True)

    def pairs(self) -> frozenset[Pair]:
        """Return none."""
        return frozenset()

    def faults(self) -> list[str]:
        """Return nothing: there is nothing to set up."""
        return []

    def draft(
        self,
        units: Sequence[Unit],  # noqa: ARG002 - every machine is called alike
        *,
        source: str,
        target: str,
        deadline: float,  # noqa: ARG002
    ) -> list[Drafted]:
        """Refuse."""
        raise MachineFailed(
            _("No machine is set up for %(source)s → %(target)s.") % {"source": source, "target": target}
        )
