"""Letters from templates: which places a template may have, what is wrong with one, and how it is filled in. Pure.

A place is a name in braces, {headline}; a brace that is meant stands twice, {{ or }}.
"""

import re
from collections.abc import Container, Mapping
from difflib import get_close_matches
from typing import Final

from django.utils.translation import gettext as _

from dateline.lib.text import names

REQUEST: Final = "request"
REMINDER: Final = "reminder"
APPROVAL: Final = "approval"
ACCOUNT: Final = "account"
KINDS: Final = (REQUEST, REMINDER, APPROVAL, ACCOUNT)

_PIECE: Final = names("site site_address outlet contact sender headline address use language credit")
_ASKED: Final = _PIECE | {"words", "pictures", "answer_by"}
PLACES: Final[Mapping[str, frozenset[str]]] = {
    REQUEST: _ASKED,
    REMINDER: _ASKED | {"asked_on"},
    APPROVAL: _PIECE | {"link", "expires"},
    ACCOUNT: names("site site_address party contact sender month figures"),
}
# Without these a letter would not say what it is about.
NEEDED: Final[Mapping[str, frozenset[str]]] = {
    REQUEST: frozenset({"address", "use", "language"}),
    REMINDER: frozenset({"address"}),
    APPROVAL: frozenset({"link"}),
    ACCOUNT: frozenset({"month", "figures"}),
}

_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def problems(*, subject: str, body: str, kind: str) -> list[str]:
    """Return what is wrong with a template, in words that say what to write instead; empty where it is fit."""
    found = [] if subject.strip() else [_("The subject is empty.")]
    if "\n" in subject.strip() or "\r" in subject.strip():
        found.append(_("The subject is one line."))
    used: set[str] = set()
    for text in (subject, body):
        for part in _PART.finditer(text):
            if part.group() in {"{", "}"}:
                near = text[part.start() : part.start() + 20].split("\n")[0]
                found.append(
                    _("A brace has no partner at “%s”. Write it twice where a brace is meant.") % near
                )
            elif part.group(1) is not None:
                used.add(part.group(1).strip())
    found += [_unknown(name, kind) for name in sorted(used - PLACES[kind])]
    found += [
        _("It lacks {%s}: without it the letter does not say what it is about.") % name
        for name in sorted(NEEDED[kind] - used)
    ]
    return found


def _unknown(name: str, kind: str) -> str:
    known = sorted(PLACES[kind])
    close = get_close_matches(name, known, n=1, cutoff=0.5)
    if close:
        return _("There is no {%(name)s}. Did you mean {%(close)s}?") % {"name": name, "close": close[0]}
    return _("There is no {%(name)s}. There are: %(known)s.") % {
        "name": name,
        "known": ", ".join(f"{{{one}}}" for one in known),
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a template with its places filled in, once: braces in what is filled in stay as they are.

    A place that has no value stays, so that whoever reads the letter before it goes sees it.
    """

    def put(part: re.Match[str]) -> str:
        if part.group() in {"{{", "}}"}:
            return part.group()[0]
        if part.group(1) is None:
            return part.group()
        return values.get(part.group(1).strip(), part.group())

    return _PART.sub(put, text)


def fitting(language: str, kept: Container[str]) -> str:
    """Return the key for a language among those kept: the tag, its first part, else English."""
    tag = language.lower().replace("_", "-")
    return next((one for one in (tag, tag.split("-")[0]) if one in kept), "en")
