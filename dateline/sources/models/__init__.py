"""The outlets we watch, and by which channels."""

from dateline.sources.models.channel import Channel, ChannelQuerySet
from dateline.sources.models.check import Check, CheckDay
from dateline.sources.models.contact import Contact
from dateline.sources.models.directory import DirectoryEntry
from dateline.sources.models.host import Host
from dateline.sources.models.imported_list import ImportedList
from dateline.sources.models.outlet import Outlet, validate_web_address
from dateline.sources.models.subscription import Subscription, SubscriptionQuerySet

__all__ = [
    "Channel",
    "ChannelQuerySet",
    "Check",
    "CheckDay",
    "Contact",
    "DirectoryEntry",
    "Host",
    "ImportedList",
    "Outlet",
    "Subscription",
    "SubscriptionQuerySet",
    "validate_web_address",
]
