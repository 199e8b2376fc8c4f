"""Logos that are what they say: pixels, drawn anew, without anything else that the file may have carried. Pure."""

import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS: Final = 16_000_000
LONGEST_SIDE: Final = 2000


class NotAPicture(ValueError):
    """The file is no picture made of pixels, or one that is too large to open."""


@dataclass(frozen=True)
class Redrawn:
    """A picture drawn anew. suffix: the end of its file's name, with the dot."""

    data: bytes
    suffix: str


def redrawn(data: bytes) -> Redrawn:
    """Return the pixels of a picture as a new file, at most 2000 pixels a side. Raises NotAPicture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _drawn(data)
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Warning,
        Image.DecompressionBombError,
    ) as error:
        raise NotAPicture(str(error)) from error


def _drawn(data: bytes) -> Redrawn:
    picture = Image.open(io.BytesIO(data), formats=FORMATS)
    if picture.width * picture.height > MOST_PIXELS:
        raise NotAPicture(f"{picture.width} × {picture.height}")
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _as_jpeg(upright) if picture.format == "JPEG" else _as_png(upright)


def _as_jpeg(picture: Image.Image) -> Redrawn:
    out = io.BytesIO()
    _bare(picture, "RGB").save(out, "JPEG", quality=90)
    return Redrawn(out.getvalue(), ".jpg")


def _as_png(picture: Image.Image) -> Redrawn:
    out = io.BytesIO()
    _bare(picture, "RGBA").save(out, "PNG", optimize=True)
    return Redrawn(out.getvalue(), ".png")


def _bare(picture: Image.Image, mode: str) -> Image.Image:
    bare = picture.convert(mode)
    bare.info.clear()
    bare.getexif().clear()
    return bare
