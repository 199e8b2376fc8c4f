"""Verbs of the translation desk. Each writes in one transaction and leaves a person's words alone."""

from dateline.translation.actions.approving import (
    Approval,
    Blocked,
    CannotApprove,
    MarksLost,
    NothingToApprove,
    Refusal,
    SegmentChanged,
    approve_all,
    approve_segment,
    faults_in_words,
    save_segment,
    unapprove,
)
from dateline.translation.actions.drafting import (
    draft_job,
)
from dateline.translation.actions.finishing import (
    SegmentsOpen,
    compose_article,
    finish_job,
)
from dateline.translation.actions.purging import purge_memory
from dateline.translation.actions.starting import (
    AlreadyStarted,
    NotATranslation,
    ask_for_drafts,
    start_job,
)

__all__ = [
    "AlreadyStarted",
    "Approval",
    "Blocked",
    "CannotApprove",
    "MarksLost",
    "NotATranslation",
    "NothingToApprove",
    "Refusal",
    "SegmentChanged",
    "SegmentsOpen",
    "approve_all",
    "approve_segment",
    "ask_for_drafts",
    "compose_article",
    "draft_job",
    "faults_in_words",
    "finish_job",
    "purge_memory",
    "save_segment",
    "start_job",
    "unapprove",
]
