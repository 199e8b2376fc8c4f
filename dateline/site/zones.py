"""Time zones by their IANA names."""

from zoneinfo import available_timezones


def zone_choices() -> list[tuple[str, str]]:
    """Return the zones that are places, and UTC, as choices, sorted."""
    return [(name, name.replace("_", " ")) for name in zone_names()]


def zone_names() -> list[str]:
    """Return their names. Offsets without a place and the machine's own ("localtime") are no zones to choose."""
    return ["UTC", *sorted(name for name in available_timezones() if _is_a_place(name))]


def _is_a_place(name: str) -> bool:
    area, _slash, place = name.partition("/")
    return bool(place) and area not in {
        "Etc",
        "SystemV",
        "posix",
        "right",
        "US",
        "Canada",
        "Mexico",
        "Brazil",
        "Chile",
    }


def is_zone(name: str) -> bool:
    """Is there a zone of this name?"""
    return name in available_timezones()
