"""The outlets we watch, and by which channels."""

from dateline.sources.models.channel import Channel, ChannelQuerySet
from dateline.sources.models.outlet import Outlet, validate_web_address

__all__ = ["Channel", "ChannelQuerySet", "Outlet", "validate_web_address"]
