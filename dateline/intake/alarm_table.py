"""Steps of the alarm's score, learned by `python benchmarks/intake/alarm.py --weights`: do not edit by hand.

BASE: the score of a page whose measures pass no threshold, less the limit at which one good page in twenty is
flagged. RISES: (measure, threshold, how much the score rises where the measure is above it).
"""

from typing import Final

BASE: Final = -0.407

RISES: Final = (
    ("break_at_heading", 0.799, +0.283),
    ("break_at_heading", 0.878, +0.474),
    ("break_at_heading", 0.920, +0.444),
    ("containers", 3.170, +0.501),
    ("containers", 3.459, +0.845),
    ("containers", 5.209, +0.125),
    ("disagreement", 0.000, -0.111),
    ("drift", 0.000, -1.055),
    ("drift", 0.773, +0.547),
    ("drift", 0.856, +0.462),
    ("elsewhere", 0.397, +1.276),
    ("elsewhere", 0.571, +0.252),
    ("end_elsewhere", 0.600, +0.101),
    ("end_elsewhere", 0.769, +0.213),
    ("end_elsewhere", 0.800, +0.346),
    ("end_elsewhere", 0.917, +0.161),
    ("head_elsewhere", 0.800, +0.398),
    ("headings", 0.065, -0.085),
    ("linked", 0.010, -0.448),
    ("machine", 0.038, +0.534),
    ("outside", 0.050, +0.081),
    ("outside", 0.612, +0.506),
    ("scattered", 0.013, +0.170),
    ("scattered", 0.069, +0.101),
    ("shortness", 0.354, +0.113),
    ("walled", 0.000, +0.214),
    ("words", 7.025, -0.345),
    ("words", 7.492, -0.144),
    ("words", 7.839, -0.429),
    ("words", 8.038, -0.538),
    ("words", 10.335, +0.235),
    ("words", 10.768, +1.122),
    ("words", 11.363, +0.412),
)
