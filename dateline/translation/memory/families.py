"""Languages without their regions: what is written in en-GB helps who translates from en-US."""

_SCRIPT_LETTERS = 4


def family(tag: str) -> str:
    """Return the language of a BCP 47 tag, with its script where the tag names one: `zh-Hant`, `az`."""
    first, *rest = tag.replace("_", "-").split("-")
    script = next((part.title() for part in rest if len(part) == _SCRIPT_LETTERS and part.isalpha()), "")
    return f"{first.lower()}-{script}" if script else first.lower()
