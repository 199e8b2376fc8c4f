"""Steps of the alarm's score, learned by `python benchmarks/intake/alarm.py --weights`: do not edit by hand.

BASE: the score of a page whose measures pass no threshold, less the limit at which one good page in fifty is
flagged. RISES: (measure, threshold, how much the score rises where the measure is above it).
"""

from typing import Final

BASE: Final = -1.416

RISES: Final = (
    ("break_at_heading", 0.792, +0.457),
    ("break_at_heading", 0.876, +0.285),
    ("break_at_heading", 0.917, +0.731),
    ("containers", 3.170, +0.536),
    ("containers", 3.459, +0.871),
    ("drift", 0.000, -0.923),
    ("drift", 0.207, -0.930),
    ("drift", 0.809, +0.509),
    ("drift", 0.855, +0.198),
    ("elsewhere", 0.308, +0.112),
    ("elsewhere", 0.375, +0.841),
    ("elsewhere", 0.550, +0.550),
    ("end_elsewhere", 0.529, +0.116),
    ("end_elsewhere", 0.615, +0.086),
    ("end_elsewhere", 0.762, +0.456),
    ("end_elsewhere", 0.877, +0.264),
    ("end_elsewhere", 0.909, +0.205),
    ("head_elsewhere", 0.800, +0.273),
    ("headings", 0.065, -0.178),
    ("linked", 0.010, -0.484),
    ("machine", 0.038, +0.558),
    ("outside", 0.000, +0.082),
    ("outside", 0.370, +0.237),
    ("outside", 0.566, +0.635),
    ("scattered", 0.012, +0.169),
    ("scattered", 0.066, +0.093),
    ("shorter", 0.000, -0.255),
    ("shortness", 0.000, +0.303),
    ("walled", 0.000, +0.220),
    ("words", 1.368, +0.304),
    ("words", 1.801, +1.023),
    ("words", 2.397, +0.279),
)
