"""Time zones by their IANA names."""

from zoneinfo import available_timezones


def zone_choices() -> list[tuple[str, str]]:
    """Return all zones as choices, sorted."""
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones())]


def is_zone(name: str) -> bool:
    """Is there a zone of this name?"""
    return name in available_timezones()
