"""Scenes of the town: streets, rooms and people. Each takes a name and returns its Canvas."""

from math import cos, pi, sin

from dateline.exchange.sample.canvas import WIDTH, Canvas, Colour, Pen


def city_night(name: str) -> Canvas:
    canvas = Canvas(name, (14, 18, 40), (40, 44, 78), (96, 78, 104))
    canvas.stars(90, 260)
    canvas.ridge(330, 80, (38, 42, 70), foot=(54, 54, 82))
    for row in range(6):
        _houses(canvas, base=462 + row * 46, tint=row)
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
            shade = int(canvas.chance.integers(-6, 7))
            pen.box(x, hill - tall, wide, tall + 250, (wall[0] + shade, wall[1] + shade, wall[2] + shade))
            if canvas.once_in(0.65):
                pen.polygon(
                    [(x - 5, hill - tall), (x + wide / 2, hill - tall - 26), (x + wide + 5, hill - tall)],
                    (26, 24, 44),
                )
            for place in range(int(wide // 22)):
                for floor in range(int(tall // 34)):
                    if canvas.once_in(0.5):
                        light = ((255, 208, 124), (255, 186, 96), (250, 226, 170))[canvas.chance.integers(3)]
                        pen.box(x + 9 + place * 22, hill - tall + 14 + floor * 32, 9, 14, light, opacity=0.92)
            x += wide + canvas.chance.uniform(-4, 10)


def market(name: str) -> Canvas:
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


def reading_room(name: str) -> Canvas:
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


def letterpress(name: str) -> Canvas:
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


def portrait_captain(name: str) -> Canvas:
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


def portrait_pilot(name: str) -> Canvas:
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
