"""The pictures of the sample newsroom, drawn by code: `draw(name)` gives a JPEG of 1600 by 900 pixels.

To add one, write a function that takes a name and returns a Canvas, sign it with `@scene("its-name")`, and
describe it in newsroom.json (alternative text and credit in each language).
"""

from collections.abc import Callable
from math import cos, pi, sin

from dateline.exchange.sample.canvas import HEIGHT, WIDTH, Canvas, Colour, Pen

Scene = Callable[[str], Canvas]
SCENES: dict[str, Scene] = {}


class NoSuchPicture(KeyError):
    """No scene of this name is drawn here."""


def draw(name: str) -> bytes:
    """Return the picture as JPEG, the same bytes each time. Raises NoSuchPicture where there is none."""
    if name not in SCENES:
        raise NoSuchPicture(f"no picture {name!r}; there are: {', '.join(sorted(SCENES))}")
    return SCENES[name](name).jpeg()


def scene(name: str) -> Callable[[Scene], Scene]:
    """Sign a scene in under its name."""

    def sign(paint: Scene) -> Scene:
        SCENES[name] = paint
        return paint

    return sign


# Shapes that several scenes share.


def _ferry(pen: Pen, x: float, y: float, size: float, *, lit: bool) -> None:
    """Draw the Halcyon with her keel's left end at a place; `size` is a tenth of her length."""
    hull, house, glass = ((24, 32, 40), (232, 230, 222), (50, 64, 74))
    if lit:
        hull, house, glass = ((10, 15, 24), (58, 70, 86), (255, 214, 132))
    s = size
    pen.polygon(
        [(x - 0.3 * s, y), (x + 10.2 * s, y), (x + 9.2 * s, y + 1.3 * s), (x + 0.8 * s, y + 1.3 * s)], hull
    )
    pen.box(x + 1.4 * s, y - 1.15 * s, 7 * s, 1.2 * s, house)
    upper = (214, 212, 205) if not lit else (44, 55, 70)
    pen.box(x + 2.4 * s, y - 2.05 * s, 4.3 * s, 0.92 * s, upper)
    pen.box(x + 5.6 * s, y - 2.7 * s, 1 * s, 0.68 * s, house)
    pen.polygon(
        [
            (x + 3.5 * s, y - 2 * s),
            (x + 4.6 * s, y - 2 * s),
            (x + 4.5 * s, y - 3.4 * s),
            (x + 3.6 * s, y - 3.4 * s),
        ],
        (176, 36, 32) if not lit else (104, 28, 32),
    )
    pen.line([(x + 7.6 * s, y - 1.1 * s), (x + 7.6 * s, y - 3.6 * s)], hull, width=0.08 * s)
    pen.line([(x - 0.1 * s, y + 0.35 * s), (x + 9.9 * s, y + 0.35 * s)], (176, 36, 32), width=0.1 * s)
    for window in range(10):
        pen.box(x + (1.75 + window * 0.65) * s, y - 0.8 * s, 0.34 * s, 0.4 * s, glass)
    for window in range(5):
        pen.box(x + (2.75 + window * 0.72) * s, y - 1.75 * s, 0.4 * s, 0.32 * s, glass)


def _stars(canvas: Canvas, count: int, lowest: float) -> None:
    with canvas.pen() as pen:
        for _ in range(count):
            x, y = canvas.chance.uniform(0, WIDTH), canvas.chance.uniform(0, lowest)
            pen.disc(
                x,
                y,
                canvas.chance.uniform(0.6, 1.7),
                (226, 232, 244),
                opacity=canvas.chance.uniform(0.25, 0.85),
            )


def _cloud(pen: Pen, x: float, y: float, width: float, colour: Colour, opacity: float) -> None:
    pen.box(x, y, width, width * 0.09, colour, opacity=opacity, round_by=width * 0.045)
    pen.box(
        x + width * 0.18,
        y - width * 0.05,
        width * 0.5,
        width * 0.1,
        colour,
        opacity=opacity,
        round_by=width * 0.05,
    )
    pen.box(
        x + width * 0.42,
        y + width * 0.05,
        width * 0.7,
        width * 0.07,
        colour,
        opacity=opacity,
        round_by=width * 0.035,
    )


def _reeds(canvas: Canvas, pen: Pen, *, base: float, count: int, tall: float, colour: Colour) -> None:
    for _ in range(count):
        x, lean = canvas.chance.uniform(-20, WIDTH + 20), canvas.chance.normal(0, 14)
        top = base - tall * canvas.chance.uniform(0.55, 1)
        pen.line([(x, HEIGHT + 5), (x + lean * 0.4, (HEIGHT + top) / 2), (x + lean, top)], colour, width=2.4)
        if canvas.chance.random() < 0.3:
            pen.line([(x + lean, top), (x + lean * 1.15, top - 26)], (92, 66, 44), width=7)


# The scenes.


@scene("harbour-dawn")
def _harbour_dawn(name: str) -> Canvas:
    canvas = Canvas(name, (92, 128, 156), (168, 178, 180), (240, 208, 168), (236, 206, 170))
    canvas.glow(1120, 400, 380, (255, 206, 140), 0.7)
    canvas.disc(1120, 404, 30, (255, 249, 232))
    canvas.ridge(455, 84, (136, 150, 162), foot=(196, 186, 172))
    canvas.ridge(520, 58, (96, 116, 130), foot=(140, 146, 150))
    canvas.ridge(574, 22, (52, 72, 84), foot=(64, 84, 96), detail=4)
    with canvas.pen() as pen:
        pen.polygon([(0, 572), (330, 580), (352, 598), (0, 602)], (40, 54, 64))
        pen.box(304, 528, 14, 54, (226, 222, 210))
        pen.box(301, 516, 20, 14, (176, 36, 32))
        _ferry(pen, 620, 566, 37, lit=False)
    canvas.water(602, (70, 96, 118))
    with canvas.pen() as pen:
        for y, x, width in ((640, 560, 520), (668, 700, 420), (720, 380, 640), (790, 820, 560)):
            pen.box(x, y, width, 3, (250, 236, 210), opacity=0.22, round_by=1.5)
    return canvas


@scene("ferry-night")
def _ferry_night(name: str) -> Canvas:
    canvas = Canvas(name, (9, 15, 30), (22, 36, 60), (54, 80, 108))
    _stars(canvas, 170, 380)
    canvas.glow(1180, 190, 280, (150, 176, 208), 0.5)
    canvas.disc(1180, 190, 40, (244, 240, 222))
    canvas.ridge(430, 70, (38, 56, 78), foot=(52, 74, 98))
    canvas.ridge(490, 30, (22, 34, 52), foot=(26, 40, 60), detail=4)
    with canvas.pen() as pen:
        for _ in range(46):
            pen.disc(
                canvas.chance.uniform(60, 620),
                canvas.chance.uniform(506, 530),
                1.9,
                (255, 206, 128),
                opacity=0.85,
            )
    canvas.glow(610, 500, 230, (255, 196, 110), 0.26)
    with canvas.pen() as pen:
        _ferry(pen, 430, 512, 40, lit=True)
    canvas.water(556, (10, 18, 34), shade=(0.2, 0.7))
    with canvas.pen() as pen:
        for _ in range(120):
            y = canvas.chance.uniform(560, 890)
            spread = 16 + (y - 556) * 0.34
            x = 1180 + canvas.chance.normal(0, spread * 0.55)
            pen.box(x - spread / 2, y, spread, 2.4, (240, 236, 214), opacity=0.26, round_by=1.2)
    return canvas


@scene("marsh")
def _marsh(name: str) -> Canvas:
    canvas = Canvas(name, (150, 178, 186), (206, 214, 204), (240, 228, 202))
    canvas.glow(520, 330, 420, (255, 238, 200), 0.6)
    canvas.ridge(370, 36, (158, 174, 166), foot=(196, 200, 182), detail=2)
    canvas.ridge(420, 22, (128, 146, 116), foot=(168, 170, 128), detail=2)
    canvas.haze(450, 36, (240, 234, 214), 0.55)
    canvas.ridge(486, 14, (134, 140, 84), foot=(112, 120, 66), detail=4)
    with canvas.pen() as pen:
        channel = [
            (700, 486),
            (780, 520),
            (980, 560),
            (1010, 600),
            (860, 660),
            (560, 730),
            (420, 800),
            (430, 910),
        ]
        far = [
            (1080, 910),
            (1010, 800),
            (1130, 720),
            (1290, 650),
            (1280, 590),
            (1100, 545),
            (880, 512),
            (730, 486),
        ]
        pen.polygon(channel + far, (204, 212, 204))
        pen.polygon(
            [
                (500, 910),
                (520, 810),
                (700, 745),
                (990, 668),
                (1150, 600),
                (1170, 640),
                (1060, 712),
                (900, 800),
                (960, 910),
            ],
            (226, 226, 210),
        )
        for x, y in ((760, 700), (800, 706), (836, 698)):
            pen.disc(x, y, 9, (62, 60, 54), tall=0.55)
            pen.line([(x + 6, y - 2), (x + 12, y - 12)], (62, 60, 54), width=3)
    canvas.ridge(856, 26, (84, 94, 48), foot=(58, 68, 36), detail=4, depth=90)
    with canvas.pen() as pen:
        _reeds(canvas, pen, base=790, count=260, tall=190, colour=(96, 106, 54))
        _reeds(canvas, pen, base=830, count=300, tall=150, colour=(52, 62, 34))
    canvas.vignette()
    return canvas


@scene("cranes")
def _cranes(name: str) -> Canvas:
    canvas = Canvas(name, (62, 66, 108), (168, 110, 120), (242, 166, 112), (250, 206, 150))
    canvas.glow(480, 560, 420, (255, 214, 150), 0.7)
    canvas.disc(480, 545, 52, (255, 240, 208))
    canvas.ridge(620, 60, (120, 88, 112), foot=(190, 128, 118))
    canvas.ridge(700, 44, (78, 60, 88), foot=(120, 84, 100))
    canvas.ridge(790, 34, (34, 30, 52), foot=(26, 24, 44), detail=4)
    with canvas.pen() as pen:
        for place in range(-6, 7):
            away = abs(place)
            x = 980 - away * 66 + canvas.chance.normal(0, 5)
            y = 270 + place * (26 if place > 0 else 20) + canvas.chance.normal(0, 5)
            _crane(pen, x, y, 27 - away * 1.1, float(canvas.chance.uniform(-0.5, 0.9)))
    return canvas


def _crane(pen: Pen, x: float, y: float, size: float, beat: float) -> None:
    ink = (28, 24, 42)
    pen.polygon(
        [
            (x - size * 1.9, y + 2),
            (x - size * 0.6, y - 2.5),
            (x + size * 0.3, y - 2.5),
            (x + size * 1.7, y - 1),
            (x + size * 0.3, y + 3),
            (x - size * 0.6, y + 3),
        ],
        ink,
    )
    tip = y - size * (0.55 + beat)
    pen.polygon(
        [
            (x - size * 0.5, y),
            (x - size * 0.75, (y + tip) / 2 - 3),
            (x - size * 0.2, tip - size * 0.7),
            (x + size * 0.1, (y + tip) / 2),
            (x + size * 0.35, y),
        ],
        ink,
    )
    pen.polygon(
        [
            (x - size * 0.4, y),
            (x + size * 0.4, y - size * 0.42),
            (x + size * 1.0, tip - size * 0.3),
            (x + size * 0.35, y),
        ],
        ink,
        0.75,
    )


@scene("mountains")
def _mountains(name: str) -> Canvas:
    canvas = Canvas(name, (168, 192, 214), (220, 224, 224), (248, 238, 222))
    canvas.glow(420, 260, 360, (255, 244, 222), 0.6)
    canvas.ridge(300, 130, (184, 198, 212), foot=(226, 226, 224), detail=4)
    canvas.ridge(410, 110, (146, 168, 188), foot=(204, 212, 216))
    canvas.ridge(530, 96, (100, 128, 150), foot=(164, 180, 190))
    canvas.ridge(660, 80, (60, 86, 106), foot=(106, 130, 146))
    canvas.ridge(800, 56, (30, 48, 60), foot=(40, 60, 72), detail=4)
    return canvas


@scene("snow-pass")
def _snow_pass(name: str) -> Canvas:
    canvas = Canvas(name, (112, 128, 148), (168, 180, 194), (212, 218, 224))
    canvas.ridge(320, 150, (150, 164, 180), foot=(204, 212, 220), detail=4)
    canvas.ridge(440, 110, (118, 136, 156), foot=(214, 220, 226), detail=4, depth=200)
    canvas.haze(540, 80, (226, 230, 234), 0.7)
    canvas.ridge(600, 50, (212, 220, 228), foot=(232, 236, 240), detail=2)
    canvas.ridge(720, 40, (234, 238, 242), foot=(206, 216, 228), detail=1)
    with canvas.pen() as pen:
        pen.polygon([(800, 618), (826, 618), (1040, 910), (520, 910)], (190, 200, 214), 0.75)
        for step in range(7):
            near = (step + 1) / 7
            for side in (-1, 1):
                x, y = 812 + side * (20 + 290 * near**1.7), 616 + 270 * near**1.6
                tall, thick = 16 + 130 * near**1.5, 2 + 7 * near
                pen.box(x, y - tall, thick, tall, (196, 62, 44))
                pen.box(x, y - tall * 0.72, thick, tall * 0.2, (244, 244, 240))
        for _ in range(620):
            x, y = canvas.chance.uniform(0, WIDTH), canvas.chance.uniform(0, HEIGHT)
            pen.disc(
                x,
                y,
                canvas.chance.uniform(0.9, 4.2),
                (252, 253, 255),
                opacity=canvas.chance.uniform(0.3, 0.9),
            )
    return canvas


@scene("city-night")
def _city_night(name: str) -> Canvas:
    canvas = Canvas(name, (14, 18, 40), (40, 44, 78), (96, 78, 104))
    _stars(canvas, 90, 260)
    canvas.ridge(330, 80, (38, 42, 70), foot=(54, 54, 82))
    for row in range(6):
        _houses(canvas, base=440 + row * 42, tint=row)
    canvas.glow(800, 640, 620, (255, 186, 110), 0.16)
    canvas.water(672, (14, 18, 38), shade=(0.1, 0.6), wave=0.8)
    return canvas


def _houses(canvas: Canvas, *, base: float, tint: int) -> None:
    wall = (92 - tint * 7, 86 - tint * 7, 116 - tint * 8)
    x = -40.0 + 30 * (tint % 2)
    with canvas.pen() as pen:
        while x < WIDTH:
            wide, tall = canvas.chance.uniform(48, 104), canvas.chance.uniform(54, 104)
            hill = base - 70 * (1 - abs(x - 820) / 900)
            shade = canvas.chance.integers(-6, 7)
            pen.box(x, hill - tall, wide, tall + 250, (wall[0] + shade, wall[1] + shade, wall[2] + shade))
            if canvas.chance.random() < 0.65:
                pen.polygon(
                    [(x - 5, hill - tall), (x + wide / 2, hill - tall - 26), (x + wide + 5, hill - tall)],
                    (26, 24, 44),
                )
            for place in range(int(wide // 22)):
                for floor in range(int(tall // 34)):
                    if canvas.chance.random() < 0.5:
                        light = ((255, 208, 124), (255, 186, 96), (250, 226, 170))[canvas.chance.integers(3)]
                        pen.box(x + 9 + place * 22, hill - tall + 14 + floor * 32, 9, 14, light, opacity=0.92)
            x += wide + canvas.chance.uniform(-4, 10)


@scene("wheat-plain")
def _wheat_plain(name: str) -> Canvas:
    canvas = Canvas(name, (112, 164, 204), (178, 206, 220), (242, 234, 208))
    with canvas.pen() as pen:
        for x, y, width in ((140, 150, 360), (820, 100, 420), (1180, 250, 300), (480, 300, 240)):
            _cloud(pen, x, y, width, (252, 250, 244), 0.62)
    canvas.ridge(500, 16, (150, 168, 160), foot=(186, 190, 160), detail=2)
    with canvas.pen() as pen:
        for step in range(17):
            x = 960 + step * 26 + canvas.chance.normal(0, 4)
            tall = canvas.chance.uniform(70, 118)
            pen.disc(x, 528 - tall / 2, 9.5, (74, 96, 70), tall=tall / 19)
        pen.box(312, 470, 62, 50, (226, 214, 190))
        pen.polygon([(302, 472), (343, 438), (384, 472)], (156, 74, 54))
    canvas.ridge(526, 8, (196, 182, 116), foot=(206, 180, 100), detail=1)
    canvas.ridge(590, 14, (216, 184, 96), foot=(204, 164, 78), detail=1)
    canvas.ridge(680, 18, (200, 160, 72), foot=(182, 138, 58), detail=1)
    canvas.ridge(790, 22, (176, 132, 54), foot=(140, 100, 42), detail=1)
    with canvas.pen() as pen:
        for _ in range(520):
            x, y = canvas.chance.uniform(0, WIDTH), canvas.chance.uniform(800, 910)
            top = y - canvas.chance.uniform(40, 78)
            lean = x + canvas.chance.normal(8, 7)
            pen.line([(x, y), (lean, top)], (150, 108, 44), width=2)
            pen.disc(lean, top - 10, 4.4, (226, 188, 96), tall=3.2)
    return canvas


@scene("dry-well")
def _dry_well(name: str) -> Canvas:
    canvas = Canvas(name, (214, 186, 142), (238, 214, 168), (250, 236, 202))
    canvas.glow(1150, 170, 330, (255, 250, 226), 0.8)
    canvas.disc(1150, 170, 56, (255, 253, 240))
    canvas.ridge(470, 40, (206, 176, 132), foot=(226, 198, 154))
    canvas.ridge(540, 14, (190, 150, 100), foot=(152, 110, 70), detail=2, depth=380)
    with canvas.pen() as pen:
        _cracks(canvas, pen)
        pen.disc(640, 760, 250, (96, 66, 44), opacity=0.35, tall=0.16)
        pen.line([(470, 700), (470, 380)], (92, 62, 40), width=20)
        pen.line([(770, 700), (770, 380)], (92, 62, 40), width=20)
        pen.line([(440, 388), (800, 388)], (76, 50, 34), width=24)
        pen.disc(620, 388, 34, (112, 78, 50), tall=0.8)
        pen.line([(620, 388), (620, 560)], (70, 50, 36), width=4)
        pen.polygon([(588, 556), (652, 556), (642, 616), (598, 616)], (122, 128, 132))
        for row in range(4):
            for stone in range(8):
                x = 452 + stone * 43 + (row % 2) * 18 - 10
                grey = 148 + int(canvas.chance.integers(-14, 15)) - row * 8
                pen.box(x, 632 + row * 32, 41, 30, (grey, grey - 12, grey - 30), round_by=8)
        pen.disc(620, 634, 178, (58, 42, 32), tall=0.13)
    return canvas


def _cracks(canvas: Canvas, pen: Pen) -> None:
    for _ in range(44):
        y = 560 + 330 * canvas.chance.random() ** 0.8
        near = (y - 540) / 360
        x = canvas.chance.uniform(0, WIDTH)
        way = [(x, y)]
        for _ in range(5):
            x += canvas.chance.normal(0, 130) * (0.3 + near)
            y += canvas.chance.uniform(4, 30) * near
            way.append((x, y))
        pen.line(way, (116, 80, 50), width=1 + 2.6 * near, opacity=0.6)


@scene("market")
def _market(name: str) -> Canvas:
    canvas = Canvas(name, (176, 204, 214), (232, 224, 204), (240, 224, 196))
    with canvas.pen() as pen:
        for wall, x in (
            ((222, 196, 160), 0),
            ((204, 164, 132), 430),
            ((228, 208, 178), 800),
            ((196, 176, 160), 1200),
        ):
            pen.box(x, 120 + (x // 400) * 22, 440, 600, wall)
            for window in range(3):
                pen.box(x + 60 + window * 120, 210, 52, 86, (112, 128, 136), round_by=4)
                pen.box(x + 52 + window * 120, 296, 68, 8, (244, 236, 220))
        pen.box(0, 700, WIDTH, 200, (168, 150, 130))
    inks: tuple[Colour, ...] = ((176, 36, 32), (36, 92, 120), (72, 112, 68), (196, 132, 40))
    for stall in range(4):
        _stall(canvas, 24 + stall * 396, inks[stall])
    canvas.vignette(0.12)
    return canvas


def _stall(canvas: Canvas, x: float, ink: Colour) -> None:
    with canvas.pen() as pen:
        pen.box(x + 18, 420, 10, 320, (92, 70, 54))
        pen.box(x + 336, 420, 10, 320, (92, 70, 54))
        pen.box(x + 6, 452, 352, 150, (60, 48, 44), opacity=0.45)
        for stripe in range(9):
            colour = ink if stripe % 2 == 0 else (246, 240, 226)
            left = x + stripe * 40
            pen.polygon(
                [
                    (x + 40 + stripe * 31.5, 352),
                    (x + 71.5 + stripe * 31.5, 352),
                    (left + 40, 452),
                    (left, 452),
                ],
                colour,
            )
            pen.disc(left + 20, 452, 20, colour, tall=0.8)
        pen.box(x + 4, 600, 356, 150, (126, 92, 64))
        for crate in range(3):
            left = x + 16 + crate * 114
            pen.box(left, 606, 104, 60, (168, 128, 88), round_by=3)
            goods = ((214, 92, 52), (196, 188, 84), (150, 164, 176), (112, 140, 72), (226, 176, 72))[
                canvas.chance.integers(5)
            ]
            for ball in range(18):
                pen.disc(
                    left + 11 + (ball % 6) * 16.4,
                    608 - (ball // 6) * 10,
                    10.5,
                    _darker(goods, 14 * (ball % 3)),
                )


def _darker(colour: Colour, by: int) -> Colour:
    red, green, blue = (max(0, part - by) for part in colour)
    return red, green, blue


@scene("lighthouse")
def _lighthouse(name: str) -> Canvas:
    canvas = Canvas(name, (38, 52, 88), (112, 104, 138), (226, 158, 132), (246, 200, 160))
    _stars(canvas, 60, 240)
    canvas.ridge(560, 30, (112, 100, 130), foot=(160, 128, 140))
    canvas.water(600, (48, 58, 92), shade=(0.2, 0.7))
    with canvas.pen() as pen:
        pen.polygon([(1104, 250), (0, 60), (0, 330)], (255, 238, 186), 0.2)
        pen.polygon([(1104, 250), (0, 130), (0, 260)], (255, 244, 206), 0.22)
        pen.polygon([(1116, 250), (1600, 190), (1600, 320)], (255, 238, 186), 0.16)
    canvas.glow(1110, 250, 120, (255, 240, 196), 0.75)
    with canvas.pen() as pen:
        pen.polygon(
            [
                (700, 910),
                (760, 800),
                (860, 730),
                (960, 690),
                (1060, 668),
                (1200, 664),
                (1360, 700),
                (1600, 720),
                (1600, 910),
            ],
            (34, 34, 52),
        )
        pen.polygon(
            [(820, 910), (900, 820), (1040, 760), (1260, 744), (1600, 800), (1600, 910)], (24, 24, 40)
        )
        for band in range(5):
            low, high = 672 - band * 76, 596 - band * 76
            wide, narrow = 60 - band * 5, 55 - band * 5
            colour = (238, 232, 222) if band % 2 == 0 else (176, 46, 40)
            pen.polygon(
                [(1110 - wide, low), (1110 + wide, low), (1110 + narrow, high), (1110 - narrow, high)], colour
            )
            pen.polygon(
                [
                    (1110 + wide * 0.3, low),
                    (1110 + wide, low),
                    (1110 + narrow, high),
                    (1110 + narrow * 0.3, high),
                ],
                (30, 30, 60),
                0.25,
            )
        pen.box(1070, 284, 80, 10, (34, 34, 52))
        pen.box(1086, 224, 48, 60, (255, 240, 192), round_by=4)
        pen.polygon([(1078, 226), (1110, 192), (1142, 226)], (34, 34, 52))
        pen.box(1250, 640, 120, 66, (226, 214, 200))
        pen.polygon([(1240, 642), (1310, 602), (1380, 642)], (120, 52, 46))
        pen.box(1292, 662, 22, 26, (255, 214, 132))
    return canvas


@scene("reading-room")
def _reading_room(name: str) -> Canvas:
    canvas = Canvas(name, (58, 44, 38), (84, 62, 48), (70, 50, 40))
    with canvas.pen() as pen:
        for window in range(3):
            x = 250 + window * 420
            pen.disc(x + 130, 190, 130, (206, 220, 222))
            pen.box(x, 190, 260, 330, (206, 220, 222))
            pen.polygon(
                [(x, 520), (x, 440), (x + 90, 400), (x + 170, 430), (x + 260, 390), (x + 260, 520)],
                (142, 164, 172),
            )
            for bar in range(1, 4):
                pen.box(x + bar * 65 - 3, 62, 6, 458, (66, 50, 42))
            for bar in range(4):
                pen.box(x, 190 + bar * 84, 260, 6, (66, 50, 42))
        for column in (0, 540, 960, 1380):
            _shelf(canvas, pen, column or 40, 90)
        pen.box(0, 520, WIDTH, 20, (48, 34, 28))
        pen.polygon([(0, 690), (WIDTH, 690), (WIDTH, 910), (0, 910)], (42, 30, 26))
        for table in range(2):
            y = 650 + table * 120
            pen.box(
                60 - table * 80,
                y,
                1480 + table * 160,
                26 + table * 12,
                (128 + table * 16, 84 + table * 10, 52 + table * 4),
            )
            for lamp in range(4):
                _lamp(pen, 220 + lamp * 390 - table * 26, y, 1 + table * 0.35)
    for table in range(2):
        for lamp in range(4):
            canvas.glow(
                220 + lamp * 390 - table * 26, 640 + table * 120, 100 + table * 30, (255, 218, 140), 0.42
            )
    canvas.vignette(0.3)
    return canvas


def _shelf(canvas: Canvas, pen: Pen, x: float, y: float) -> None:
    pen.box(x - 8, y - 10, 186, 450, (46, 32, 26))
    inks: tuple[Colour, ...] = (
        (126, 44, 38),
        (44, 74, 86),
        (150, 116, 62),
        (70, 84, 56),
        (104, 72, 92),
        (196, 178, 140),
    )
    for row in range(5):
        left = x
        while left < x + 156:
            wide, tall = canvas.chance.uniform(8, 17), canvas.chance.uniform(50, 70)
            pen.box(left, y + 76 + row * 86 - tall, wide, tall, inks[canvas.chance.integers(len(inks))])
            left += wide + 1.5
        pen.box(x - 8, y + 76 + row * 86, 186, 8, (74, 52, 40))


def _lamp(pen: Pen, x: float, y: float, size: float) -> None:
    pen.box(x - 4 * size, y - 56 * size, 8 * size, 56 * size, (176, 138, 72))
    pen.box(x - 26 * size, y - 7 * size, 52 * size, 8 * size, (176, 138, 72), round_by=4)
    pen.polygon(
        [
            (x - 48 * size, y - 52 * size),
            (x - 30 * size, y - 86 * size),
            (x + 30 * size, y - 86 * size),
            (x + 48 * size, y - 52 * size),
        ],
        (38, 106, 78),
    )
    pen.box(x - 46 * size, y - 54 * size, 92 * size, 5 * size, (255, 236, 176))


@scene("stone-bridge")
def _stone_bridge(name: str) -> Canvas:
    canvas = Canvas(name, (158, 188, 196), (214, 222, 204), (240, 232, 204))
    canvas.ridge(330, 80, (140, 164, 150), foot=(184, 196, 168))
    canvas.ridge(450, 50, (96, 126, 88), foot=(120, 146, 98))
    with canvas.pen() as pen:
        stone, shade = (190, 174, 150), (120, 106, 92)
        pen.polygon(
            [(0, 470), (400, 430), (800, 404), (1200, 430), (1600, 470), (1600, 640), (0, 640)], stone
        )
        for row in range(6):
            for block in range(28):
                x = block * 60 + (row % 2) * 30 - 20
                y = 436 + row * 34 + abs(x - 800) * 0.055
                tone = int(canvas.chance.integers(-10, 11))
                pen.box(x, y, 57, 31, (188 + tone, 172 + tone, 148 + tone), round_by=3)
        for centre, radius in ((800, 190), (360, 140), (1240, 140)):
            pen.disc(centre, 642, radius + 22, shade)
            pen.disc(centre, 642, radius, (206, 216, 196))
            pen.polygon(
                [
                    (centre - radius, 642),
                    (centre - radius * 0.4, 606),
                    (centre + radius * 0.5, 600),
                    (centre + radius, 642),
                ],
                (112, 138, 94),
            )
        pen.polygon(
            [
                (-10, 466),
                (400, 424),
                (800, 398),
                (1200, 424),
                (1610, 466),
                (1610, 450),
                (1200, 408),
                (800, 382),
                (400, 408),
                (-10, 450),
            ],
            (214, 200, 176),
        )
    canvas.water(640, (58, 96, 84), shade=(0.2, 0.6), wave=0.7)
    canvas.ridge(880, 14, (52, 74, 46), foot=(38, 58, 36), detail=4, depth=40)
    return canvas


@scene("letterpress")
def _letterpress(name: str) -> Canvas:
    canvas = Canvas(name, (226, 212, 186), (212, 192, 160), (190, 166, 132))
    canvas.glow(420, 120, 520, (255, 246, 222), 0.6)
    with canvas.pen() as pen:
        pen.box(0, 660, WIDTH, 250, (104, 76, 56))
        pen.box(0, 660, WIDTH, 14, (132, 98, 72))
        iron = (46, 50, 56)
        pen.box(1040, 190, 54, 500, iron)
        pen.box(1370, 190, 54, 500, iron)
        pen.box(1010, 160, 444, 70, iron, round_by=30)
        pen.box(1216, 220, 34, 190, (70, 76, 84))
        pen.box(1110, 400, 246, 44, (70, 76, 84), round_by=6)
        pen.line([(1233, 320), (980, 262)], (70, 76, 84), width=18)
        pen.disc(968, 258, 26, (176, 36, 32))
        pen.box(980, 560, 504, 40, (84, 60, 44), round_by=4)
        pen.box(1080, 530, 306, 30, (120, 124, 130))
        pen.box(1096, 520, 274, 12, (246, 240, 226))
        pen.box(1020, 690, 94, 60, iron, round_by=8)
        pen.box(1350, 690, 94, 60, iron, round_by=8)
        _type_case(canvas, pen)
    canvas.vignette(0.2)
    return canvas


def _type_case(canvas: Canvas, pen: Pen) -> None:
    pen.box(110, 300, 760, 400, (88, 62, 44), round_by=6)
    for row in range(7):
        for column in range(15):
            x, y = 128 + column * 49, 316 + row * 53
            pen.box(x, y, 44, 47, (58, 40, 30))
            for piece in range(int(canvas.chance.integers(2, 5))):
                tone = int(canvas.chance.integers(128, 178))
                tall = canvas.chance.uniform(20, 36)
                pen.box(x + 4 + piece * 10, y + 44 - tall, 8, tall, (tone, tone + 3, tone + 8))


@scene("tunnel")
def _tunnel(name: str) -> Canvas:
    canvas = Canvas(name, (120, 140, 160), (176, 188, 198), (206, 210, 210))
    canvas.ridge(170, 90, (122, 132, 140), foot=(84, 92, 98), detail=4, depth=600)
    canvas.ridge(330, 110, (88, 94, 98), foot=(58, 62, 66), detail=4, depth=500)
    with canvas.pen() as pen:
        pen.disc(800, 560, 300, (150, 146, 138))
        pen.box(500, 560, 600, 180, (150, 146, 138))
        pen.disc(800, 560, 258, (30, 28, 28))
        pen.box(542, 560, 516, 180, (30, 28, 28))
        for ring in range(6):
            radius = 230 - ring * 38
            pen.disc(800, 580 + ring * 4, radius, (44 + ring * 30, 38 + ring * 23, 30 + ring * 11))
            pen.box(
                800 - radius,
                580 + ring * 4,
                radius * 2,
                160 - ring * 8,
                (44 + ring * 30, 38 + ring * 23, 30 + ring * 11),
            )
        pen.polygon([(772, 690), (828, 690), (1250, 910), (350, 910)], (62, 62, 64))
        pen.polygon([(0, 910), (0, 800), (500, 720), (770, 690), (350, 910)], (112, 114, 104))
        pen.polygon([(1600, 910), (1600, 800), (1100, 720), (830, 690), (1250, 910)], (112, 114, 104))
        for step in range(6):
            near = step / 6
            y = 700 + 190 * near**1.5
            pen.polygon(
                [
                    (798, y),
                    (802, y),
                    (803 + 9 * near, y + 8 + 22 * near),
                    (797 - 9 * near, y + 8 + 22 * near),
                ],
                (236, 232, 214),
            )
            x = 836 + 150 * near**1.3
            pen.polygon(
                [
                    (x, y + 20 * near),
                    (x + 10 + 14 * near, y - 26 - 40 * near),
                    (x + 20 + 28 * near, y + 20 * near),
                ],
                (216, 92, 44),
            )
        for side in (500, 1056):
            pen.box(side, 470, 44, 44, (24, 24, 26), round_by=6)
        pen.disc(522, 492, 14, (196, 52, 44))
        pen.disc(1078, 492, 14, (92, 190, 110))
    canvas.glow(800, 640, 190, (255, 206, 130), 0.55)
    canvas.vignette(0.25)
    return canvas


@scene("tide-turbine")
def _tide_turbine(name: str) -> Canvas:
    canvas = Canvas(name, (150, 190, 206), (206, 220, 218), (238, 230, 208))
    canvas.ridge(350, 46, (138, 160, 166), foot=(186, 196, 192))
    canvas.ridge(400, 18, (86, 110, 112), foot=(100, 124, 124), detail=4)
    sea = canvas.ridge(448, 5, (58, 122, 138), foot=(10, 44, 66), detail=4, depth=430)
    with canvas.pen() as pen:
        pen.line([(x, float(sea[x])) for x in range(0, WIDTH, 8)], (226, 238, 234), width=3, opacity=0.8)
        for x in range(-100, WIDTH, 230):
            pen.polygon([(x, 450), (x + 60, 450), (x + 240, 910), (x + 60, 910)], (190, 226, 222), 0.07)
    canvas.ridge(858, 16, (36, 54, 54), foot=(20, 36, 40), detail=3, depth=50)
    with canvas.pen() as pen:
        for x, size in ((330, 0.6), (1270, 0.72), (800, 1.25)):
            _turbine(pen, x, size)
        for _ in range(26):
            x, y = canvas.chance.uniform(980, 1240), canvas.chance.uniform(560, 640)
            pen.polygon([(x, y), (x + 16, y - 5), (x + 24, y), (x + 16, y + 5)], (196, 214, 212), 0.7)
    return canvas


def _turbine(pen: Pen, x: float, size: float) -> None:
    pen.box(x - 11 * size, 330, 22 * size, 560, (222, 206, 120) if size > 1 else (190, 186, 140))
    pen.box(x - 30 * size, 320, 60 * size, 34 * size, (176, 36, 32), round_by=4)
    hub = 640.0
    pen.disc(x, hub, 24 * size, (236, 234, 224))
    for east, down in ((0.0, -1.0), (0.87, 0.5), (-0.87, 0.5)):
        tip = (x + east * 128 * size, hub + down * 128 * size)
        side = (-down * 13 * size, east * 13 * size)
        pen.polygon(
            [(x + side[0], hub + side[1]), tip, (x - side[0] * 0.5, hub - side[1] * 0.5)], (240, 240, 232)
        )
    pen.disc(x, hub, 13 * size, (122, 130, 132))


@scene("portrait-captain")
def _portrait_captain(name: str) -> Canvas:
    canvas = Canvas(name, (36, 56, 74), (28, 44, 60), (20, 32, 46))
    canvas.disc(800, 430, 372, (84, 74, 62))
    canvas.disc(800, 430, 346, (214, 206, 184))
    canvas.glow(700, 330, 300, (255, 240, 206), 0.7)
    with canvas.pen() as pen:
        for bolt in range(12):
            turn = bolt * pi / 6
            pen.disc(800 + 359 * cos(turn), 430 + 359 * sin(turn), 7, (52, 46, 40))
        coat, skin = (22, 32, 46), (150, 108, 86)
        pen.polygon([(420, 910), (470, 740), (620, 664), (980, 664), (1130, 740), (1180, 910)], coat)
        pen.polygon([(724, 690), (876, 690), (800, 800)], (238, 234, 224))
        pen.polygon([(790, 700), (810, 700), (818, 800), (800, 830), (782, 800)], (120, 32, 34))
        pen.box(736, 560, 128, 130, (128, 88, 70), round_by=30)
        pen.disc(800, 480, 122, skin, tall=1.24)
        pen.polygon(
            [(684, 510), (916, 510), (906, 580), (850, 640), (800, 652), (750, 640), (694, 580)],
            (206, 202, 194),
        )
        pen.disc(800, 556, 40, (128, 84, 70), tall=0.2)
        pen.polygon([(660, 404), (650, 330), (720, 284), (880, 284), (950, 330), (940, 404)], (236, 234, 226))
        pen.box(666, 388, 268, 36, (20, 28, 40), round_by=4)
        pen.polygon([(664, 422), (936, 422), (900, 448), (700, 448)], (14, 20, 30))
        pen.disc(800, 372, 20, (196, 156, 72))
        for button in range(2):
            pen.disc(720, 830 + button * 50, 9, (196, 156, 72))
            pen.disc(880, 830 + button * 50, 9, (196, 156, 72))
    return canvas


@scene("portrait-pilot")
def _portrait_pilot(name: str) -> Canvas:
    canvas = Canvas(name, (150, 186, 204), (214, 216, 206), (246, 222, 190))
    canvas.glow(1120, 420, 340, (255, 232, 190), 0.8)
    canvas.ridge(500, 40, (140, 160, 172), foot=(186, 190, 186))
    canvas.water(560, (84, 116, 136))
    with canvas.pen() as pen:
        pen.polygon([(250, 620), (280, 560), (310, 620)], (196, 62, 44))
        pen.box(276, 520, 8, 44, (196, 62, 44))
        coat, skin = (208, 108, 44), (176, 128, 100)
        pen.polygon([(400, 910), (450, 770), (600, 690), (880, 690), (1030, 770), (1080, 910)], coat)
        pen.polygon([(720, 910), (730, 700), (752, 700), (752, 910)], (150, 70, 28))
        pen.disc(740, 440, 168, (58, 44, 44), tall=1.06)
        pen.box(676, 560, 128, 140, (150, 104, 82), round_by=36)
        pen.disc(752, 478, 118, skin, tall=1.26)
        pen.polygon(
            [(616, 470), (624, 350), (720, 290), (840, 312), (884, 400), (800, 392), (700, 404), (648, 500)],
            (58, 44, 44),
        )
        pen.polygon(
            [(596, 700), (640, 610), (690, 650), (742, 690), (800, 650), (850, 610), (884, 700), (742, 760)],
            (226, 130, 60),
        )
        pen.polygon([(430, 810), (560, 770), (560, 790), (424, 834)], (240, 236, 214))
        pen.polygon([(1050, 810), (920, 770), (920, 790), (1056, 834)], (240, 236, 214))
    return canvas
