"""The nouns of the workbench: what was decided about originals, and who works on what."""

from dateline.desk.models.assignment import Assignment, DeskStep
from dateline.desk.models.comment import Comment, Mention
from dateline.desk.models.findable import Findable
from dateline.desk.models.gist import Gist
from dateline.desk.models.picks import LabelRoute, Pick, Spike
from dateline.desk.models.saved_filter import SavedFilter
from dateline.desk.models.seen import Seen, SeenThrough
from dateline.desk.models.standing_rule import Notice, StandingRule
from dateline.desk.models.submitted_picture import SubmittedPicture
from dateline.desk.models.writing import Idea, Submission

__all__ = [
    "Assignment",
    "Comment",
    "DeskStep",
    "Findable",
    "Gist",
    "Idea",
    "LabelRoute",
    "Mention",
    "Notice",
    "Pick",
    "SavedFilter",
    "Seen",
    "SeenThrough",
    "Spike",
    "StandingRule",
    "Submission",
    "SubmittedPicture",
]
