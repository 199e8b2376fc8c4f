"""Verbs of the translation desk. Each writes in one transaction and leaves a person's words alone."""

from dateline.translation.actions.aligning import (
    CannotAlign,
    add_segment,
    merge_with_next,
    move_block,
    omit_segment,
    remove_added,
    set_adapted,
    set_paragraph,
    split_segment,
    take_in,
)
from dateline.translation.actions.approving import (
    Approval,
    Blocked,
    CannotApprove,
    GoneAtSource,
    MarksLost,
    NeedsAnother,
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
    CannotFinish,
    FindingsOpen,
    SegmentsOpen,
    compose_article,
    finish_job,
)
from dateline.translation.actions.marking import mark_quality, unmark_quality
from dateline.translation.actions.purging import purge_memory
from dateline.translation.actions.source_changes import (
    NotGone,
    keep_gone,
    leave_out_gone,
    publish_correction,
    say_no_change_needed,
)
from dateline.translation.actions.staffing import OnePersonTwice, assign_people
from dateline.translation.actions.starting import (
    AlreadyStarted,
    NotATranslation,
    ask_for_drafts,
    start_job,
)
from dateline.translation.actions.starting_own import HasVersion, NotOurLanguage, start_own_job

__all__ = [
    "AlreadyStarted",
    "Approval",
    "Blocked",
    "CannotAlign",
    "CannotApprove",
    "CannotFinish",
    "FindingsOpen",
    "GoneAtSource",
    "HasVersion",
    "MarksLost",
    "NeedsAnother",
    "NotATranslation",
    "NotGone",
    "NotOurLanguage",
    "NothingToApprove",
    "OnePersonTwice",
    "Refusal",
    "SegmentChanged",
    "SegmentsOpen",
    "add_segment",
    "approve_all",
    "approve_segment",
    "ask_for_drafts",
    "assign_people",
    "compose_article",
    "draft_job",
    "faults_in_words",
    "finish_job",
    "keep_gone",
    "leave_out_gone",
    "mark_quality",
    "merge_with_next",
    "move_block",
    "omit_segment",
    "publish_correction",
    "purge_memory",
    "remove_added",
    "save_segment",
    "say_no_change_needed",
    "set_adapted",
    "set_paragraph",
    "split_segment",
    "start_job",
    "start_own_job",
    "take_in",
    "unapprove",
    "unmark_quality",
]
