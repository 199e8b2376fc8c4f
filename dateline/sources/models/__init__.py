"""The outlets we watch, and by which channels."""

from dateline.sources.models.channel import Channel, ChannelQuerySet
from dateline.sources.models.contact import Contact
from dateline.sources.models.directory import DirectoryEntry
from dateline.sources.models.imported_list import ImportedList
from dateline.sources.models.outlet import Outlet, validate_web_address

__all__ = [
    "Channel",
    "ChannelQuerySet",
    "Contact",
    "DirectoryEntry",
    "ImportedList",
    "Outlet",
    "validate_web_address",
]
