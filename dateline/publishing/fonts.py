"""Which font files a page shows at once."""

from dateline.lib.scripts import script_of

_FIRST_FONTS = {
    "Latn": ("serif-lat", "sans-lat"),
    "Cyrl": ("serif-cyr", "sans-cyr"),
    "Arab": ("naskh", "vazir"),
    "Hebr": ("hebrew",),
    "Armn": ("armenian",),
    "Geor": ("georgian",),
}


def first_fonts(language: str) -> tuple[str, ...]:
    """Return the font files that a page in this language shows at once; empty where the reader's own serve."""
    return _FIRST_FONTS.get(script_of(language), ())
