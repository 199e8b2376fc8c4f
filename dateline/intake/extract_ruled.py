"""The editor's word over an extraction: what a site's rules found stands, whatever else was read."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dateline.intake.rules import RuledParts

if TYPE_CHECKING:
    from dateline.intake.extract import Extract

ORIGIN: Final = "site-rule"
# Doubts that a rule for the body answers: an editor looked, and said where it stands.
_ANSWERED: Final = frozenset({"short", "disagreement", "witness", "cut", "overlong", "elsewhere", "river"})


def obeying(read: "Extract", ruled: RuledParts) -> "Extract":
    """Return `read` with what the rules found in the place of what was read, and the rules that find nothing named."""
    told: dict[str, Any] = {
        "headline": ruled.headline,
        "standfirst": ruled.standfirst,
        "authors": ruled.authors,
        "published_at": ruled.published_at,
    }
    own = {name: value for name, value in told.items() if value}
    ruled_fields = [*own, *(["body"] if ruled.body else [])]
    reasons = [*_left(read.reasons, ruled), *ruled.reasons]
    return replace(
        read,
        **own,
        reasons=reasons,
        suspect=bool(reasons),
        origins={**read.origins, **dict.fromkeys(ruled_fields, ORIGIN)},
    )


def _left(reasons: list[str], ruled: RuledParts) -> list[str]:
    """Return the doubts that the rules do not answer."""
    answered = (_ANSWERED if ruled.body else frozenset()) | ({"headline"} if ruled.headline else frozenset())
    return [reason for reason in reasons if reason.partition(":")[0] not in answered]
