"""What the desk needs to know of a language: the way it runs, and what stands between two sentences."""

_RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"])
_RIGHT_TO_LEFT_SCRIPTS = frozenset(["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"])
_WITHOUT_SPACES = frozenset({"zh", "ja"})


def primary(language: str) -> str:
    """Return the first part of a BCP 47 tag, in lower case: pt of pt-BR."""
    return language.lower().replace("_", "-").split("-")[0]


def direction(language: str) -> str:
    """Return rtl or ltr for a BCP 47 tag; a script in the tag counts more than the language."""
    scripts = [part for part in language.lower().replace("_", "-").split("-")[1:] if len(part) == len("arab")]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary(language) in _RIGHT_TO_LEFT else "ltr"


def joiner(language: str) -> str:
    """Return what stands between two sentences of a paragraph."""
    return "" if primary(language) in _WITHOUT_SPACES else " "
