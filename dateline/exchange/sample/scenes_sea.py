"""Scenes of the sea: the ferry, the lighthouse and the tide. Each takes a name and returns its Canvas."""

from dateline.exchange.sample.canvas import WIDTH, Canvas, Pen


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


def harbour_dawn(name: str) -> Canvas:
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


def ferry_night(name: str) -> Canvas:
    canvas = Canvas(name, (9, 15, 30), (22, 36, 60), (54, 80, 108))
    canvas.stars(170, 380)
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


def lighthouse(name: str) -> Canvas:
    canvas = Canvas(name, (38, 52, 88), (112, 104, 138), (226, 158, 132), (246, 200, 160))
    canvas.stars(60, 240)
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


def tide_turbine(name: str) -> Canvas:
    canvas = Canvas(name, (150, 190, 206), (206, 220, 218), (238, 230, 208))
    canvas.ridge(350, 46, (138, 160, 166), foot=(186, 196, 192))
    canvas.ridge(400, 18, (86, 110, 112), foot=(100, 124, 124), detail=4)
    sea = canvas.ridge(448, 5, (58, 122, 138), foot=(10, 44, 66), detail=4, depth=430)
    with canvas.pen() as pen:
        pen.line([(x, float(sea[x])) for x in range(0, WIDTH, 8)], (226, 238, 234), width=3, opacity=0.8)
        for ray in range(-100, WIDTH, 230):
            pen.polygon(
                [(ray, 450), (ray + 60, 450), (ray + 240, 910), (ray + 60, 910)], (190, 226, 222), 0.07
            )
    canvas.ridge(858, 16, (36, 54, 54), foot=(20, 36, 40), detail=3, depth=50)
    with canvas.pen() as pen:
        for place, size in ((330, 0.6), (1270, 0.72), (800, 1.25)):
            _turbine(pen, place, size)
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
