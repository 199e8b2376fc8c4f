"""Through whose hands a sentence goes before it is approved. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

TRANSLATED = "translated"
REVISED = "revised"
APPROVED = "approved"

TRANSLATOR = "translator"
REVISER = "reviser"
LANGUAGE_EDITOR = "language-editor"


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Who is on a job, by number. needs_two: the site demands that two people have looked at each sentence."""

    translator: int | None = None
    reviser: int | None = None
    language_editor: int | None = None
    needs_two: bool = False

    @property
    def steps(self) -> tuple[str, ...]:
        """Where a sentence stands after each reading, the last of which approves it."""
        has_reviser = self.needs_two or self.reviser is not None
        has_editor = self.language_editor is not None
        first = (TRANSLATED,) if has_reviser or has_editor else ()
        second = (REVISED,) if has_reviser and has_editor else ()
        return (*first, *second, APPROVED)


def after(state: str, *, by: int | None, first: int | None, staff: Staff) -> str:
    """Return where a sentence stands once `by` has stood for its words; where it stood, if that needs another person.

    first: the first pair of eyes, who wrote the words or stood for them first; None where nobody has looked yet.
    A second person's reading is a later step, whether or not the first one stood for the words.
    """
    steps = staff.steps
    is_another = first is not None and by != first
    if len(steps) == 1:
        return APPROVED
    if state in steps:
        return steps[min(steps.index(state) + 1, len(steps) - 1)] if is_another else state
    return steps[1] if is_another else steps[0]


def role(by: int | None, *, first: int | None, staff: Staff) -> str:
    """Return in which capacity somebody acts on a sentence; empty for nobody."""
    if by is None:
        return ""
    if by == staff.language_editor:
        return LANGUAGE_EDITOR
    if by == staff.reviser:
        return REVISER
    is_second = first is not None and by not in _translators(staff, first)
    return REVISER if is_second else TRANSLATOR


def waits_for(state: str, *, staff: Staff) -> str:
    """Return the role that a sentence waits for: translator, reviser, language editor, or nobody once approved."""
    steps = staff.steps
    if state == APPROVED:
        return ""
    if state not in steps:
        return TRANSLATOR
    is_last = steps.index(state) == len(steps) - 2
    return LANGUAGE_EDITOR if is_last and staff.language_editor is not None else REVISER


def _translators(staff: Staff, first: int) -> Collection[int]:
    return {one for one in (first, staff.translator) if one is not None}
