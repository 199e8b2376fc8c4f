"""Scenes of the land: marsh, plain, passes and what is built into them. Each takes a name and returns its Canvas."""

from dateline.exchange.sample.canvas import HEIGHT, WIDTH, Canvas, Colour, Pen


def _cloud(pen: Pen, x: float, y: float, width: float) -> None:
    for east, down, wide, tall in ((0, 0, 1, 0.09), (0.18, -0.05, 0.5, 0.1), (0.42, 0.05, 0.7, 0.07)):
        place = x + east * width, y + down * width
        white = (252, 250, 244)
        pen.box(*place, wide * width, tall * width, white, opacity=0.62, round_by=tall * width / 2)


def _reeds(canvas: Canvas, pen: Pen, *, base: float, count: int, tall: float, colour: Colour) -> None:
    for _ in range(count):
        x, lean = canvas.chance.uniform(-20, WIDTH + 20), canvas.chance.normal(0, 14)
        top = base - tall * canvas.chance.uniform(0.55, 1)
        pen.line([(x, HEIGHT + 5), (x + lean * 0.4, (HEIGHT + top) / 2), (x + lean, top)], colour, width=2.4)
        if canvas.once_in(0.3):
            pen.line([(x + lean, top), (x + lean * 1.15, top - 26)], (92, 66, 44), width=7)


def marsh(name: str) -> Canvas:
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


def cranes(name: str) -> Canvas:
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


def mountains(name: str) -> Canvas:
    canvas = Canvas(name, (168, 192, 214), (220, 224, 224), (248, 238, 222))
    canvas.glow(420, 260, 360, (255, 244, 222), 0.6)
    canvas.ridge(300, 130, (184, 198, 212), foot=(226, 226, 224), detail=4)
    canvas.ridge(410, 110, (146, 168, 188), foot=(204, 212, 216))
    canvas.ridge(530, 96, (100, 128, 150), foot=(164, 180, 190))
    canvas.ridge(660, 80, (60, 86, 106), foot=(106, 130, 146))
    canvas.ridge(800, 56, (30, 48, 60), foot=(40, 60, 72), detail=4)
    return canvas


def snow_pass(name: str) -> Canvas:
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


def wheat_plain(name: str) -> Canvas:
    canvas = Canvas(name, (112, 164, 204), (178, 206, 220), (242, 234, 208))
    with canvas.pen() as pen:
        for cloud in ((140, 150, 360), (820, 100, 420), (1180, 250, 300), (480, 300, 240)):
            _cloud(pen, *cloud)
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


def dry_well(name: str) -> Canvas:
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


def stone_bridge(name: str) -> Canvas:
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


def tunnel(name: str) -> Canvas:
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
