"""A canvas for flat landscapes: gradients, ridges, light, water and shapes with smooth edges.

Lengths and places are in pixels of the finished picture, colours are (red, green, blue) of 0 to 255. All
chance comes from the picture's name, so that a picture is the same each time it is drawn.
"""

import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 900
ROCKY = 3  # from this detail on, ridges have sharp edges
SMOOTH = 2  # shapes are drawn this much larger, then reduced

Colour = tuple[int, int, int]
Place = tuple[float, float]
Floats = NDArray[np.float32]


class Pen:
    """Draws shapes on a clear sheet that is laid over the canvas."""

    def __init__(self, sheet: Image.Image) -> None:
        self._draw = ImageDraw.Draw(sheet)

    def polygon(self, places: Sequence[Place], colour: Colour, opacity: float = 1) -> None:
        self._draw.polygon([(x * SMOOTH, y * SMOOTH) for x, y in places], fill=_ink(colour, opacity))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: Colour,
        *,
        opacity: float = 1,
        round_by: float = 0,
    ) -> None:
        corners = [x * SMOOTH, y * SMOOTH, (x + width) * SMOOTH - 1, (y + height) * SMOOTH - 1]
        self._draw.rounded_rectangle(corners, round_by * SMOOTH, fill=_ink(colour, opacity))

    def disc(
        self, x: float, y: float, radius: float, colour: Colour, *, opacity: float = 1, tall: float = 1
    ) -> None:
        """Draw an ellipse around a place; `tall` is its height over its width."""
        high = radius * tall
        self._draw.ellipse(
            [(x - radius) * SMOOTH, (y - high) * SMOOTH, (x + radius) * SMOOTH, (y + high) * SMOOTH],
            fill=_ink(colour, opacity),
        )

    def line(self, places: Sequence[Place], colour: Colour, *, width: float = 2, opacity: float = 1) -> None:
        scaled = [(x * SMOOTH, y * SMOOTH) for x, y in places]
        self._draw.line(
            scaled, fill=_ink(colour, opacity), width=max(1, round(width * SMOOTH)), joint="curve"
        )


class Canvas:
    """One picture in the making, from back to front."""

    def __init__(self, name: str, *sky: Colour) -> None:
        """Start with a sky: its colours from top to bottom, evenly spaced."""
        self.chance = np.random.default_rng(zlib.crc32(name.encode()))
        self._y, self._x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        self.pixels = np.empty((HEIGHT, WIDTH, 3), dtype=np.float32)
        self.pixels[:] = _gradient(sky, HEIGHT)[:, None, :]

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.6) -> None:
        """Lay a soft light around a place."""
        light = np.exp(-((np.hypot(self._x - x, self._y - y) / radius) ** 2)) * strength
        self._mix(light, np.array(colour, dtype=np.float32))

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Draw a sun or a moon."""
        edge = np.clip(radius - np.hypot(self._x - x, self._y - y), 0, 1)
        self._mix(edge, np.array(colour, dtype=np.float32))

    def ridge(
        self,
        base: float,
        height: float,
        colour: Colour,
        *,
        foot: Colour | None = None,
        detail: int = 3,
        depth: float = 260,
    ) -> Floats:
        """Fill everything below a rough line; return the line's height at each column.

        foot: the colour that it fades to, `depth` pixels below the line. detail: 1 is smooth, 4 is rocky.
        """
        line = (base + height * self._rough(detail)).astype(np.float32)
        first = min(HEIGHT, max(0, int(line.min())))
        deep = self._y[first:] - line[None, :]
        fade = np.clip(deep / depth, 0, 1)[..., None]
        top, bottom = np.array(colour, dtype=np.float32), np.array(foot or colour, dtype=np.float32)
        self._mix(np.clip(deep, 0, 1), top + (bottom - top) * fade, first=first)
        return line

    def water(
        self, level: int, tint: Colour, *, shade: tuple[float, float] = (0.15, 0.55), wave: float = 1
    ) -> None:
        """Mirror what is above the level, broken by ripples and tinted more towards the viewer."""
        deep = HEIGHT - level
        mirror = self.pixels[max(0, level - deep) : level][::-1]
        mirror = np.pad(mirror, ((0, deep - mirror.shape[0]), (0, 0), (0, 0)), mode="edge")
        for row in range(deep):
            swing = self.chance.normal() * 2 + 3 * np.sin(row * 0.35)
            self.pixels[level + row] = np.roll(
                mirror[row], int(swing * wave * (0.3 + row / deep * 2.5)), axis=0
            )
        share = np.linspace(*shade, deep)[:, None, None]
        self.pixels[level:] = self.pixels[level:] * (1 - share) + np.array(tint) * share

    def haze(self, y: float, thick: float, colour: Colour, strength: float = 0.5) -> None:
        """Lay a band of mist at a height."""
        self._mix(np.exp(-(((self._y - y) / thick) ** 2)) * strength, np.array(colour, dtype=np.float32))

    def vignette(self, strength: float = 0.18) -> None:
        """Darken the corners a little."""
        far = np.hypot((self._x - WIDTH / 2) / WIDTH, (self._y - HEIGHT / 2) / HEIGHT)
        self.pixels *= 1 - strength * np.clip(far * 1.4, 0, 1)[..., None] ** 2

    def stars(self, count: int, lowest: float) -> None:
        """Scatter stars over the sky, none below the lowest height."""
        with self.pen() as pen:
            for _ in range(count):
                place = self.chance.uniform(0, WIDTH), self.chance.uniform(0, lowest)
                size, light = self.chance.uniform(0.6, 1.7), self.chance.uniform(0.25, 0.85)
                pen.disc(*place, size, (226, 232, 244), opacity=light)

    def once_in(self, share: float) -> bool:
        """Return True by chance, in this share of cases."""
        return bool(self.chance.random() < share)

    @contextmanager
    def pen(self) -> Iterator[Pen]:
        """Give a pen; what it drew is laid over the canvas at the end."""
        sheet = Image.new("RGBA", (WIDTH * SMOOTH, HEIGHT * SMOOTH))
        yield Pen(sheet)
        self._lay(sheet)

    def jpeg(self) -> bytes:
        """Return the finished picture: a fine grain keeps gradients from showing bands."""
        grain = self.chance.standard_normal((HEIGHT, WIDTH, 1), dtype=np.float32) * 1.6
        pixels = np.clip(self.pixels + grain, 0, 255).astype(np.uint8)
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "JPEG", quality=84, optimize=True, progressive=True)
        return file.getvalue()

    def _lay(self, sheet: Image.Image) -> None:
        """Lay a sheet over the canvas, where there is anything on it."""
        drawn = sheet.convert("RGBa").reduce(SMOOTH)
        left, top, right, bottom = drawn.getbbox() or (0, 0, 0, 0)
        inks = np.asarray(drawn.crop((left, top, right, bottom)), dtype=np.float32)
        under = self.pixels[top:bottom, left:right]
        under *= 1 - inks[..., 3:] / 255
        under += inks[..., :3]

    def _mix(self, share: Floats, colour: Floats, *, first: int = 0) -> None:
        """Move the pixels towards a colour, from the first row down, each by its share."""
        rows = self.pixels[first:]
        rows += (colour - rows) * share[..., None]

    def _rough(self, detail: int) -> NDArray[np.float64]:
        """Return a line of WIDTH values around zero, from a few broad swings down to small teeth."""
        across, line = np.linspace(0, 1, WIDTH), np.zeros(WIDTH)
        for size, knots in enumerate((3, 7, 15, 34, 70)[: detail + 1]):
            swings = self.chance.uniform(-1, 1, knots + 2)
            line += 0.5**size * np.interp(across * (knots + 1), np.arange(knots + 2), swings)
        soft = np.ones(41 if detail < ROCKY else 11)
        reach = len(soft) // 2
        return np.convolve(np.pad(line, reach, mode="edge"), soft / soft.sum(), "valid")


def _gradient(colours: Sequence[Colour], steps: int) -> Floats:
    along, stops = np.linspace(0, 1, steps), np.linspace(0, 1, len(colours))
    return np.stack(
        [np.interp(along, stops, [colour[part] for colour in colours]) for part in range(3)], axis=1
    )


def _ink(colour: Colour, opacity: float) -> tuple[int, int, int, int]:
    return (*colour, round(255 * opacity))
