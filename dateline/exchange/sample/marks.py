"""The publication's marks, drawn by code: a half-filled square, alone and beside the name.

`logo-light` is for light ground, `logo-dark` for dark ground, `logo-small` for narrow screens, `icon` for
browser tabs: PNG, the logos on clear ground.
"""

import io

from PIL import Image, ImageDraw, ImageFont

Ink = tuple[int, int, int, int]

DARK_INK: Ink = (22, 22, 24, 255)
LIGHT_INK: Ink = (244, 242, 236, 255)
CLEAR: Ink = (0, 0, 0, 0)
NAME = "The Velmora Digest"
MARKS = ("logo-light", "logo-dark", "logo-small", "icon")
SMOOTH = 4  # drawn this much larger, then reduced


class NoSuchMark(KeyError):
    """No mark of this name is drawn here."""


def draw_mark(name: str) -> bytes:
    """Return a mark as PNG, the same bytes each time. Raises NoSuchMark where there is none."""
    match name:
        case "logo-light":
            return _png(_logo(DARK_INK))
        case "logo-dark":
            return _png(_logo(LIGHT_INK))
        case "logo-small":
            return _png(_square(96, ink=DARK_INK, ground=CLEAR, margin=6))
        case "icon":
            return _png(_square(512, ink=DARK_INK, ground=LIGHT_INK, margin=96))
    raise NoSuchMark(f"no mark {name!r}; there are: {', '.join(MARKS)}")


def _logo(ink: Ink) -> Image.Image:
    """Return the square and the name beside it, 120 pixels high."""
    font = ImageFont.load_default(84 * SMOOTH)
    weight = 2 * SMOOTH
    wide = round(font.getlength(NAME)) + 2 * weight
    sheet = Image.new("RGBA", (132 * SMOOTH + wide, 120 * SMOOTH), (*ink[:3], 0))
    _half_filled(ImageDraw.Draw(sheet), x=10 * SMOOTH, y=16 * SMOOTH, side=88 * SMOOTH, ink=ink)
    ImageDraw.Draw(sheet).text(
        (124 * SMOOTH, 60 * SMOOTH),
        NAME,
        font=font,
        fill=ink,
        anchor="lm",
        stroke_width=weight,
        stroke_fill=ink,
    )
    return sheet.resize((sheet.width // SMOOTH, sheet.height // SMOOTH), Image.Resampling.LANCZOS)


def _square(side: int, *, ink: Ink, ground: Ink, margin: int) -> Image.Image:
    sheet = Image.new("RGBA", (side * SMOOTH, side * SMOOTH), (*ink[:3], 0) if ground == CLEAR else ground)
    edge = (side - 2 * margin) * SMOOTH
    _half_filled(ImageDraw.Draw(sheet), x=margin * SMOOTH, y=margin * SMOOTH, side=edge, ink=ink)
    return sheet.resize((side, side), Image.Resampling.LANCZOS)


def _half_filled(pen: ImageDraw.ImageDraw, *, x: int, y: int, side: int, ink: Ink) -> None:
    """Draw the mark: a square whose left half is full, as a translation stands beside its original."""
    pen.rectangle([x, y, x + side, y + side], outline=ink, width=side // 11)
    pen.rectangle([x, y, x + side // 2, y + side], fill=ink)


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
