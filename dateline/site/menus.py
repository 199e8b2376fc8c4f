"""What a menu may lead to: rooms sign in with how one of their nouns is named and found in a language.

Pure: rows are handed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Says under which name and at which path a noun stands in a language; None where it does not.
Resolver = Callable[[Any, str], tuple[str, str] | None]
_resolvers: dict[type[Any], Resolver] = {}

_SAFE_STARTS = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class MenuLine:
    """A line of a menu in one language, with those that hang on it."""

    label: str
    href: str
    children: tuple["MenuLine", ...] = ()


def sign_in(model: type[Any], resolver: Resolver) -> None:
    """Let menus lead to rows of `model`."""
    _resolvers[model] = resolver


def kinds() -> tuple[type[Any], ...]:
    """Return the nouns that a menu may lead to, in the order in which they signed in."""
    return tuple(_resolvers)


def place_of(target: Any, language: str) -> tuple[str, str] | None:
    """Return name and path of `target` in a language; None where it has none or nobody signed in for it."""
    for kind in type(target).__mro__:
        if kind in _resolvers:
            return _resolvers[kind](target, language)
    return None


def safe_link(link: str) -> str:
    """Return an address of ours or on the web as it is, and nothing for what a browser might run."""
    text = link.strip()
    is_path = text.startswith("/") and not text.startswith(("//", "/\\"))
    return text if is_path or text.lower().startswith(_SAFE_STARTS) else ""


def hang(lines: list[tuple[bool, MenuLine | None]]) -> tuple[MenuLine, ...]:
    """Return a menu from its flat lines, each with whether it is indented, None for one that is not shown.

    An indented line hangs on the last one that is not; where that one is not shown, neither is this.
    """
    found: list[tuple[MenuLine, list[MenuLine]]] = []
    is_parent_shown = True
    for is_child, line in lines:
        if is_child and (found or not is_parent_shown):
            if line and is_parent_shown:
                found[-1][1].append(line)
            continue
        is_parent_shown = line is not None
        if line:
            found.append((line, []))
    return tuple(MenuLine(line.label, line.href, tuple(children)) for line, children in found)
