"""One slip of the finger: a letter wrong, left out, too many, or two changed about. Pure."""


def is_near(one: str, other: str) -> bool:
    """Are two words the same but for one slip? The same word is near itself."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    at = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    mine, theirs = one[at:], other[at:]
    if len(one) > len(other):
        return mine[1:] == theirs
    if len(one) < len(other):
        return mine == theirs[1:]
    return mine[1:] == theirs[1:] or (mine[:2] == theirs[:2][::-1] and mine[2:] == theirs[2:])
