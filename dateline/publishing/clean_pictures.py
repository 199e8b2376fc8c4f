"""Pictures are opened without what their makers' machines wrote into them: place, time, camera, owner.

Willow keeps EXIF when it saves. Here a picture is turned upright by its EXIF when it is opened, and then
forgets everything but its colour profile, so that no size of it can ever show where it was taken.
"""

from typing import Any, Final

from PIL import Image, ImageOps
from willow.image import ImageFile
from willow.plugins.pillow import PillowImage
from willow.registry import registry

# Read before a pixel is decoded: a small file may hold a wall of them. 40 megapixels are a newspaper's largest.
MOST_PIXELS: Final = 40_000_000
# The other formats that Pillow knows are seldom pictures for a paper, and often traps.
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_KEPT = frozenset({"icc_profile", "transparency", "duration", "loop", "background", "gamma"})


def open_without_metadata(image_file: Any) -> PillowImage:
    """Return a Willow image of a file with nothing but its pixels and colour profile."""
    image_file.f.seek(0)
    opened = Image.open(image_file.f, formats=FORMATS)
    if opened.width * opened.height > MOST_PIXELS:
        raise Image.DecompressionBombError(
            f"{opened.width} × {opened.height} pixels are more than {MOST_PIXELS}."
        )
    opened.load()
    if getattr(opened, "is_animated", False):
        upright: Image.Image = opened
    else:
        upright = ImageOps.exif_transpose(opened)
    upright.info = {name: value for name, value in upright.info.items() if name in _KEPT}
    upright.getexif().clear()
    return PillowImage(upright)


def sign_in() -> None:
    """Let every file that Willow opens with Pillow be opened so."""
    for from_class, to_class in list(registry._registered_converters):  # it has no public list
        if to_class is PillowImage and issubclass(from_class, ImageFile):
            registry.register_converter(from_class, PillowImage, open_without_metadata)
