"""What the desk and the command ask about outlets, their channels and their hosts."""

from dateline.sources.queries.health import NEVER_DROPPED, Health, health
from dateline.sources.queries.history import Day, history
from dateline.sources.queries.outlets import NoSuchOutlet, channel_at, outlet_called
from dateline.sources.queries.robots import ROBOTS_AGENT, RobotsWord, robots_word

__all__ = [
    "NEVER_DROPPED",
    "ROBOTS_AGENT",
    "Day",
    "Health",
    "NoSuchOutlet",
    "RobotsWord",
    "channel_at",
    "health",
    "history",
    "outlet_called",
    "robots_word",
]
