"""The pictures of the sample newsroom, drawn by code: `draw(name)` gives a JPEG of 1600 by 900 pixels.

To add one, write a function that takes a name and returns a Canvas in one of the scenes files, give it its
name here, and describe it in newsroom.json (alternative text and credit in each language).
"""

from collections.abc import Callable

from dateline.exchange.sample import scenes_land, scenes_sea, scenes_town
from dateline.exchange.sample.canvas import Canvas

SCENES: dict[str, Callable[[str], Canvas]] = {
    "harbour-dawn": scenes_sea.harbour_dawn,
    "ferry-night": scenes_sea.ferry_night,
    "lighthouse": scenes_sea.lighthouse,
    "tide-turbine": scenes_sea.tide_turbine,
    "marsh": scenes_land.marsh,
    "cranes": scenes_land.cranes,
    "mountains": scenes_land.mountains,
    "snow-pass": scenes_land.snow_pass,
    "wheat-plain": scenes_land.wheat_plain,
    "dry-well": scenes_land.dry_well,
    "stone-bridge": scenes_land.stone_bridge,
    "tunnel": scenes_land.tunnel,
    "city-night": scenes_town.city_night,
    "market": scenes_town.market,
    "reading-room": scenes_town.reading_room,
    "letterpress": scenes_town.letterpress,
    "portrait-captain": scenes_town.portrait_captain,
    "portrait-pilot": scenes_town.portrait_pilot,
}


class NoSuchPicture(KeyError):
    """No scene of this name is drawn here."""


def draw(name: str) -> bytes:
    """Return the picture as JPEG, the same bytes each time. Raises NoSuchPicture where there is none."""
    if name not in SCENES:
        raise NoSuchPicture(f"no picture {name!r}; there are: {', '.join(sorted(SCENES))}")
    return SCENES[name](name).jpeg()
