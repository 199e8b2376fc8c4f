"""How the desk reads an original: as it came, or as an editor corrected it."""

from dataclasses import dataclass
from datetime import datetime

from dateline.intake.models import Correction, Original


@dataclass(frozen=True, kw_only=True)
class DeskReading:
    """An original in the reading that counts at the desk. correction: None where it is as it came."""

    headline: str
    standfirst: str
    authors: list[dict[str, str]]
    language: str
    published_at: datetime | None
    body_html: str
    body_text: str
    is_suspect: bool
    reasons: list[str]
    correction: Correction | None

    @property
    def author_names(self) -> list[str]:
        """Names of the persons who signed it, in order; organisations only where no person did."""
        persons = [author["name"] for author in self.authors if author.get("kind") == "person"]
        return persons or [author["name"] for author in self.authors]


def reading_for(original: Original) -> DeskReading:
    """Return the reading that counts: an editor's correction where there is one, else what was first read."""
    correction = Correction.objects.filter(original=original).select_related("rule", "by").first()
    told: Correction | Original = correction or original
    return DeskReading(
        headline=told.headline,
        standfirst=told.standfirst,
        authors=told.authors,
        language=original.language,
        published_at=told.published_at,
        body_html=told.body_html,
        body_text=told.body_text,
        is_suspect=bool(correction.reasons) if correction else original.is_suspect,
        reasons=told.reasons,
        correction=correction,
    )
