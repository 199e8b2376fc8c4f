"""What a kind of letter says of itself. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

BY_MAIL: Final = "mail"


@dataclass(frozen=True)
class LetterKind:
    """A kind of letter. takes: is one made of the editions of a run with this rhythm? way: how it goes out."""

    code: str
    name: Any
    promise: Any
    takes: Callable[[str], bool]
    way: str = BY_MAIL
