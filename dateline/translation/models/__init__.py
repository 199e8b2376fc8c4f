"""A piece on the translation desk: its segments, the memory that they leave, and the house's words."""

from dateline.translation.models.at_work import AtWork
from dateline.translation.models.finding import Ignored, IgnoredInWhole
from dateline.translation.models.glossary import Term, TermForm, TermIdea
from dateline.translation.models.job import Job
from dateline.translation.models.machine_answer import MachineAnswer
from dateline.translation.models.machine_call import MachineCall, MachineMeter
from dateline.translation.models.memory import MemoryPair, MemoryUnit
from dateline.translation.models.memory_import import MemoryImport
from dateline.translation.models.posting import MemoryNews, MemoryPosting
from dateline.translation.models.quality import QualityMark
from dateline.translation.models.segment import Segment
from dateline.translation.models.segment_version import SegmentVersion
from dateline.translation.models.source_change import SourceChange
from dateline.translation.models.suggestion import Suggestion

__all__ = [
    "AtWork",
    "Ignored",
    "IgnoredInWhole",
    "Job",
    "MachineAnswer",
    "MachineCall",
    "MachineMeter",
    "MemoryImport",
    "MemoryNews",
    "MemoryPair",
    "MemoryPosting",
    "MemoryUnit",
    "QualityMark",
    "Segment",
    "SegmentVersion",
    "SourceChange",
    "Suggestion",
    "Term",
    "TermForm",
    "TermIdea",
]
