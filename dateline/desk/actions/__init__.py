"""Verbs of the newsroom's workbench."""

from dateline.desk.actions.picking import (
    AlreadyPicked,
    DoesNotCover,
    NeedsNoPermission,
    NoSuchLanguage,
    OtherPermission,
    cover_by_agreement,
    cover_by_grant,
    cover_by_permission,
    note_refusal_seen,
    pick_as_reprint,
    pick_as_translation,
    route_label,
    spike,
    try_entry_again,
    unspike,
)

__all__ = [
    "AlreadyPicked",
    "DoesNotCover",
    "NeedsNoPermission",
    "NoSuchLanguage",
    "OtherPermission",
    "cover_by_agreement",
    "cover_by_grant",
    "cover_by_permission",
    "note_refusal_seen",
    "pick_as_reprint",
    "pick_as_translation",
    "route_label",
    "spike",
    "try_entry_again",
    "unspike",
]
