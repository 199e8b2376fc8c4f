"""Who may pass which door of the desk: read from the doors themselves, written as docs/reference/roles.md.

Run as a script it writes the page; a test says whether the page is what the doors are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "roles.md"
HEAD = """# Roles

Who may what on the desk. This page is written by `python tests/support/doors.py` from the roles
(`dateline/people/roles.py`) and from the doors themselves; a test walks every door as every role.

Besides a permission, who stands outside (contributor, outside-translator) sees of articles, originals and work only
what was given to them or what they made. Whoever may publish or take back shows a second factor at login.
"""


@dataclass(frozen=True)
class Door:
    """An address of the desk and the permissions of which one opens it."""

    name: str
    path: str
    permissions: tuple[str, ...]
    arguments: dict[str, Any]

    def is_open_to(self, role: Any) -> bool:
        """May somebody with this role alone pass?"""
        return role.is_owner or bool(set(self.permissions) & set(role.permissions))


def doors() -> list[Door]:
    """Return every door of the newsroom, by address."""
    from dateline.desk import urls

    found = [
        Door(one.name, f"/desk/{one.pattern}", tuple(_asked(one.callback)), dict(_arguments(one)))
        for one in urls.urlpatterns
    ]
    return sorted(found, key=lambda door: door.path)


def _asked(view: Callable[..., Any] | None) -> Iterator[str]:
    """Yield the permissions that the guards around a view ask for, one of which is enough."""
    while view is not None:
        for guard in _inside(view):
            if callable(guard) and getattr(guard, "__name__", "") in {"test", "<lambda>"}:
                for told in _inside(guard):
                    names = (told,) if isinstance(told, str) else told
                    if isinstance(names, list | tuple):
                        yield from (_whole(name) for name in names if isinstance(name, str))
        view = getattr(view, "__wrapped__", None)


def _inside(function: Any) -> list[Any]:
    return [cell.cell_contents for cell in getattr(function, "__closure__", None) or ()]


def _whole(name: str) -> str:
    """Return a permission's whole name; Wagtail's policies are asked by the verb alone, about pictures."""
    return name if "." in name else f"wagtailimages.{name}_image"


def _arguments(pattern: Any) -> Iterator[tuple[str, Any]]:
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__
        yield (
            name,
            {"IntConverter": 999_999, "UUIDConverter": "0" * 8 + "-0000-4000-8000-" + "0" * 12}.get(
                kind, "x"
            ),
        )


def page() -> str:
    """Return the page."""
    from dateline.people.roles import PUBLISHING, ROLES

    names = list(ROLES)
    lines = [
        HEAD,
        "## Doors\n",
        f"| door | asks for | {' | '.join(names)} |",
        f"|---|---|{'---|' * len(names)}",
    ]
    for door in doors():
        marks = ["yes" if door.is_open_to(ROLES[name]) else "–" for name in names]
        asks = " or ".join(f"`{one}`" for one in door.permissions)
        lines.append(f"| `{door.path}` | {asks} | {' | '.join(marks)} |")
    lines += ["", "## Permissions\n"]
    for role in ROLES.values():
        everything = (
            ["everything; what a row says is what the others at the desk have too"] if role.is_owner else []
        )
        factor = " Shows a second factor." if set(PUBLISHING) & set(role.permissions) else ""
        listed = ", ".join([*everything, *(f"`{one}`" for one in sorted(set(role.permissions)))])
        lines.append(f"**{role.name}**: {listed}.{factor}\n")
    return "\n".join(lines)


if __name__ == "__main__":
    import django

    django.setup()
    PAGE.write_text(page())
